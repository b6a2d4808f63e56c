"""Simulated students: what they want, how they begin, and what they answer.

Each wants one course, drawn by popularity, and answers with one of that course's values, or with
"something else" where none of the topics shown is one. Settings: `all` begins with every course of
an academic year ("something interesting"), `topic` with what the search finds for one of the wanted
course's topics ("a class about robots"), `subject` with a subject's courses. Beginnings that leave
five or fewer are drawn again: nothing would be asked. In the `unsure` settings an answer is given
with P(answered) only, else "no matter".
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.having import values
from knowledge.catalogue.graph.narrowing import narrow, without
from knowledge.catalogue.graph.question import ELSE, ENOUGH, OPEN, Beliefs, Question, questions
from knowledge.catalogue.query import CourseHit

Finding = Callable[[str], Sequence[CourseHit]]
_TRIES = 50  # draws for each conversation that may be in vain, in a catalogue of small lists


@dataclass(frozen=True)
class Setting:
    """Where simulated students begin, and whether they can answer everything."""

    name: str
    opening: Attribute | None = None
    sure: bool = True


SETTINGS = (
    Setting("all"),
    Setting("topic", Attribute.TOPIC),
    Setting("subject", Attribute.SUBJECT),
    Setting("all unsure", sure=False),
    Setting("topic unsure", Attribute.TOPIC, sure=False),
    Setting("subject unsure", Attribute.SUBJECT, sure=False),
)


@dataclass(frozen=True)
class Answer:
    """A value said, or those shown of which it is none."""

    attribute: Attribute
    values: tuple[str, ...]
    none_of_them: bool = False

    def of(self, candidates: Sequence[CourseHit]) -> list[CourseHit]:
        """What it leaves."""
        if self.none_of_them:
            return without(candidates, self.attribute, self.values)
        return narrow(candidates, self.attribute, self.values[0])


@dataclass(frozen=True)
class Student:
    """A simulated one: the course that is wanted, and the source of chance."""

    wanted: CourseHit
    sure: bool
    chance: random.Random

    def answer(self, question: Question, left: Sequence[CourseHit]) -> frozenset[Answer]:
        """What is said; nothing for "no matter"."""
        course_id = self.wanted.course.course_id
        target = next(hit for hit in left if hit.course.course_id == course_id)
        if not (self.sure or self.chance.random() < question.answered):
            return frozenset()
        shown = tuple(choice.value for choice in question.choices)
        held = values(question.attribute, target)
        if question.attribute in OPEN:
            held = tuple(value for value in held if value in shown)
        if held:
            return frozenset({Answer(question.attribute, (self.chance.choice(held),))})
        if question.attribute in ELSE:
            return frozenset({Answer(question.attribute, shown, none_of_them=True)})
        return frozenset()


_Met = dict[frozenset[Answer], tuple[list[CourseHit], list[Question]]]


@dataclass
class Asking:
    """One beginning: the candidates that answers leave and what can be asked then; the same for
    all students, and in whichever order the answers came.
    """

    candidates: Sequence[CourseHit]
    beliefs: Beliefs
    known: frozenset[Attribute] = frozenset()
    _met: _Met = field(default_factory=dict)

    def after(
        self, answers: frozenset[Answer], asked: Collection[Attribute]
    ) -> tuple[list[CourseHit], list[Question]]:
        """What is left, and what splits it that was not asked."""
        if answers not in self._met:
            left = list(self.candidates)
            for answer in answers:
                left = answer.of(left)
            self._met[answers] = left, questions(left, self.beliefs)
        left, splitting = self._met[answers]
        return left, [each for each in splitting if each.attribute not in asked]


def begin(
    candidates: Sequence[CourseHit],
    beliefs: Beliefs,
    setting: Setting,
    chance: random.Random,
    conversations: int,
    find: Finding,
) -> list[tuple[CourseHit, Asking]]:
    """The courses that students want, each with how the conversation about it begins."""
    drawn = _drawn(candidates, beliefs, setting, chance, find)
    begun = (each for each in islice(drawn, conversations * _TRIES) if each is not None)
    return list(islice(begun, conversations))


def _drawn(
    candidates: Sequence[CourseHit],
    beliefs: Beliefs,
    setting: Setting,
    chance: random.Random,
    find: Finding,
) -> Iterator[tuple[CourseHit, Asking] | None]:
    """One draw after the other; None where few are found, or not the course that is wanted."""
    weights = [beliefs.popularity.get(str(hit.course.code), 0.0) for hit in candidates]
    if not any(weights):
        return
    openings: dict[str | None, Asking] = {}
    while True:
        (wanted,) = chance.choices(list(candidates), weights)
        said = _said(wanted, setting, chance)
        if said not in openings:
            found = list(candidates) if said is None else _found(candidates, setting, said, find)
            openings[said] = Asking(found, beliefs, _known(setting))
        asking = openings[said]
        among = any(hit.course.course_id == wanted.course.course_id for hit in asking.candidates)
        yield (wanted, asking) if among and len(asking.candidates) > ENOUGH else None


def _said(wanted: CourseHit, setting: Setting, chance: random.Random) -> str | None:
    held = values(setting.opening, wanted) if setting.opening is not None else ()
    return chance.choice(held) if held else None


def _found(
    candidates: Sequence[CourseHit], setting: Setting, said: str, find: Finding
) -> list[CourseHit]:
    if setting.opening is Attribute.TOPIC:
        return list(find(said))
    return narrow(candidates, setting.opening or Attribute.SUBJECT, said)


def _known(setting: Setting) -> frozenset[Attribute]:
    """A topic that was searched for may still be made finer; a subject is settled."""
    settled = setting.opening is not None and setting.opening is not Attribute.TOPIC
    return frozenset({setting.opening} if settled and setting.opening else ())
