"""Puts a message that nobody asked for just now (a finished skill) into a conversation's record."""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered


async def append_bot_message(agent: Agent, conversation: str, message: dict[str, Any]) -> None:
    """Append to the stored conversation under its lock, so that no running turn overwrites it."""
    async with agent.lock_store.lock(conversation):
        tracker = await agent.processor.get_tracker(conversation)
        data = {key: value for key, value in message.items() if key != "text"}
        tracker.update(BotUttered(message.get("text"), data), agent.domain)
        await agent.tracker_store.save(tracker)
