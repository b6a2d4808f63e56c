"""How far a demo is, in Slack: one message that is edited and becomes the result."""

from __future__ import annotations

import asyncio

import pytest
from slack_shapes import direct, mentioned
from slack_world import World
from starlette.responses import JSONResponse

STEP = {"job": "j1", "text": "Painting: 10% done", "progress": 0.1}


async def _conversation(world: World, event: dict) -> str:
    await world.send(event)
    await world.quiet()
    return str(world.agent.heard[-1].sender_id)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.slack.progressing._BETWEEN_SECONDS", 0.0)


async def _step(world: World, conversation: str, **more: object) -> bool:
    taken = await world.ctx.step_in_slack(conversation, {**STEP, **more})
    await asyncio.sleep(0.3)
    return bool(taken)


async def test_one_message_is_edited_and_becomes_the_result(world: World, no_pause: None) -> None:
    mention, _ = mentioned("paint my photo")
    conversation = await _conversation(world, mention)
    assert await _step(world, conversation)
    assert await _step(world, conversation, text="Painting: 40% done", progress=0.4,
                       image="http://127.0.0.1/x")  # fmt: skip
    first, edited = world.slack.told("chat.postMessage")[1:], world.slack.told("chat.update")
    assert [each["text"] for each in first] == ["Painting: 10% done"]
    assert first[0]["thread_ts"] == mention["event"]["ts"]
    assert [each["text"] for each in edited] == ["Painting: 40% done"]
    await world.ctx.into_slack(conversation, {"text": "Done.", "job": "j1", "id": "job-j1-0"})
    await world.quiet()
    assert [each["text"] for each in world.slack.told("chat.update")][-1] == "Done."
    assert len(world.slack.told("chat.postMessage")) == 2
    assert world.slack.wrong == []


async def test_steps_come_no_faster_than_slack_takes_them(world: World) -> None:
    conversation = await _conversation(world, direct("paint my photo"))
    for _ in range(4):
        await _step(world, conversation)
    assert len(world.slack.told("chat.postMessage")) == 2
    assert world.slack.told("chat.update") == []
    assert not await _step(world, "somebody else's")


async def test_a_message_that_cannot_be_edited_loses_no_result(
    world: World, no_pause: None
) -> None:
    conversation = await _conversation(world, direct("paint my photo"))
    await _step(world, conversation)
    gone = JSONResponse({"ok": False, "error": "message_not_found"})
    world.slack.fail("chat.update", gone)
    await world.ctx.into_slack(conversation, {"text": "Done.", "job": "j1", "id": "job-j1-0"})
    await world.quiet()
    assert world.slack.texts()[-1] == "Done."
