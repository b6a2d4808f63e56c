"""How many questions it takes until at most five courses are left, by the order of questions.

The same simulated students answer every order of `orders.py`, and all orders skip what cannot
split and stop by the same rule. An order that has nothing left to ask counts with the questions it
asked, although more courses are left: that favours orders which can ask little.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.catalogue.graph.orders import ORDERS, YARDSTICK, Order
from knowledge.catalogue.graph.question import ENOUGH, Beliefs
from knowledge.catalogue.graph.students import (
    SETTINGS,
    Answer,
    Asking,
    Finding,
    Setting,
    Student,
    begin,
)
from knowledge.catalogue.query import CourseHit

_SOME = 3  # the questions after which patience is measured


@dataclass(frozen=True)
class Measured:
    """One order: means over conversations, with 95% half-widths where `half_width` says so."""

    setting: str
    order: str
    conversations: int
    begun_with: float  # courses at the beginning
    questions: float
    half_width: float
    fewer: float  # the share of questions that the fixed order asks in vain
    fewer_half_width: float
    arrived: float  # the share that came down to five or fewer
    left: float  # courses left at the end
    left_after_three: float  # courses left after at most three questions


@dataclass(frozen=True)
class _Told:
    """One conversation: the courses that were left before any question, and after each."""

    left: tuple[int, ...]

    @property
    def asked(self) -> int:
        return len(self.left) - 1


def measure(
    candidates: Sequence[CourseHit],
    beliefs: Beliefs,
    seed: int,
    conversations: int,
    find: Finding,
    settings: Sequence[Setting] = SETTINGS,
) -> list[Measured]:
    """Every order against the same simulated students; `find` is the search for a topic."""
    measured = []
    for setting in settings:
        chance = random.Random(f"{seed}:{setting.opening}")
        begun = begin(candidates, beliefs, setting, chance, conversations, find)
        if not begun:
            continue  # of a small catalogue, where no beginning leaves anything to ask
        told = {
            name: [
                _conversation(Student(hit, setting.sure, random.Random(f"{seed}:{n}")), ask, order)
                for n, (hit, ask) in enumerate(begun)
            ]
            for name, order in ORDERS.items()
        }
        measured += [_measured(setting.name, name, told) for name in ORDERS]
    return measured


def _conversation(student: Student, asking: Asking, order: Order) -> _Told:
    """Ask until few enough are left, or nothing of the order can split what is left."""
    answers: frozenset[Answer] = frozenset()
    asked = set(asking.known)
    left, splitting = asking.after(answers, asked)
    counted = [len(left)]
    while len(left) > ENOUGH and (question := order.choose(splitting, student.chance)) is not None:
        answers |= student.answer(question, left)
        asked.add(question.attribute)
        left, splitting = asking.after(answers, asked)
        counted.append(len(left))
    return _Told(tuple(counted))


def as_json(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Plain values, rounded."""
    return [
        {key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
        for row in (asdict(one) for one in measured)
    ]


def _measured(setting: str, order: str, told: dict[str, list[_Told]]) -> Measured:
    ours, fixed = told[order], told[YARDSTICK]
    asked = [float(each.asked) for each in ours]
    fewer, half_width = _saved(asked, [float(each.asked) for each in fixed])
    return Measured(
        setting,
        order,
        len(ours),
        statistics.fmean(each.left[0] for each in ours),
        statistics.fmean(asked),
        _half_width(asked),
        fewer,
        half_width,
        statistics.fmean(each.left[-1] <= ENOUGH for each in ours),
        statistics.fmean(each.left[-1] for each in ours),
        statistics.fmean(each.left[min(_SOME, each.asked)] for each in ours),
    )


def _saved(asked: Sequence[float], fixed: Sequence[float]) -> tuple[float, float]:
    """One less the ratio of the means, and its half-width by the delta method on pairs."""
    mean = statistics.fmean(fixed)
    if mean == 0.0:
        return 0.0, 0.0
    ratio = statistics.fmean(asked) / mean
    apart = [ours - ratio * theirs for ours, theirs in zip(asked, fixed, strict=True)]
    return 1.0 - ratio, _half_width(apart) / mean


def _half_width(numbers: Sequence[float]) -> float:
    spread = statistics.stdev(numbers) if len(numbers) > 1 else 0.0
    return 1.96 * spread / math.sqrt(len(numbers))
