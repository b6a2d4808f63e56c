"""The sample catalogue as simulated students draw goals from it, and students made by hand."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.goal import Goal, Saying, Seat, Step, Twist
from bot.policy.simulator.student.agenda import Student
from bot.policy.simulator.values import Trait
from knowledge.model.terms import Quarter, Term
from knowledge.storage.unit_of_work import UnitOfWork

WINTER = Term(Quarter.WINTER, 2019)
CLASS = {"class": ("code", "CS106B")}
Make = Callable[..., Student]


@pytest.fixture(scope="session")
def offerings(catalogue: UnitOfWork) -> Catalogue:
    return Catalogue.read(catalogue)


@pytest.fixture
def seat(offerings: Catalogue) -> Callable[[str, Term], Seat]:
    def make(code: str, term: Term) -> Seat:
        course = offerings.courses[code]
        return Seat(course, term, offerings.offered(course, term))

    return make


@pytest.fixture
def student(offerings: Catalogue, seat: Callable[[str, Term], Seat]) -> Make:
    def make(seed: int = 1, **changes: object) -> Student:
        values: dict[str, object] = {
            "kind": "enroll",
            "trait": Trait.PLAIN,
            "twist": Twist.NONE,
            "opening": Saying("enroll", CLASS),
            "steps": (Step(add=seat("CS106B", WINTER)),),
        }
        return Student(Goal(**{**values, **changes}), offerings, random.Random(seed))

    return make
