"""Rules look at the last turns alone, and see in them what the whole history shows."""

from __future__ import annotations

import pytest

from bot.rasa_compat import install

install()

from rasa.shared.core.domain import Domain  # noqa: E402 - after the stand-ins
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.policy.rules import recent  # noqa: E402

DOMAIN = Domain.from_yaml(
    'version: "3.1"\n'
    "intents: [greet, goodbye]\n"
    "actions: [action_x]\n"
    "slots: {dialogue: {type: any, influence_conversation: false, mappings: [{type: custom}]}}\n"
)


def _after(turns: int) -> DialogueStateTracker:
    tracker = DialogueStateTracker("u1", DOMAIN.slots)
    for number in range(turns):
        intent = {"name": "goodbye" if number == turns - 1 else "greet", "confidence": 1.0}
        tracker.update(UserUttered(f"said {number}", intent), DOMAIN)
        tracker.update(SlotSet("dialogue", {"turn": number}), DOMAIN)
        tracker.update(ActionExecuted("action_x"), DOMAIN)
        tracker.update(ActionExecuted("action_listen"), DOMAIN)
    return tracker


@pytest.mark.parametrize("turns", [4, 20])
def test_the_last_states_are_those_of_the_whole_history(turns: int) -> None:
    whole, short = _after(turns), recent(_after(turns))
    states = short.past_states(DOMAIN)
    assert states[1:] == whole.past_states(DOMAIN)[-len(states) + 1 :]
    assert len(states) < 10
    assert short.get_slot("dialogue") == whole.get_slot("dialogue")
    assert short.latest_message.text == whole.latest_message.text


def test_a_short_conversation_stays_as_it_is() -> None:
    tracker = _after(3)
    assert recent(tracker) is tracker


def test_the_conversation_itself_is_not_shortened() -> None:
    tracker = _after(12)
    before = len(tracker.events)
    recent(tracker)
    assert len(tracker.events) == before
