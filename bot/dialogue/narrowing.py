"""The question below a list of courses: what it offers, what answers it, and what was asked before.

`actions.narrowing` puts it; here it is answered: by an option clicked or said, by a condition of
the student's own ("mornings", "the easy ones"), or by "no matter", which moves on to the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from bot.dialogue import conditions, cues, pointing, verbs
from bot.dialogue.filling import Clock
from bot.dialogue.informing import MATTER, merged, search
from bot.dialogue.querying import query_filters
from bot.dialogue.state import Ask, DialogueState, Filled, GoalKind
from bot.dialogue.turn import Turn

_SHORT = 6
_STANDS = 2  # turns: a question may be answered after one thing in between
_FORGOTTEN = 10  # turns after which a question that was passed over no longer counts
_ANSWERING = ("answer", "inform", "other", "affirm", "deny", "enroll")
_NO_MATTER = re.compile(
    r"\b(?:skip|pass|not sure|no idea|dunno|idk|(?:don'?t|do not) (?:know|mind)|surprise me"
    r"|you pick|all the same|makes no difference|no matter)\b",
    re.IGNORECASE,
)
_NONE = re.compile(  # but "the others" are the next page
    r"\b(?:none|neither|something (?:else|different))\b|^\W*other\W*$", re.IGNORECASE
)
_CLASS = r"(?:class|course|seminar|elective)(?:e?s)?"
_OPEN = re.compile(
    r"\b(?:some|any)thing (?:\w+ )?(?:interesting|fun|cool|new|different|easy|nice|good)\b"
    rf"|\b(?:an?|some|any) (?:\w+ )?{_CLASS}\b",
    re.IGNORECASE,
)
_ENROLLS = re.compile(r"\b(?:enroll?|register|sign|put|get|add) me\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z0-9&+-]+")
_FILLER = frozenset(
    (
        "a an and at um uh oh ok okay please pls thanks the in on for of to so well hmm it is "
        "that's i i'm me my would will be like want prefer think guess say let's lets this that "
        "one ones "
        "just only actually maybe how about what with go take class classes course courses "
        "quarter good better works could quite some those these m d ll s"
    ).split()
)


@dataclass(frozen=True)
class Narrowing:
    """The question below the last list; without an attribute none is open.

    `query` and `params` are that list's search, `total` its results, `asked` what was asked about
    it so far, `ignored` how many questions in a row were passed over, `declined` that the open one
    was just left open.
    """

    attribute: str = ""
    options: tuple[dict[str, Any], ...] = ()
    asked: tuple[str, ...] = ()
    ignored: int = 0
    turn: int = 0
    declined: bool = False
    query: dict[str, Any] = field(default_factory=dict)
    params: tuple[tuple[str, str], ...] = ()
    total: int = 0

    @classmethod
    def of(cls, state: DialogueState) -> Narrowing:
        """What the state keeps of it; a state of another version may lack fields."""
        names = {each.name for each in fields(cls)}
        kept = {name: value for name, value in state.narrowing.items() if name in names}
        for name in ("options", "asked"):
            kept[name] = tuple(kept.get(name, ()))
        kept["params"] = tuple((key, value) for key, value in kept.get("params", ()))
        return cls(**kept)

    def to_json(self) -> dict[str, Any]:
        """Plain values for the state."""
        return asdict(self)

    def before(self, query: Mapping[str, Any], turn: int) -> Narrowing:
        """What of it still counts for the list of another query, or of the same once more.

        Only a query that adds to this one is still about the same; whoever did not answer the open
        question passed it over.
        """
        same = all(query.get(key) == value for key, value in self.query.items())
        ignored = 0 if turn - self.turn > _FORGOTTEN else self.ignored
        if self.attribute:
            ignored = 0 if same and dict(query) != self.query else ignored + 1
        asked = self.asked if same else ()
        return Narrowing(asked=asked, ignored=ignored, turn=self.turn)


def narrowed(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """The state with the question below the list answered, or left open; None when it was not."""
    question = Narrowing.of(state)
    if not _is_open(question, state):
        return None
    option = _clicked(question, turn)
    if option is None and (turn.intent not in _ANSWERING or _is_wish(state, turn)):
        return None
    if (option := option or _said(question, turn)) is not None:
        return _with(state, {**state.query, **option["filters"]})
    if _leaves_open(turn):
        return _declined(state, question)
    if turn.intent == GoalKind.ENROLL and _takes_one(turn.text):
        return None  # "sign me up for the one with Kettleburn"
    own = _own(question, state, turn, clock)
    return _with(state, own) if own is not None else None


def _takes_one(text: str) -> bool:
    return verbs.names(GoalKind.ENROLL, text) and (pointing.the_one(text) or pointing.refers(text))


def _is_wish(state: DialogueState, turn: Turn) -> bool:
    """ "Enroll me in the one with Kettleburn" wants a class; it is more than a condition."""
    said = turn.intent == GoalKind.ENROLL and _ENROLLS.search(turn.text) is not None
    return said and not wishes(state)


def opened(state: DialogueState, turn: Turn) -> DialogueState | None:
    """The state with everything that is offered, for one who names nothing ("something
    interesting"): the questions below the list do the rest. None for other turns.
    """
    asking = turn.intent in ("inform", "other", "help") and not turn.mentions
    free = state.question is None and state.goal is None
    short = len(turn.text.split()) <= 2 * _SHORT
    if not (asking and free and short and _OPEN.search(turn.text)):
        return None
    easy = {"easy": True} if conditions.wants_easy(turn.text) else {}
    return search(state, easy)


def wishes(state: DialogueState) -> bool:
    """Whether a class to enroll in is looked for: what is left is chosen from in the end."""
    goal = state.goal
    return goal is not None and goal.kind is GoalKind.ENROLL and goal.get("code") is None


def _is_open(question: Narrowing, state: DialogueState) -> bool:
    fresh = bool(question.attribute) and state.turn - question.turn <= _STANDS
    if state.question is None:
        return fresh and state.goal is None
    return fresh and state.question.ask is Ask.CLASS and wishes(state)


def _with(state: DialogueState, query: dict[str, Any]) -> DialogueState:
    """The search once more; a quarter is also the one to enroll for."""
    goal, quarters = state.goal, query.get("quarters", ())
    if goal is not None and len(quarters) == 1 and goal.get("quarter") is None:
        state = state.with_goal(goal.having(quarter=Filled(quarters[0], state.turn)))
    return replace(search(state, query), question=None, strikes=0)


def _declined(state: DialogueState, question: Narrowing) -> DialogueState:
    kept = replace(question, attribute="", options=(), ignored=0, declined=True)
    shown = search(replace(state, narrowing=kept.to_json()), state.query, next_page=True)
    return replace(shown, question=None, strikes=0)


def _leaves_open(turn: Turn) -> bool:
    short = len(turn.text.split()) <= _SHORT and not turn.mentions
    text = turn.text
    open_end = cues.any_will_do(text) or _NO_MATTER.search(text) or _NONE.search(text)
    return short and bool(open_end)


def _clicked(question: Narrowing, turn: Turn) -> dict[str, Any] | None:
    """The option whose label was clicked or said, whatever the NLU took it for."""
    said = " ".join(turn.text.casefold().strip(" .!?").split())
    return next((each for each in question.options if each["label"].casefold() == said), None)


def _said(question: Narrowing, turn: Turn) -> dict[str, Any] | None:
    """The one option that is meant by the words that tell it apart, or by "none of these"."""
    if len(turn.text.split()) > _SHORT or "?" in turn.text or turn.has("code", "title"):
        return None
    if _NONE.search(turn.text) and not turn.mentions:
        return next((each for each in question.options if each.get("others")), None)
    words = _told(turn.text)
    fitting = [each for each in question.options if words and words <= _told(each["label"])]
    return fitting[0] if len(fitting) == 1 else None


def _told(text: str) -> frozenset[str]:
    words = (word for word in _WORDS.findall(text.casefold()) if word not in _FILLER)
    return frozenset(word.removesuffix("s") or word for word in words)


def _own(
    question: Narrowing, state: DialogueState, turn: Turn, clock: Clock
) -> dict[str, Any] | None:
    """The query with a condition that the student named instead; None for anything else.

    Another topic or subject is another search, but for a subject that was asked for.
    """
    if len(turn.text.split()) > 2 * _SHORT or "?" in turn.text:
        return None
    if turn.has("code", "title", "attribute") or pointing.ordinal(turn.text) is not None:
        return None
    filters = query_filters(turn, clock)
    matter = MATTER & filters.keys()
    if question.attribute in matter and not MATTER - {"topics"} & state.query.keys():
        return {**state.query, **filters} if matter == {"subjects"} else None
    if not filters or (matter and not wishes(state)):
        return None
    return merged(state, replace(turn, intent="answer"), filters)
