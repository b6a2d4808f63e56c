"""Progress and results of skills on their way into a conversation, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from actions.texts import Texts
from bot.pushing import Pusher
from skills.serving.events import JobEvent


class Bot:
    """A bot that is away for its first requests, and keeps what it is sent after that."""

    def __init__(self, away: int = 0, status: int = 503) -> None:
        self.away, self.status = away, status
        self.taken: list[dict[str, Any]] = []
        self.tries = 0
        self.app = FastAPI()
        self.app.add_api_route("/push", self._push, methods=["POST"])

    async def _push(self, request: Request) -> JSONResponse:
        self.tries += 1
        if self.tries <= self.away:
            return JSONResponse({}, self.status)
        assert request.headers["Authorization"] == "Bearer token"
        body = await request.json()
        assert body["conversation"] == "c1"
        self.taken.append(body["message"])
        return JSONResponse({"ok": True})


async def _no_pause(seconds: float) -> None:
    await asyncio.sleep(0)


def _event(state: str, **more: Any) -> JobEvent:
    facts = {"job_id": "j1", "skill": "Day or night", "conversation": "c1", "name": "day_night"}
    return JobEvent(**facts, state=state, **more)


@pytest.fixture
def pusher_to(serve: Callable[[Any], str]) -> Callable[[Bot], Pusher]:
    return lambda bot: Pusher(
        f"{serve(bot.app)}/push",
        "http://skills",
        Texts.read(),
        lambda: "token",
        sleep=_no_pause,
    )


async def test_a_result_survives_a_bot_that_is_away(pusher_to) -> None:
    bot = Bot(away=7)
    pusher = pusher_to(bot)
    await pusher(_event("done", text="It is day.", pictures=("/jobs/j1/pictures/0",)))
    await pusher.pushed()
    assert bot.taken == [
        {"text": "It is day.", "job": "j1", "id": "job-j1-0"},
        {"image": "http://skills/jobs/j1/pictures/0", "job": "j1", "id": "job-j1-1"},
    ]


async def test_progress_comes_before_the_result_and_never_after(pusher_to) -> None:
    bot = Bot()
    pusher = pusher_to(bot)
    for share in (0.2, 0.4, 0.6):
        await pusher(_event("running", progress=share))
    await pusher(_event("done", text="It is day."))
    await pusher.pushed()
    first, *_, last = bot.taken
    assert first == {"progress": 0.2, "job": "j1", "text": "Day or night: 20% done"}
    assert last["text"] == "It is day."
    assert [message for message in bot.taken if "progress" not in message] == [last]


async def test_a_failure_names_a_next_step(pusher_to) -> None:
    bot = Bot()
    pusher = pusher_to(bot)
    await pusher(_event("failed", error="image-too-large"))
    await pusher.pushed()
    (told,) = bot.taken
    assert "too large" in told["text"]
    assert "smaller" in told["text"]
    again = "run day_night on its sample"
    assert told["buttons"] == [{"title": again, "payload": again}]


async def test_what_is_refused_for_good_is_not_sent_for_ever(pusher_to) -> None:
    bot = Bot(away=100, status=403)
    pusher = pusher_to(bot)
    await pusher(_event("done", text="It is day."))
    await pusher.pushed()
    assert (bot.tries, bot.taken) == (1, [])
