"""One utterance through Rasa, once: a letter that is handled again finds its turn on record.

Rasa stores a turn whole, at its end. So a message id that stands in the conversation was answered,
and its answer is read from there; one that does not is said, under an id that is the same at every
try: by it the key of a change at Axess is made, so what a broken try changed changes once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.messages import Incoming
from bot.dialogue.acts import Act
from knowledge.model.students import Principal

OnMessage = Callable[[UserMessage], Awaitable[Any]]
NAME = "slack"
# Acts whose answers are the same for everybody: in a channel they may be read by all of it.
_FOR_ALL = frozenset(
    {
        Act.SEARCH,
        Act.COURSE,
        Act.LECTURE,
        Act.SKILL,
        Act.GREET,
        Act.GOODBYE,
        Act.THANKS,
        Act.HELP,
        Act.HANDOFF,
        Act.OTHER,
        Act.EMPTY,
        Act.UNCLEAR,
        Act.REPHRASE,
        Act.NO_MORE,
    }
)
_SILENT = frozenset({"action_understand", "action_listen", "action_extract_slots",
                     "action_session_start", "action_hand_over"})  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """What the bot said to one message, and whether it may be read by others."""

    replies: list[dict[str, Any]]
    private: bool
    sign_in: bool


class Talk:
    """Speaks with the agent of this process."""

    def __init__(self, agent: Callable[[], Agent], on_message: OnMessage) -> None:
        self._agent = agent
        self._on_message = on_message

    async def say(self, conversation: str, incoming: Incoming, principal: Principal) -> Turn:
        """The turn that answers the message, whether it is taken now or was before."""
        known = await self._on_record(conversation, incoming.message_id)
        if known is not None:
            return known
        await self._on_message(
            UserMessage(
                incoming.text,
                CollectingOutputChannel(),
                conversation,
                input_channel=NAME,
                message_id=incoming.message_id,
                metadata=incoming.metadata(principal),
            )
        )
        said = await self._on_record(conversation, incoming.message_id)
        return said or Turn([], True, False)

    async def _on_record(self, conversation: str, message_id: str | None) -> Turn | None:
        agent = self._agent()
        async with agent.lock_store.lock(conversation):
            tracker = await agent.tracker_store.retrieve(conversation)
            if tracker is None:
                return None
            turn = _turn(tracker, message_id)
            await agent.tracker_store.save(tracker)  # nothing new: it is held for the next turn
            return turn


def _turn(tracker: DialogueStateTracker, message_id: str | None) -> Turn | None:
    """The events from the message to the next one, read backwards."""
    replies: list[dict[str, Any]] = []
    acts: set[str] = set()
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            data = {key: value for key, value in (event.data or {}).items() if value}
            replies.append({"text": event.text, **data} if event.text else data)
        elif isinstance(event, ActionExecuted) and event.action_name:
            acts.add(event.action_name)
        elif isinstance(event, UserUttered):
            client = (event.metadata or {}).get("client") or {}
            if client.get("message_id") == message_id:
                return _read(tracker, replies[::-1], acts - _SILENT)
            replies, acts = [], set()
    return None


def _read(tracker: DialogueStateTracker, replies: list[dict[str, Any]], acts: set[str]) -> Turn:
    # A course's answer tells of the student's own record when it was asked whether he may take it.
    own = bool(((tracker.get_slot("dialogue") or {}).get("args") or {}).get("eligible"))
    private = own or not acts or any(act not in _FOR_ALL for act in acts)
    return Turn(replies, private, Act.SIGN_IN.value in acts)
