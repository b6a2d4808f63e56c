"""What a student wants: classes to be in or out of, facts to be told, and what may come between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.policy.simulator.values import Beginning, Held, Trait
from bot.policy.simulator.words.speaking import Named
from knowledge.model.courses import Course, Section
from knowledge.model.terms import Term


class Twist(StrEnum):
    """What stands in the way of a goal, or changes it, or leaves it open at first."""

    NONE = "none"
    # impossible
    NOT_OFFERED = "not offered"
    FULL = "full"
    PREREQUISITE = "prerequisite missing"
    CONFLICT = "time conflict"
    UNKNOWN_CODE = "unknown code"
    CLOSED_TERM = "closed term"
    HOLD = "hold"
    NOT_HELD = "not held"
    SWAP_REFUSED = "swap refused"
    # changed midway
    OTHER_QUARTER = "other quarter"
    OTHER_CLASS = "other class"
    RETRACTED = "retracted"
    WRONG_YEAR = "wrong year"
    DIGRESSION = "digression"
    DROP_REGRETTED = "drop regretted"
    SWAP_REGRETTED = "swap regretted"
    # ambiguous
    TITLE = "title of several"
    PART_OF_TITLE = "part of a title"
    NO_QUARTER = "no quarter"
    NO_YEAR = "no year"
    PREFERENCE = "preferred section"
    IT = "it"


TRAITS: Mapping[Trait, tuple[Twist, ...]] = {
    Trait.PLAIN: (Twist.NONE,),
    Trait.IMPOSSIBLE: (
        Twist.NOT_OFFERED, Twist.FULL, Twist.PREREQUISITE, Twist.CONFLICT, Twist.UNKNOWN_CODE,
        Twist.CLOSED_TERM, Twist.HOLD, Twist.NOT_HELD, Twist.SWAP_REFUSED,
    ),
    Trait.CHANGED: (
        Twist.OTHER_QUARTER, Twist.OTHER_CLASS, Twist.RETRACTED, Twist.WRONG_YEAR,
        Twist.DIGRESSION, Twist.DROP_REGRETTED, Twist.SWAP_REGRETTED,
    ),
    Trait.AMBIGUOUS: (
        Twist.TITLE, Twist.PART_OF_TITLE, Twist.NO_QUARTER, Twist.NO_YEAR, Twist.PREFERENCE,
        Twist.IT,
    ),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Seat:
    """A class in a term; any of these sections is meant, on the waitlist only if that will do."""

    course: Course
    term: Term
    sections: tuple[Section, ...]
    waitlist: bool = False

    @property
    def code(self) -> str:
        """The home code."""
        return str(self.course.code)

    @property
    def named(self) -> dict[str, Named | str]:
        """The term as values of a phrase."""
        return {"quarter": self.term.quarter.value, "year": str(self.term.year)}

    @property
    def class_ids(self) -> frozenset[int]:
        """The class numbers of its sections."""
        return frozenset(section.class_id for section in self.sections)

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of its sections as the bot writes them."""
        return frozenset(section.number for section in self.sections)

    def is_term(self, quarter: str, year: str | int) -> bool:
        """Whether that is its term."""
        return (self.term.quarter.value, str(self.term.year)) == (quarter, str(year))

    def is_held(self, held: Held) -> bool:
        """Whether a line of the record is this seat."""
        known = held.class_id == 0 or held.class_id in self.class_ids
        seated = held.status == "enrolled" or self.waitlist
        return held.code == self.code and self.is_term(held.quarter, held.year) and known and seated


@dataclass(frozen=True, eq=False)
class Step:
    """One change of the record: a class added, one given up, or both at once."""

    add: Seat | None = None
    remove: Seat | None = None

    @property
    def codes(self) -> frozenset[str]:
        """The classes it is about."""
        return frozenset(seat.code for seat in (self.add, self.remove) if seat is not None)

    @property
    def act(self) -> str:
        """How it is asked for: enroll, drop, swap or move."""
        if self.add is None or self.remove is None:
            return "enroll" if self.remove is None else "drop"
        return "move" if self.add.code == self.remove.code else "swap"


@dataclass(frozen=True)
class Saying:
    """An act of phrases.yml with the values to say in it."""

    act: str
    values: Mapping[str, Named | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Something to be told: any of these words, in a reply that also names all of `about`."""

    saying: Saying
    facts: tuple[str, ...]
    about: tuple[str, ...] = ()

    def answered_by(self, text: str) -> bool:
        """Whether a reply tells it."""
        return all(word in text for word in self.about) and any(f in text for f in self.facts)


@dataclass(frozen=True)
class Goal:
    """Everything a student wants of one conversation.

    `steps` are wanted at first, `later` instead of them once the mind is changed (empty: nothing
    any more). `instead` is accepted where `steps` cannot be had. `choices` are what a search may
    end in. An impossible goal is only reached when one of the `honest` responses was heard.
    """

    kind: str
    trait: Trait
    twist: Twist
    opening: Saying
    steps: tuple[Step, ...] = ()
    later: tuple[Step, ...] | None = None
    change: Saying | None = None
    instead: Step | None = None
    honest: frozenset[str] = frozenset()
    question: Question | None = None  # the goal itself, or what is asked before or in between
    choices: Mapping[str, Seat] = field(default_factory=dict)
    preference: Saying | None = None
    beginning: Beginning = field(default_factory=Beginning)
