"""The policy as Rasa loads it: the agent of its configuration, and a past from the tracker."""

from __future__ import annotations

from bot import rasa_compat

rasa_compat.install()

from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.dialogue.acts import Act  # noqa: E402
from bot.dialogue.state import DialogueState  # noqa: E402
from bot.policy.component import FramePolicy  # noqa: E402
from bot.policy.recalling import SLOT, decided  # noqa: E402


def tracker(turns: int) -> DialogueStateTracker:
    found = DialogueStateTracker("a", [])
    for turn in range(turns):
        said = UserUttered("hi")
        state = DialogueState(turn=turn + 1, message_id=str(said.message_id), act=Act.GREET)
        for event in (
            said,
            ActionExecuted("action_understand"),
            SlotSet(SLOT, state.to_json()),
            ActionExecuted(Act.GREET.value),
            ActionExecuted(Act.LISTEN.value),
        ):
            found.events.append(event)
    return found


def test_the_rules_choose_unless_another_agent_is_named() -> None:
    assert FramePolicy.get_default_config()["agent"] == "rule"


def test_past_decisions_are_read_from_the_tracker() -> None:
    taken = decided(tracker(3), 4)
    assert [each.act for each in taken] == [Act.GREET, Act.LISTEN, Act.GREET, Act.LISTEN]
    assert [each.decision.state.turn for each in taken] == [2, 2, 3, 3]
    assert taken[0].decision.candidates[0] is Act.GREET
    assert taken[1].decision.executed == (Act.GREET,)
    assert decided(tracker(0), 4) == ()
