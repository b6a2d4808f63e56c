"""What the evaluation refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class UnknownItem(QuadError):
    """No item, or no rating of this rater, has that number."""

    problem: ClassVar[str] = "unknown-item"
    status: ClassVar[int] = 404
    number: int


@dataclass(eq=False)
class ScoresRejected(QuadError):
    """Scores that are not one whole number from 1 to 5 for each of the item's candidates."""

    problem: ClassVar[str] = "form-incomplete"
    status: ClassVar[int] = 422
    item_id: int


@dataclass(eq=False)
class TooFewRatings(QuadError):
    """Less ratings than a figure needs."""

    problem: ClassVar[str] = "too-few-ratings"
    status: ClassVar[int] = 409
    found: int
    needed: int
