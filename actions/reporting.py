"""Tells the question log what had no answer, on the side: no reply ever waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.clients.http import Service
from knowledge.errors import QuadError

logger = logging.getLogger(__name__)
_SECONDS = 2.0
_MOST_AT_ONCE = 20


@dataclass(frozen=True)
class QuestionReporter:
    """Sends questions to ExploreCourses' log; a failure, or too many at once, loses them."""

    service: Service
    token: Callable[[], str]
    _sending: set[asyncio.Task[None]] = field(default_factory=set)

    def unanswered(self, kind: str, text: str) -> None:
        """Report words without an answer: `kind` is "lecture" or "unclear"."""
        if not text.strip() or len(self._sending) >= _MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._send(kind, text[:2000]))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def sent(self) -> None:
        """When all that was reported has gone out, or was given up."""
        while self._sending:
            await asyncio.wait(tuple(self._sending))

    async def _send(self, kind: str, text: str) -> None:
        headers = {"Authorization": f"Bearer {self.token()}"}
        body = {"kind": kind, "text": text}
        try:
            async with asyncio.timeout(_SECONDS):
                await self.service.send("/questions", body, headers)
        except (QuadError, TimeoutError) as error:
            logger.info("a question was not logged: %s", error)
