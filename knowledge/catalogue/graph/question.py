"""What should be asked next: the question that shrinks the list most, discounted by who can answer.

Lecture 10 of CS230 follows the likeliest path of object → attribute until about five results are
left. Of a candidate set S with P(c) by popularity, asking for A and hearing v leaves the mass
W(v) of the candidates that have v, so one learns -log2 W(v) bits (for equally likely candidates:
the entropy before less the entropy after). The gain of A is the sum of P(v) · -log2 W(v); it is
never negative, and zero when every candidate has every value. Bits beyond those that leave
`ENOUGH` candidates save no question, so that no answer counts for more. Candidates without a value,
and values that an open-ended question does not show, add nothing, but for topics: there "something
else" is an answer too, and leaves those that have none of the topics shown. The best question
maximises P(A is answered) · gain.

P(v): Dirichlet, the catalogue's sum of P(c) P(v | c) worth `STRENGTH` conversations, plus counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.catalogue.graph.habits import Attribute, Habits
from knowledge.catalogue.graph.having import matching, values
from knowledge.catalogue.query import CourseHit
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

ENOUGH = 5
SHOWN = 6
STRENGTH = 20.0
# Nobody knows all topics, names or timetables by heart: there a question is worth what it shows.
# The number is how many values are shown; topics are short.
OPEN: Mapping[Attribute, int] = {
    Attribute.TOPIC: 8,
    Attribute.INSTRUCTOR: SHOWN,
    Attribute.TIMES: SHOWN,
}
# Where "none of these" is an answer of its own, and what it leaves can be searched.
ELSE = frozenset({Attribute.TOPIC})
# An instructor's name is nothing to guess at, and days are asked for together with hours.
ASKED = frozenset(Attribute) - {Attribute.INSTRUCTOR, Attribute.DAY}
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
    others: int = 0  # candidates with none of the choices, where that is an answer too

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
    return sorted(splitting, key=_rank)


def _rank(question: Question) -> tuple[float, str]:
    """The best first; rounded, so that the order in which candidates came never matters."""
    return -round(question.expected, 9), question.attribute


def next_question(
    candidates: Sequence[CourseHit],
    beliefs: Beliefs,
    known: Collection[Attribute] = (),
    least: float = 0.0,
) -> Question | None:
    """The best question; None when few enough are left or none tells at least so many bits."""
    found = questions(candidates, beliefs, known)
    return worth_asking(found, len(candidates), frozenset(Attribute), least)


def worth_asking(
    found: Iterable[Question], candidates: int, among: Collection[Attribute], least: float = 0.0
) -> Question | None:
    """The first of these questions that may be asked and tells enough; None for a short list."""
    if candidates <= ENOUGH:
        return None
    allowed = (question for question in found if question.attribute in among)
    return next((question for question in allowed if question.gain >= least), None)


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
    found_by = matching(attribute, [values(attribute, hit) for hit in candidates])
    count = Counter(value for held in found_by for value in held)
    # A value that no candidate lacks tells nothing and would be an odd button.
    telling = [value for value in count if count[value] < len(candidates)]
    ranked = sorted(telling, key=lambda value: (-count[value], value))
    shown = _spread(ranked, found_by, OPEN[attribute]) if attribute in OPEN else ranked[:SHOWN]
    told = shown if attribute in OPEN else ranked
    tally = _Tally.of(found_by, weights, set(told))
    likely = _posterior(attribute, tally.share, beliefs)
    wanted = math.log2(max(1.0, len(candidates) / ENOUGH))
    gain = sum(likely[value] * min(wanted, _bits(tally.mass[value])) for value in told)
    others = tally.others if attribute in ELSE else 0
    if others:
        gain += max(0.0, 1.0 - sum(likely.values())) * min(wanted, _bits(tally.rest))
    choices = tuple(Choice(v, count[v], likely[v]) for v in _in_order(attribute, shown, count))
    return Question(attribute, gain, beliefs.habits.answered(attribute), choices, others)


def _spread(ranked: Sequence[str], found_by: Sequence[tuple[str, ...]], most: int) -> list[str]:
    """Values for an open-ended question: each time the one that most candidates have of those that
    have none so far, so that nearly everybody finds an answer.
    """
    left, shown = list(found_by), list[str]()
    while len(shown) < most:
        count = Counter(value for held in left for value in held)
        best = max(ranked, key=lambda value: count[value], default=None)
        if best is None or not count[best]:
            break
        shown.append(best)
        left = [held for held in left if best not in held]
    return shown


@dataclass
class _Tally:
    """The candidates' mass by value: all of it, each one's shared among its values, and the rest of
    those that have none.
    """

    mass: dict[str, float]
    share: dict[str, float]
    rest: float = 0.0
    others: int = 0

    @classmethod
    def of(
        cls, found_by: Sequence[tuple[str, ...]], weights: Sequence[float], told: set[str]
    ) -> _Tally:
        tally = cls(dict.fromkeys(told, 0.0), dict.fromkeys(told, 0.0))
        for held, weight in zip(found_by, weights, strict=True):
            said = told.intersection(held)
            for value in said:
                tally.mass[value] += weight
                tally.share[value] += weight / len(said)
            if not said:
                tally.rest, tally.others = tally.rest + weight, tally.others + 1
        return tally


def _bits(mass: float) -> float:
    """What one learns by hearing that the course is among those of this mass."""
    return -math.log2(min(1.0, mass)) if mass > 0.0 else 0.0


def _in_order(
    attribute: Attribute, shown: Sequence[str], count: Mapping[str, int]
) -> Sequence[str]:
    """Days and quarters as the calendar has them, units by number, the rest by how many have it."""
    order = _NATURAL.get(attribute)
    if attribute is Attribute.UNITS:
        return sorted(shown, key=int)
    if order is not None:
        return sorted(shown, key=order.index)
    return sorted(shown, key=lambda value: (-count[value], value))


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
