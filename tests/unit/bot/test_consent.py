"""A change of the record needs a yes that is one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import after, turn

from bot.dialogue.acts import Act
from bot.dialogue.consent import agrees, gesture
from bot.dialogue.state import Ask, DialogueState, Option, Question


def confirming() -> DialogueState:
    said = turn("CS106A next winter", "enroll", "code=CS106A", "quarter=next winter")
    return replace(after(said), question=Question(Ask.CONFIRM))


@pytest.mark.parametrize(
    "text",
    ["maybe", "Perhaps.", "why", "huh", "yes?", "really?", "ok wait", "yes and no",
     "are you sure", "idk", "how", "probably", "so"],
)  # fmt: skip
def test_a_hesitation_is_no_consent_however_it_was_read(text: str) -> None:
    state = after(turn(text, "affirm"), state=confirming())
    assert state.act != Act.ENROLL
    assert state.goal is not None


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "yes please",
        "sure thing",
        "go ahead",
        "ok do it",
        "👍",
        "👍🏽",
        "✅",
        "y",
        "i guess so",
    ],
)
def test_a_yes_is(text: str) -> None:
    intent = "other" if gesture(text) else "affirm"
    assert after(turn(text, intent), state=confirming()).act == Act.ENROLL


def test_thumbs_down_is_a_no() -> None:
    assert after(turn("👎", "other"), state=confirming()).act != Act.ENROLL
    assert gesture("👎🏿") == "deny"
    assert gesture("👍👎") is gesture("") is gesture("ok") is None


def test_the_only_option_needs_a_yes_as_well() -> None:
    state = after(turn("CS106A in winter", "enroll", "code=CS106A", "quarter=winter"))
    asked = replace(state, question=Question(Ask.YEAR, (Option("2019", {"year": 2019}),)))
    assert after(turn("why", "affirm"), state=asked).act != Act.ENROLL
    assert after(turn("yep", "affirm"), state=asked).act == Act.ENROLL


def test_a_yes_with_more_is_not_all_of_it() -> None:
    assert not agrees(turn("yes in spring", "affirm", "quarter=spring"))
