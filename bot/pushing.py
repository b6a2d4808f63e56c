"""Carries what jobs have to say into their conversations, however long the bot is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from actions import skill_words
from actions.texts import Texts
from skills.serving.events import JobEvent

logger = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds
_TRIES = 40  # about a quarter of an hour


class Pusher:
    """Posts to the bot's `/webhooks/web/push`: progress once, results until they are taken.

    Returns at once: the next job does not wait for the bot. `settled` hears the id of a job whose
    end has arrived, or was given up.
    """

    def __init__(
        self,
        url: str,
        pictures: str,
        texts: Texts,
        token: Callable[[], str],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._url = url
        self._pictures = pictures
        self._texts = texts
        self._token = token
        self._sleep = sleep
        self._http = httpx.AsyncClient(timeout=5.0)
        self._last: dict[str, asyncio.Task[None]] = {}  # by job: what is being posted
        self.settled: Callable[[str], None] | None = None

    async def __call__(self, event: JobEvent) -> None:
        """Begin to push; progress is left out while an earlier one is still on its way."""
        before = self._last.get(event.job_id)
        if event.state == "running":
            if before is None or before.done():
                self._begin(event, self._once(event, self._progress(event)))
            return
        self._begin(event, self._results(event, before))

    async def pushed(self) -> None:
        """When all that was begun has arrived or was given up."""
        while self._last:
            await asyncio.wait(tuple(self._last.values()))
            await asyncio.sleep(0)  # the tasks take themselves out

    def _begin(self, event: JobEvent, work: Any) -> None:
        task = asyncio.create_task(work)
        self._last[event.job_id] = task

        def done(ended: asyncio.Task[None]) -> None:
            if self._last.get(event.job_id) is ended:
                del self._last[event.job_id]

        task.add_done_callback(done)

    async def _results(self, event: JobEvent, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])  # progress never comes behind the result
        for number, message in enumerate(self._messages(event)):
            said = {**message, "job": event.job_id, "id": f"job-{event.job_id}-{number}"}
            if not await self._until_taken(event, said):
                logger.warning("the result of job %s was given up", event.job_id)
                break
        if self.settled is not None:
            self.settled(event.job_id)

    async def _until_taken(self, event: JobEvent, message: dict[str, Any]) -> bool:
        for attempt in range(_TRIES):
            if attempt:
                await self._sleep(min(_FIRST_PAUSE * 2 ** min(attempt - 1, 10), _LONGEST_PAUSE))
            status = await self._post(event, message)
            if status < 500:
                return status < 400
        return False

    async def _once(self, event: JobEvent, message: dict[str, Any]) -> None:
        await self._post(event, message)

    async def _post(self, event: JobEvent, message: dict[str, Any]) -> int:
        """The status; 503 for a bot that is away."""
        body = {"conversation": event.conversation, "message": message}
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            return (await self._http.post(self._url, json=body, headers=headers)).status_code
        except httpx.TransportError:
            return 503

    def _progress(self, event: JobEvent) -> dict[str, Any]:
        text = skill_words.progress(self._texts, event.skill, event.progress)
        said = {"progress": event.progress, "job": event.job_id, "text": text}
        return {**said, "image": self._pictures + event.image} if event.image else said

    def _messages(self, event: JobEvent) -> list[dict[str, Any]]:
        if event.state == "done":
            pictures = [{"image": self._pictures + path} for path in event.pictures]
            return [{"text": event.text}, *pictures]
        text, said = skill_words.failure(
            self._texts, event.skill, event.name, event.error, event.facts
        )
        return [{"text": text, "buttons": [{"title": each, "payload": each} for each in said]}]
