"""The dialogue state: goals in order, the open question, the last results, the last effect.

It lives as JSON in the Rasa slot `dialogue`; everything in it is small and plain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from bot.dialogue import demos
from bot.dialogue.demos import Demo


class GoalKind(StrEnum):
    """What changes a student's record; everything else is answered within the turn."""

    ENROLL = "enroll"
    DROP = "drop"
    SWAP = "swap"


class Ask(StrEnum):
    """Questions the assistant can leave open; the value is what the answer fills."""

    CLASS = "class"
    QUARTER = "quarter"
    YEAR = "year"
    CHOICE = "choice"
    CONFIRM = "confirm"
    MEANING = "meaning"


@dataclass(frozen=True)
class Filled:
    """A slot's value, the turn it came from, whether it was guessed rather than said, and how sure
    the NLU is of having heard it.
    """

    value: Any
    turn: int = 0
    guessed: bool = False
    confidence: float = 1.0


@dataclass(frozen=True)
class Goal:
    """One change to the record in the making. `key` stays the same over retries of the same act;
    `confidence` is how sure the NLU is that this change was asked for.
    """

    kind: GoalKind
    key: str
    slots: dict[str, Filled] = field(default_factory=dict)
    confidence: float = 1.0

    def get(self, slot: str) -> Any:
        """The value of a slot, or None."""
        filled = self.slots.get(slot)
        return None if filled is None else filled.value

    def having(self, **values: Filled | None) -> Goal:
        """A copy with these slots set; None removes one."""
        merged = {**self.slots, **values}
        return replace(self, slots={k: v for k, v in merged.items() if v is not None})

    @property
    def guesses(self) -> tuple[str, ...]:
        """The slots whose values still need a confirmation."""
        return tuple(slot for slot, filled in self.slots.items() if filled.guessed)

    def confirmed(self) -> Goal:
        """A copy in which nothing counts as guessed or misheard any more."""
        slots = {s: replace(f, guessed=False, confidence=1.0) for s, f in self.slots.items()}
        return replace(self, slots=slots, confidence=1.0)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The slots that may have been misheard, the least certain first."""
        unsure = [slot for slot, filled in self.slots.items() if filled.confidence < 1.0]
        return tuple(sorted(unsure, key=lambda slot: self.slots[slot].confidence))

    @property
    def certainty(self) -> float:
        """How sure it is that all of it was heard rightly: of its least certain part."""
        return min([self.confidence, *(filled.confidence for filled in self.slots.values())])


@dataclass(frozen=True)
class Option:
    """One answer to an open choice: what is shown and which slots it fills."""

    label: str
    fills: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What was asked last and is still open; `times` counts how often, for other words."""

    ask: Ask
    options: tuple[Option, ...] = ()
    topic: str = ""
    times: int = 1


@dataclass(frozen=True)
class Mentioned:
    """A course that was talked about, with the section and term if they were."""

    code: str
    title: str = ""
    class_id: int | None = None
    quarter: str | None = None
    year: int | None = None
    confidence: float = 1.0  # that its name was heard rightly
    units: int | None = None  # at most, where it was listed
    sections: str = ""  # days, hours and teachers of the listed ones, a line each


@dataclass(frozen=True)
class Effect:
    """The last change to the record, so that it can be undone."""

    kind: GoalKind
    code: str
    class_id: int
    turn: int
    quarter: str
    year: int
    other_class_id: int | None = None
    linked_class_id: int | None = None


@dataclass(frozen=True)
class DialogueState:
    """Everything remembered between turns."""

    turn: int = 0
    message_id: str = ""
    act: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    question: Question | None = None
    digressed: bool = False
    asked: dict[str, list[str]] = field(default_factory=dict)  # how each question was worded
    query: dict[str, Any] = field(default_factory=dict)
    offset: int = 0
    more: bool = False
    results: tuple[Mentioned, ...] = ()
    narrowing: dict[str, Any] = field(default_factory=dict)  # the question below that list
    focus: Mentioned | None = None
    about: str = ""
    effect: Effect | None = None
    refused: Goal | None = None
    plan: dict[str, Any] = field(default_factory=dict)  # the last one, and what was wished of it
    sure: float = 1.0  # of the last turn's intent
    heard: dict[str, Any] | None = None  # that turn, while a policy may still ask what it meant
    doubted: dict[str, Any] | None = None  # a turn whose meaning is being asked for
    demo: Demo | None = None  # that waits for its files, or runs
    strikes: int = 0
    steps: int = 0

    @property
    def goal(self) -> Goal | None:
        """The goal that is being worked on."""
        return self.goals[0] if self.goals else None

    def with_goal(self, goal: Goal) -> DialogueState:
        """A copy whose current goal is this one."""
        return replace(self, goals=(goal, *self.goals[1:]))

    def without_goal(self) -> DialogueState:
        """A copy whose current goal is done with; the next one moves up."""
        return replace(self, goals=self.goals[1:], question=None)

    def given_up(self) -> DialogueState:
        """A copy whose current goal was refused; it may still be wanted for another term.

        What was to be done only after it (slot `after`: its key) is not done either.
        """
        key = self.goal.key if self.goal else ""
        left = tuple(goal for goal in self.goals[1:] if goal.get("after") != key)
        return replace(self, goals=left, question=None, refused=self.goal)

    def stepped(self) -> DialogueState:
        """A copy that records that an action of this turn has run to its end."""
        return replace(self, steps=self.steps + 1)

    def to_json(self) -> dict[str, Any]:
        """Plain values for the Rasa slot."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> DialogueState:
        """Read the slot; an empty one is a new conversation.

        A conversation that began under another version may lack a field, or hold one more.
        """
        known = {each.name for each in fields(cls)}
        read = {name: value for name, value in (data or {}).items() if name in known}
        for name, reader in _READERS.items():
            if name in read:
                read[name] = reader(read[name])
        return cls(**read)


def _goal(data: dict[str, Any]) -> Goal:
    slots = {slot: Filled(**filled) for slot, filled in data["slots"].items()}
    return Goal(GoalKind(data["kind"]), data["key"], slots, data.get("confidence", 1.0))


def _question(data: dict[str, Any] | None) -> Question | None:
    if data is None:
        return None
    options = tuple(Option(**option) for option in data["options"])
    return Question(Ask(data["ask"]), options, data["topic"], data["times"])


def _effect(data: dict[str, Any] | None) -> Effect | None:
    return Effect(**{**data, "kind": GoalKind(data["kind"])}) if data else None


def _mentioned(data: dict[str, Any] | None) -> Mentioned | None:
    return Mentioned(**data) if data else None


_READERS: dict[str, Callable[[Any], Any]] = {
    "goals": lambda goals: tuple(_goal(goal) for goal in goals),
    "question": _question,
    "results": lambda results: tuple(Mentioned(**result) for result in results),
    "focus": _mentioned,
    "effect": _effect,
    "refused": lambda goal: _goal(goal) if goal else None,
    "demo": demos.from_json,
}
