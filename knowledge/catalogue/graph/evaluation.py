"""How many questions it takes until at most five courses are left, by the order of questions.

A simulated student wants one course, drawn by popularity, and answers with one of that course's
values. Orders: `expected` (gain · P(answered)), `gain` (as if everybody could answer), `fixed` (the
slots in the contract's order) and `random`; all skip what cannot split. Settings: `all` starts from
every course of an academic year, `subject` from those of the wanted course's subject; there every
attribute that the course has is answered. `unsure` is `all` with answers given with P(answered)
only. An open-ended question is answered only by a value it shows.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.narrowing import narrow
from knowledge.catalogue.graph.question import ENOUGH, OPEN, Beliefs, Question, questions, values
from knowledge.catalogue.query import CourseHit

_FIXED = (
    Attribute.SUBJECT,
    Attribute.TOPIC,
    Attribute.LEVEL,
    Attribute.QUARTER,
    Attribute.UNITS,
    Attribute.INSTRUCTOR,
    Attribute.DAY,
    Attribute.REQUIREMENT,
)
Choosing = Callable[[list[Question], random.Random], Question]
ORDERS: dict[str, Choosing] = {
    "expected": lambda asked, chance: asked[0],
    "gain": lambda asked, chance: max(asked, key=lambda question: question.gain),
    "fixed": lambda asked, chance: min(asked, key=lambda q: _FIXED.index(q.attribute)),
    "random": lambda asked, chance: chance.choice(asked),
}


@dataclass(frozen=True)
class Setting:
    """Where simulated students begin, and whether they can answer everything."""

    name: str
    opening: Attribute | None = None
    sure: bool = True


SETTINGS = (Setting("all"), Setting("subject", Attribute.SUBJECT), Setting("unsure", sure=False))


@dataclass(frozen=True)
class Measured:
    """One order: the mean number of questions with its 95% half-width, and how often it arrived."""

    setting: str
    order: str
    conversations: int
    questions: float
    half_width: float
    arrived: float  # the share that came down to five or fewer
    left: float  # courses left at the end, on average


def measure(
    candidates: Sequence[CourseHit],
    beliefs: Beliefs,
    seed: int,
    conversations: int,
    settings: Sequence[Setting] = SETTINGS,
) -> list[Measured]:
    """Every order against the same simulated students."""
    asking = Asking(candidates, beliefs)
    chance = random.Random(seed)
    weights = [beliefs.popularity.get(str(hit.course.code), 0.0) for hit in candidates]
    wanted = chance.choices(list(candidates), weights, k=conversations)
    return [
        _measured(setting, order, [
            _conversation(Student(hit, setting, random.Random(f"{seed}:{number}")), asking, choose)
            for number, hit in enumerate(wanted)
        ])
        for setting in settings
        for order, choose in ORDERS.items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Student:
    """A simulated one: the course that is wanted, and the source of chance."""

    wanted: CourseHit
    setting: Setting
    chance: random.Random

    def answer(self, question: Question, left: Sequence[CourseHit]) -> str | None:
        """One of the wanted course's values, or None for "no matter"."""
        course_id = self.wanted.course.course_id
        target = next(hit for hit in left if hit.course.course_id == course_id)
        held = values(question.attribute, target)
        if question.attribute in OPEN:
            shown = {choice.value for choice in question.choices}
            held = tuple(value for value in held if value in shown)
        if not held or not (self.setting.sure or self.chance.random() < question.answered):
            return None
        return self.chance.choice(held)


Answers = frozenset[tuple[Attribute, str | None]]


@dataclass
class Asking:
    """The candidates that answers leave, and the questions then: the same for all students."""

    candidates: Sequence[CourseHit]
    beliefs: Beliefs
    _met: dict[Answers, tuple[list[CourseHit], list[Question]]] = field(default_factory=dict)

    def after(self, answers: Answers) -> tuple[list[CourseHit], list[Question]]:
        """What is left and what can be asked; in which order the answers came does not matter."""
        if answers not in self._met:
            left = list(self.candidates)
            for attribute, value in answers:
                left = narrow(left, attribute, value) if value is not None else left
            known = {attribute for attribute, _ in answers}
            self._met[answers] = left, questions(left, self.beliefs, known)
        return self._met[answers]


def _conversation(student: Student, asking: Asking, choose: Choosing) -> tuple[int, int]:
    """Questions asked and candidates left."""
    opening = student.setting.opening
    begun = frozenset({(opening, values(opening, student.wanted)[0])}) if opening else frozenset()
    answers: Answers = begun
    left, splitting = asking.after(answers)
    while len(left) > ENOUGH and splitting:
        question = choose(splitting, student.chance)
        answers |= {(question.attribute, student.answer(question, left))}
        left, splitting = asking.after(answers)
    return len(answers) - len(begun), len(left)


def as_json(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Plain values, rounded."""
    return [
        {key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
        for row in (asdict(one) for one in measured)
    ]


def _measured(setting: Setting, order: str, counted: list[tuple[int, int]]) -> Measured:
    asked = [float(count) for count, _ in counted]
    spread = statistics.stdev(asked) if len(asked) > 1 else 0.0
    return Measured(
        setting.name,
        order,
        len(counted),
        statistics.fmean(asked),
        1.96 * spread / math.sqrt(len(asked)),
        statistics.fmean(left <= ENOUGH for _, left in counted),
        statistics.fmean(left for _, left in counted),
    )
