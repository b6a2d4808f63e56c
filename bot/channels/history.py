"""A conversation's past turns as pages show them after a reload, and as a resend is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channels.ids import reply_id

_LATEST = 100
_REPLY = ("text", "buttons", "image", "attachment", "custom", "elements", "quick_replies", "id")


async def as_history(agent: Agent, conversation: str) -> list[dict[str, Any]]:
    """The latest messages of both sides, oldest first; empty for a new conversation.

    Under the conversation's lock: a turn that is under way when the page reloads is then whole in
    the history, rather than answered without its question.
    """
    events = await _record(agent, conversation)
    return [message for _, message in shown(events)][-_LATEST:]


async def replies_on_record(
    agent: Agent, conversation: str, key: str
) -> list[dict[str, Any]] | None:
    """The replies to a message that a process handled, and ended before it could keep them; None
    for a message that is not on the record.
    """
    events = await _record(agent, conversation)
    if not any(isinstance(event, UserUttered) and event.message_id == key for event in events):
        return None
    turn = [message for of, message in shown(events) if of == key]
    return [_reply(message) for message in turn if message["from"] == "bot"]


async def _record(agent: Agent, conversation: str) -> list[Any]:
    async with agent.lock_store.lock(conversation):
        tracker = await agent.tracker_store.retrieve(conversation)
        return list(tracker.events) if tracker is not None else []


def shown(events: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each message with the key of the turn it belongs to; a note has a turn of its own.

    Replies are numbered as the door numbered them when it sent them.
    """
    key, number = "", 0
    for event in events:
        if isinstance(event, UserUttered):
            key, number = str(event.message_id or ""), 0
            if event.text:
                client = (event.metadata or {}).get("client", {})
                mine = client.get("message_id") or key
                yield key, {"from": "user", "text": event.text, "id": mine}
        elif isinstance(event, BotUttered):
            data = {name: value for name, value in (event.data or {}).items() if value}
            said = {"from": "bot", "text": event.text, **data}
            if "id" in data:
                yield data["id"], said
                continue
            yield key, {**said, "id": reply_id(key, number)}
            number += 1


def _reply(message: dict[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in _REPLY if message.get(name)}
