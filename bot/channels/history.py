"""A conversation's past turns as the chat page shows them after a reload."""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, UserUttered

_LATEST = 100


async def as_history(agent: Agent, conversation: str) -> list[dict[str, Any]]:
    """The latest messages of both sides, oldest first; empty for a new conversation.

    Under the conversation's lock: a turn that is under way when the page reloads is then whole in
    the history, rather than answered without its question.
    """
    async with agent.lock_store.lock(conversation):
        tracker = await agent.tracker_store.retrieve(conversation)
    if tracker is None:
        return []
    shown = (_shown(event) for event in tracker.events)
    return [message for message in shown if message is not None][-_LATEST:]


def _shown(event: Any) -> dict[str, Any] | None:
    if isinstance(event, UserUttered) and event.text:
        client = (event.metadata or {}).get("client", {})
        return {"from": "user", "text": event.text, "id": client.get("message_id")}
    if isinstance(event, BotUttered):
        data = {key: value for key, value in (event.data or {}).items() if value}
        return {"from": "bot", "text": event.text, **data}
    return None
