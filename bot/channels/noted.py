"""Puts a note into a conversation's record, once, so that "drop it" and "undo" have a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import SlotSet

from bot.channels.push import append_once, holds
from bot.dialogue.noting import after_note
from bot.dialogue.state import DialogueState

_SLOT = "dialogue"


async def has_message(agent: Agent, conversation: str, message_id: str) -> bool:
    """Whether the record holds a bot message of this id."""
    async with agent.lock_store.lock(conversation):
        tracker = await agent.tracker_store.retrieve(conversation)
    return tracker is not None and holds(tracker, message_id)


async def record_note(
    agent: Agent, conversation: str, message: Mapping[str, Any], about: Mapping[str, Any]
) -> None:
    """Append the note unless it stands there, and let the dialogue know what it was about."""
    async with agent.lock_store.lock(conversation):
        tracker = await agent.processor.get_tracker(conversation)
        append_once(tracker, message, agent.domain)
        known = DialogueState.from_json(tracker.get_slot(_SLOT))
        state = after_note(known, about)
        if state is not known:
            tracker.update(SlotSet(_SLOT, state.to_json()), agent.domain)
        await agent.tracker_store.save(tracker)
