"""Puts a message that nobody asked for just now (a finished skill) into a conversation's record."""

from __future__ import annotations

import uuid
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered

_RECENT = 200  # events in which a repeated push is looked for


def named(message: dict[str, Any]) -> dict[str, Any]:
    """The message with an id: its sender's, which makes it safe to send again, or a new one."""
    return {**message, "id": str(message.get("id") or uuid.uuid4().hex)}


async def append_bot_message(
    agent: Agent, conversation: str, message: dict[str, Any]
) -> str | None:
    """Append to the stored conversation under its lock, so that no running turn overwrites it.

    The door through which the student spoke last; None when a message of that id is there already.
    """
    async with agent.lock_store.lock(conversation):
        tracker = await agent.processor.get_tracker(conversation)
        data = {key: value for key, value in message.items() if key != "text"}
        door = tracker.get_latest_input_channel() or ""
        said = list(tracker.events)[-_RECENT:]
        new = all(not isinstance(e, BotUttered) or e.data.get("id") != data["id"] for e in said)
        if new:
            tracker.update(BotUttered(message.get("text"), data), agent.domain)
        await agent.tracker_store.save(tracker)
    return door if new else None
