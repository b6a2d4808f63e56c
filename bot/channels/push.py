"""Puts a message that nobody asked for just now (a finished skill) into a conversation's record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker


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
        door = tracker.get_latest_input_channel() or ""
        new = append_once(tracker, message, agent.domain)
        await agent.tracker_store.save(tracker)
    return door if new else None


def append_once(tracker: DialogueStateTracker, message: Mapping[str, Any], domain: Domain) -> bool:
    """Append to a tracker that is held; False when a message of that id stands there already."""
    if holds(tracker, message["id"]):
        return False
    data = {key: value for key, value in message.items() if key != "text"}
    tracker.update(BotUttered(message.get("text"), data), domain)
    return True


def holds(tracker: DialogueStateTracker, message_id: str) -> bool:
    """Whether the record holds a bot message of this id."""
    said = (event for event in reversed(tracker.events) if isinstance(event, BotUttered))
    return any((event.data or {}).get("id") == message_id for event in said)
