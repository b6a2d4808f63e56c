"""What should be asked next: the question that shrinks the list most, discounted by who can answer.

Lecture 10 of CS230 follows the likeliest path of object → attribute until about five results are
left. Of a candidate set S with P(c) by popularity, asking for A and hearing v leaves the mass
W(v) of the candidates that have v, so one learns -log2 W(v) bits (for equally likely candidates:
the entropy before less the entropy after). The gain of A is the sum of P(v) · -log2 W(v); it is
never negative, and zero when every candidate has every value. Candidates without a value, and
values that an open-ended question does not show, add nothing. The best question maximises
P(A is answered) · gain.

P(v): Dirichlet, the catalogue's sum of P(c) P(v | c) worth `STRENGTH` conversations, plus counts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.catalogue.graph.habits import Attribute, Habits
from knowledge.catalogue.query import CourseHit
from knowledge.model.courses import Section
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

ENOUGH = 5
SHOWN = 6
STRENGTH = 20.0
# Nobody knows all topics or names by heart: there a question is worth what it shows.
OPEN = frozenset({Attribute.TOPIC, Attribute.INSTRUCTOR})
_NATURAL = {
    Attribute.QUARTER: [quarter.value for quarter in Quarter],
    Attribute.DAY: [day.full_name for day in (*list(Day)[1:], Day.SUNDAY)],
}
_NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class Choice:
    """One answer: the value as filters take it, how many candidates have it, how likely it is."""

    value: str
    count: int
    probability: float


@dataclass(frozen=True)
class Question:
    """An attribute to ask for: `gain` bits if it is answered, `expected` bits as things are."""

    attribute: Attribute
    gain: float
    answered: float
    choices: tuple[Choice, ...]

    @property
    def expected(self) -> float:
        """The bits to be expected, those who cannot answer included."""
        return self.gain * self.answered


@dataclass(frozen=True)
class Beliefs:
    """What is believed before asking: P(course) by home code, and students' habits."""

    popularity: Mapping[str, float]
    habits: Habits = field(default_factory=Habits)
    spellings: Callable[[Attribute, str], tuple[str, ...]] = lambda attribute, value: (value,)


def values(attribute: Attribute, hit: CourseHit) -> tuple[str, ...]:
    """The values a candidate has, in a stable order; those of sections only from matching ones."""
    return tuple(dict.fromkeys(_READERS[attribute](hit)))


def lectures(hit: CourseHit) -> list[Section]:
    """The matching sections that are chosen for themselves: a lab comes with its lecture."""
    return [section for section in hit.sections if section.parent is None]


def _units(hit: CourseHit) -> list[str]:
    low, high = hit.course.units_min, min(hit.course.units_max, hit.course.units_min + 30)
    return [str(number) for number in range(low, high + 1)]


def _days(hit: CourseHit) -> list[str]:
    held = {day for s in lectures(hit) for meeting in s.meetings for day in meeting.days}
    return [day.full_name for day in sorted(held)]


_READERS: Mapping[Attribute, Callable[[CourseHit], list[str]]] = {
    Attribute.SUBJECT: lambda hit: [code.subject for code in hit.course.codes],
    Attribute.TOPIC: lambda hit: list(hit.course.topics),
    Attribute.LEVEL: lambda hit: [hit.course.level.value],
    Attribute.QUARTER: lambda hit: [s.term.quarter.value for s in sorted(
        lectures(hit), key=lambda section: section.term.quarter.ordinal)],
    Attribute.UNITS: _units,
    Attribute.INSTRUCTOR: lambda hit: [name for s in lectures(hit) for name in s.instructors],
    Attribute.DAY: _days,
    Attribute.REQUIREMENT: lambda hit: list(hit.course.requirements),
}  # fmt: skip


def questions(
    candidates: Sequence[CourseHit], beliefs: Beliefs, known: Collection[Attribute] = ()
) -> list[Question]:
    """Every question that can split the candidates, the best first; none about what is known."""
    weights = _weights(candidates, beliefs)
    asked = (
        _question(attribute, candidates, weights, beliefs)
        for attribute in Attribute
        if attribute not in known
    )
    splitting = [question for question in asked if question.gain > _NEGLIGIBLE]
    return sorted(splitting, key=lambda question: (-question.expected, question.attribute))


def next_question(
    candidates: Sequence[CourseHit],
    beliefs: Beliefs,
    known: Collection[Attribute] = (),
    least: float = 0.0,
) -> Question | None:
    """The best question; None when few enough are left or none tells at least so many bits."""
    if len(candidates) <= ENOUGH:
        return None
    asked = questions(candidates, beliefs, known)
    return next((question for question in asked if question.gain >= least), None)


def _weights(candidates: Sequence[CourseHit], beliefs: Beliefs) -> list[float]:
    """P(c) among the candidates."""
    floor = min(beliefs.popularity.values(), default=1.0)
    raw = [beliefs.popularity.get(str(hit.course.code), floor) for hit in candidates]
    total = sum(raw)
    return [weight / total for weight in raw]


def _question(
    attribute: Attribute,
    candidates: Sequence[CourseHit],
    weights: Sequence[float],
    beliefs: Beliefs,
) -> Question:
    prior: dict[str, float] = defaultdict(float)
    mass: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    for hit, weight in zip(candidates, weights, strict=True):
        held = values(attribute, hit)
        for value in held:
            prior[value] += weight / len(held)
            mass[value] += weight
            count[value] += 1
    said = _posterior(attribute, prior, beliefs)
    # A value that no candidate lacks tells nothing and would be an odd button.
    telling = [value for value in count if count[value] < len(candidates)]
    ranked = sorted(telling, key=lambda value: (-count[value], value))
    shown = ranked[:SHOWN]
    useful = shown if attribute in OPEN else ranked
    gain = sum(said[v] * -math.log2(min(1.0, mass[v])) for v in useful)
    choices = tuple(Choice(v, count[v], said[v]) for v in _in_order(attribute, shown))
    return Question(attribute, gain, beliefs.habits.answered(attribute), choices)


def _in_order(attribute: Attribute, shown: Sequence[str]) -> list[str]:
    """Days and quarters as the calendar has them, units by number, the rest by how many have it."""
    order = _NATURAL.get(attribute)
    if attribute is Attribute.UNITS:
        return sorted(shown, key=int)
    return list(shown) if order is None else sorted(shown, key=order.index)


def _posterior(
    attribute: Attribute, prior: Mapping[str, float], beliefs: Beliefs
) -> dict[str, float]:
    """P(v), the rest up to one being candidates without a value."""
    counts = {
        value: beliefs.habits.count(attribute, *beliefs.spellings(attribute, value))
        for value in prior
    }
    total = STRENGTH + sum(counts.values())
    return {value: (STRENGTH * share + counts[value]) / total for value, share in prior.items()}
