"""Rasa's `RulePolicy`, looking at the last turns alone.

Rasa turns a conversation's whole history into states for every prediction, twice a turn: after
150 turns that takes three times as long as everything else. Rules speak of the last turns only.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_TURNS = 3


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class RecentRulePolicy(RulePolicy):
    """For rules without `conversation_start`, which a shortened history would mislead."""

    def _prediction_states(
        self, tracker: DialogueStateTracker, domain: Domain, *args: Any, **kwargs: Any
    ) -> list[State]:
        states: list[State] = super()._prediction_states(recent(tracker), domain, *args, **kwargs)
        return states


def recent(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The tracker with the events of its last turns; itself when there are no more."""
    events = list(tracker.events)
    begins = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(begins) <= _TURNS:
        return tracker
    short = tracker.init_copy()
    for event in events[begins[-_TURNS] :]:
        short.update(event)
    return short
