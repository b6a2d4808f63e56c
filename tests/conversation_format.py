"""What a conversation of tests/conversations/*.yml may hold; docs/conversations.md tells how one is
written.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.dialogue.acts import Act
from bot.dialogue.state import Ask

ACTS = tuple(act.value.split("_", 1)[1] for act in Act if act is not Act.LISTEN)
QUESTIONS = ("none", *(ask.value for ask in Ask))
_QUARTERS = "Autumn|Winter|Spring|Summer"
_END = re.compile(rf"[A-Z]+\d+[A-Z]* ({_QUARTERS}) \d{{4}} (enrolled|waitlisted)")
_GOAL = re.compile(rf"(enroll|drop|swap) (\S+)( for \S+)?( ({_QUARTERS}))?( \d{{4}})?")


def _one_of(names: tuple[str, ...], what: str) -> AfterValidator:
    def check(name: str) -> str:
        if name in names:
            return name
        close = get_close_matches(name, names, 1)
        meant = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(names)}"
        raise ValueError(f'"{name}" is no {what}; {meant}')

    return AfterValidator(check)


def _like(shape: re.Pattern[str], example: str) -> AfterValidator:
    def check(text: str) -> str:
        if not shape.fullmatch(text):
            raise ValueError(f'"{text}" should read like "{example}"')
        return text

    return AfterValidator(check)


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f'"{text}" is no regular expression: {error}') from error
    return text


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _whole(turn: Any) -> Any:
    """`"said": "regex"` is a turn too."""
    if isinstance(turn, dict) and len(turn) == 1 and "say" not in turn:
        ((said, reply),) = turn.items()
        return {"say": said, "reply": reply}
    return turn


def _signed_in(student: Any) -> Any:
    return None if student == "visitor" else student


ActName = Annotated[str, _one_of(ACTS, "act")]
Pattern = Annotated[str, AfterValidator(_compiles)]
GoalName = Annotated[str, _like(_GOAL, "enroll CS106A Winter 2019")]
Held = Annotated[str, _like(_END, "CS106A Winter 2019 enrolled")]


class Part(BaseModel):
    """Nothing is converted and nothing unknown is let through: a slip must not test nothing."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Turn(Part):
    """What the student says; the acts that follow, in order; what the replies must match."""

    say: str
    acts: list[ActName] | None = None
    reply: Annotated[list[Pattern], BeforeValidator(_listed)] = []

    @model_validator(mode="after")
    def _expects_something(self) -> Turn:
        if self.acts is None and not self.reply:
            raise ValueError("nothing is expected of this turn; give acts, a reply, or both")
        return self


class State(Part):
    """What the bot must remember at the end; only what is named is looked at."""

    question: Annotated[str, _one_of(QUESTIONS, "question")] | None = None
    goals: list[GoalName] | None = None
    focus: str | None = None
    results: list[str] | None = None


class Record(Part):
    """The student's record at the beginning; `completed: all` has every prerequisite met."""

    programme: str = "Undeclared"
    completed: Annotated[list[str], BeforeValidator(_listed)] = []
    max_units: int = 20
    holds: list[str] = []


class Conversation(Part):
    """Who speaks (None: a visitor), what is said, and what must have come of it in the end."""

    name: str
    student: Annotated[Record | None, BeforeValidator(_signed_in)] = Record()
    turns: list[Annotated[Turn, BeforeValidator(_whole)]] = Field(min_length=1)
    state: State | None = None
    end: list[Held] = []

    @model_validator(mode="after")
    def _visitors_hold_nothing(self) -> Conversation:
        if self.student is None and self.end:
            raise ValueError("a visitor cannot be enrolled in the end")
        return self
