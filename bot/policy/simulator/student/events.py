"""What kinds of things the bot can say: effects on the record, questions, and being lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.policy.simulator.student.reading import UNKNOWN, Heard, code_in

_EFFECTS = {
    "utter_enrolled": "enroll",
    "utter_waitlisted": "enroll",
    "utter_dropped": "drop",
    "utter_withdrawn": "drop",
    "utter_swapped": "swap",
    "utter_moved": "move",
}
UNCLEAR = frozenset(
    {
        "utter_unclear", "utter_rephrase", "utter_other", "utter_empty", "utter_trouble",
        "utter_nothing_open", "utter_which_one", "utter_help", "utter_greet", "utter_goodbye",
        "utter_nothing_to_cancel", "utter_no_more", "utter_handoff", "utter_thanks", UNKNOWN,
    }
)  # fmt: skip
# Questions that wait for an answer; a list's narrowing question does not.
_ASKING = ("utter_ask_", "utter_which_", "utter_confirm_", "utter_offer_", "utter_other_sections",
           "utter_did_you_mean", "utter_several_titles")  # fmt: skip
_NARROWING = tuple(
    f"utter_which_{what}"
    for what in ("subjects", "level", "quarters", "units", "days", "requirements")
)
_NO_QUESTION = frozenset({"utter_which_one"})


@dataclass(frozen=True)
class Effect:
    """A change of the record as the bot tells it."""

    act: str
    code: str
    quarter: str = ""
    year: str = ""
    section: str = ""
    dropped: str = ""
    waiting: bool = False
    undone: bool = False


def effect_of(heard: Heard) -> Effect | None:
    """What was done to the record, or None."""
    if heard.name.startswith("utter_undone_"):
        return Effect("undo", heard.code, heard.get("quarter"), heard.get("year"), undone=True)
    act = _EFFECTS.get(heard.name)
    if act is None:
        return None
    return Effect(
        act,
        heard.code,
        heard.get("quarter"),
        heard.get("year"),
        heard.get("section"),
        code_in(heard.get("dropped")),
        heard.name == "utter_waitlisted",
    )


def question_in(heard: Sequence[Heard]) -> Heard | None:
    """The last thing that waits for an answer; else what tells that nothing was understood."""
    asked = [each for each in heard if binds(each)]
    if asked:
        return asked[-1]
    lost = [each for each in heard if UNCLEAR & each.names]
    return lost[-1] if lost else None


def binds(heard: Heard) -> bool:
    """Whether this is a question that stays open until it is answered."""
    asks = heard.name.startswith(_ASKING) and heard.name not in _NO_QUESTION
    return asks and not heard.name.startswith(_NARROWING)


def yes_or_no(heard: Heard) -> bool:
    """Whether a plain yes or no answers it."""
    return heard.name.startswith(("utter_confirm_", "utter_offer_"))


def understood(heard: Heard) -> bool:
    """Whether the bot took something in: it did something, told something or asks on."""
    return not UNCLEAR & heard.names and heard.name != "utter_ask_meaning"
