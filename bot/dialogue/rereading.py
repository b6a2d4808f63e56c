"""What the model of single utterances takes for something else: follow-ups and sums.

"and for spring?" after the registrar's dates asks for more dates; "how many units is that all
together" is about the schedule, not about one class; "the last day to drop" drops nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import cues, pointing, verbs
from bot.dialogue.acts import Act
from bot.dialogue.consent import hesitates
from bot.dialogue.state import Ask, DialogueState
from bot.dialogue.turn import Turn

_ASKING = ("my_schedule", "inform", "lecture_question", "other", "help")
_NAMING = ("code", "title", "subject", "topic", "instructor")
_DEADLINE = re.compile(
    r"\b(?:last|latest|final) (?:day|date|chance|moment)\b|\bdeadlines?\b|\btoo late\b"
    r"|\b(?:by|until|till|up to) when\b|\bwhat (?:day|date)\b|\bhow (?:long|late)\b"
    r"|\bwhen (?:can|could|do|does|must|should|is|are)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(r"\b(?:units?|credits?)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(?:how many|how much|what(?:'?s| is| are)|number of)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:all ?together|altogether|in (?:total|all|sum)|total|combined|sum|all in all|overall)\b",
    re.IGNORECASE,
)
_CLASH = re.compile(
    r"\b(?:clash|conflict|overlap|collid)\w*|\bat the same time\b"
    r"|\bfits? (?:in(?:to)?|with)? ?(?:my|the) (?:schedule|timetable|week)\b",
    re.IGNORECASE,
)
_SHORT = 6
_TURNED = re.compile(r"\b(?:no|not|don'?t|never|but|unless|if|instead|rather)\b", re.IGNORECASE)


def reread(state: DialogueState, turn: Turn) -> Turn:
    """The turn as it is meant where it stands; `state` is still that of the turn before."""
    turn = _still_lecture(state, turn)
    if counts_units(turn.text) and _TOGETHER.search(turn.text) and not turn.has(*_NAMING):
        return replace(turn, intent="my_schedule")
    pointed = turn.has("code", "title") or pointing.refers(turn.text)
    if turn.intent in _ASKING and pointed and asks_clash(turn.text):
        return replace(turn, intent="inform")
    return replace(turn, intent="affirm") if _insists(state, turn) else turn


def _insists(state: DialogueState, turn: Turn) -> bool:
    """ "Yes, enroll me" to "shall I enroll you?": the wish said again, and nothing new in it."""
    question, goal, text = state.question, state.goal, turn.text
    if question is None or question.ask is not Ask.CONFIRM or goal is None:
        return False
    if turn.intent != goal.kind or turn.mentions or not verbs.names(goal.kind, text):
        return False
    another = pointing.the_one(text) or pointing.the_other(text) or pointing.both(text)
    numbered = pointing.ordinal(text) is not None or any(map(str.isdigit, text))
    turned = _TURNED.search(text) is not None or hesitates(text)
    return len(text.split()) <= _SHORT and not (another or numbered or turned)


def _still_lecture(state: DialogueState, turn: Turn) -> Turn:
    """ "and dropout?" after an answer from the lectures is the next question about them."""
    follows = state.act == Act.LECTURE and cues.continues(turn.text)
    of_courses = cues.speaks_of_courses(turn.text) or any(
        mention.slot not in ("topic", "title") for mention in turn.mentions
    )
    if follows and not of_courses and turn.intent in ("inform", "answer"):
        return replace(turn, intent="lecture_question")
    return turn


def still_dates(state: DialogueState, turn: Turn) -> bool:
    """ "and for spring?" after the registrar's dates; `state` is that of the turn before."""
    term_alone = all(mention.slot in ("quarter", "year") for mention in turn.mentions)
    leaning = cues.continues(turn.text) and turn.is_bare
    return state.act == Act.DATES and leaning and term_alone


def about_dates(turn: Turn) -> bool:
    """Whether the registrar's dates are asked for, not those of a class."""
    asking = turn.intent in _ASKING
    if turn.intent in ("enroll", "drop", "swap"):
        asking = _DEADLINE.search(turn.text) is not None
    return asking and not turn.has(*_NAMING) and cues.asks_dates(turn.text)


def asks_clash(text: str) -> bool:
    """Whether a text asks if a class meets while another one does."""
    return _CLASH.search(text) is not None


def counts_units(text: str) -> bool:
    """Whether a text asks for a number of units: "how many units can I take"."""
    return bool(_UNITS.search(text) and _HOW_MANY.search(text))
