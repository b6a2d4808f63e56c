"""What is taken back without another value in its place: "forget the year", "not winter", "scratch
the units", "never mind CS106B".
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import negation
from bot.dialogue.acts import Act
from bot.dialogue.filling import subject_of
from bot.dialogue.informing import SEARCH
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from bot.dialogue.turn import Mention, Turn
from nlu.normalise import codes, terms

_BACK = (
    r"(?:forget|scratch|skip|ignore|disregard|strike|lose|remove|clear|leave out|leave off"
    r"|never ?mind|nvm|take out|take back)(?:\s+about)?"
)
_NAMES = {
    "year": r"years?",
    "quarter": r"(?:quarters?|terms?|semesters?|seasons?)",
    "units": r"(?:(?:number of )?units?|credits?|unit limit)",
    "section": r"sections?",
    "day": r"(?:week)?days?",
    "time": r"(?:times?(?: of day)?|hours?)",
    "instructor": r"(?:instructors?|professors?|profs?|teachers?|lecturers?)",
    "grading": r"(?:grading(?: basis)?|grades?)",
    "level": r"levels?",
    "subject": r"(?:subjects?|departments?)",
    "topic": r"topics?",
    "requirement": r"(?:requirements?|ways?|gers?)",
}
_THE = r"\s+(?:the |that |my |any |those |these )?"
_NAMED = re.compile(
    rf"\b{_BACK}{_THE}(?:"
    + "|".join(f"(?P<{slot}>{words})" for slot, words in _NAMES.items())
    + r")\b(?:\s+(?:part|thing|limit|filter|condition|bit|then|please))*\W*$",
    re.IGNORECASE,
)
_DROPS = re.compile(rf"\b(?:scrap|drop|cancel|kill|ditch|{_BACK}){_THE}?$", re.IGNORECASE)
_VALUE = re.compile(rf"\b{_BACK}{_THE}?(?:in |on |for |from )?$", re.IGNORECASE)
# What goes with each: in a wish and in a search.
_IN_GOAL = {
    "year": ("year", "academic_start"),
    "quarter": ("quarter", "year", "academic_start"),
    "section": ("section", "class_id"),
}
_IN_QUERY = {
    "year": ("year", "academic_start"),
    "quarter": ("quarters", "year", "academic_start"),
    "units": ("units",),
    "day": ("days", "not_days", "avoided"),
    "time": ("earliest", "latest", "avoided"),
    "instructor": ("instructors",),
    "grading": ("grading",),
    "level": ("level", "numbers"),
    "subject": ("subjects", "not_subjects"),
    "topic": ("topics", "about"),
    "requirement": ("requirements",),
}
UNWANTED = "not_quarters"  # the slot of quarters that were ruled out


def retracted(state: DialogueState, turn: Turn) -> DialogueState | None:
    """The state without what this turn takes back; None when it takes nothing back."""
    if (left := _without_class(state, turn)) is not None:
        return left
    slots = _slots(turn)
    if state.goal is not None:
        goal = _without(state.goal, slots) if slots else _not_then(state.goal, turn)
        return None if goal is None else replace(state.with_goal(goal), question=None)
    if slots and state.about == SEARCH and state.query:
        return _wider(state, slots)
    return None


def _slots(turn: Turn) -> tuple[str, ...]:
    """The slots that are named, or whose values are: "forget the year", "forget 2019"."""
    if (named := _NAMED.search(turn.text)) is not None:
        return (str(named.lastgroup),)
    told = [m for m in turn.mentions if m.slot in _NAMES and _VALUE.search(turn.text[: m.start])]
    alone = len(told) == len(turn.mentions)
    return tuple(dict.fromkeys(mention.slot for mention in told)) if alone else ()


def _without(goal: Goal, slots: tuple[str, ...]) -> Goal:
    gone = [name for slot in slots for name in _IN_GOAL.get(slot, (slot,))]
    return goal.having(**dict.fromkeys(gone))


def _without_class(state: DialogueState, turn: Turn) -> DialogueState | None:
    """The state without the open wish for a class that is called off; the others stay."""
    told = turn.of("code") or turn.of("subject") or turn.of("topic")
    named = {
        code
        for mention in told
        if _called_off(turn, mention) or _gives_up(state, turn, mention)
        for code in (codes.codes(mention.text) or _of_subject(state, mention))
    }
    kept = tuple(goal for goal in state.goals if goal.get("code") not in named)
    if not named or len(kept) == len(state.goals) or len(told) > len(named):
        return None
    question = state.question if kept and kept[0] is state.goal else None
    return replace(
        state, goals=kept, question=question, act=Act.CANCELLED, digressed=question is not None
    )


def _of_subject(state: DialogueState, mention: Mention) -> list[str]:
    """The class of the one open wish in that subject: "scrap econ"."""
    wished = [str(goal.get("code") or "") for goal in state.goals]
    letters = "".join(filter(str.isalpha, mention.text)).upper()
    found = [code for code in wished if letters and subject_of(code) == letters]
    return found if len(found) == 1 else []


def _gives_up(state: DialogueState, turn: Turn, mention: Mention) -> bool:
    """ "Drop ECON1" while to be in it is still but a wish."""
    wishing = state.goal is not None and state.goal.kind is GoalKind.ENROLL
    return wishing and _DROPS.search(turn.text[: mention.start]) is not None


def _called_off(turn: Turn, mention: Mention) -> bool:
    return takes_back(turn, mention) or negation.ruled_out(turn.text, mention.start)


def takes_back(turn: Turn, mention: Mention) -> bool:
    """Whether the words before a span call it off: "forget CS106B"."""
    return _VALUE.search(turn.text[: mention.start]) is not None


def _not_then(goal: Goal, turn: Turn) -> Goal | None:
    """ "Not winter": that quarter is no choice any more; None for other turns."""
    mentions = turn.of("quarter")
    ruled_out = [m for m in mentions if negation.ruled_out(turn.text, m.start)]
    if not ruled_out or len(ruled_out) < len(mentions) or turn.has("code", "title"):
        return None
    values = [terms.quarter(mention.text) for mention in ruled_out]
    seasons = [value.season for value in values if value is not None and value.season]
    if goal.get("quarter") not in (None, *seasons):
        return None
    known = list(goal.get(UNWANTED) or ())
    year = goal.slots.get("year")
    guessed = {"year": None} if year is not None and year.guessed else {}
    unwanted = {UNWANTED: Filled(list(dict.fromkeys([*known, *seasons])))}
    return goal.having(**{"quarter": None, "class_id": None, **guessed, **unwanted})


def _wider(state: DialogueState, slots: tuple[str, ...]) -> DialogueState | None:
    """The last search without those conditions; None when it had none of them."""
    gone = {key for slot in slots for key in _IN_QUERY.get(slot, ())}
    query = {key: value for key, value in state.query.items() if key not in gone}
    if len(query) == len(state.query):
        return None
    return replace(
        state, act=Act.SEARCH if query else Act.NOTHING_OPEN, query=query, offset=0, args={}
    )
