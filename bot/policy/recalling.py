"""The past decisions of a conversation, read from Rasa's tracker."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.acts import Act
from bot.dialogue.decide import candidates
from bot.dialogue.state import DialogueState
from bot.policy.agents import Decision, Taken

SLOT = "dialogue"
_KNOWN = frozenset(act.value for act in Act)


def decided(tracker: DialogueStateTracker, most: int) -> tuple[Taken, ...]:
    """The last decisions of the policy, the oldest first, at most so many.

    Each is an executed act in the state that stood before it, with what was permitted there. What
    Rasa executes by itself (`action_understand`, the session's beginning) was nobody's decision.
    """
    taken: list[Taken] = []
    slot: dict[str, Any] | None = None
    message_id = ""
    executed: tuple[str, ...] = ()
    for event in _since(list(tracker.events), most):
        if isinstance(event, UserUttered):
            message_id, executed = str(event.message_id), ()
        elif isinstance(event, SlotSet) and event.key == SLOT:
            slot = event.value
        elif isinstance(event, ActionExecuted) and event.action_name in _KNOWN:
            state = DialogueState.from_json(slot)
            permitted = candidates(state, executed, message_id)
            taken.append(Taken(Decision(state, executed, permitted), Act(event.action_name)))
            executed = (*executed, event.action_name)
    return tuple(taken[-most:])


def _since(events: list[Event], most: int) -> list[Event]:
    """The events of the last turns, as many as hold that many decisions: a conversation is long."""
    found = 0
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        found += isinstance(event, ActionExecuted) and event.action_name in _KNOWN
        if isinstance(event, UserUttered) and found >= most:
            return events[place:]
    return events
