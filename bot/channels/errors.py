"""What goes wrong at a door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class Undeliverable(QuadError):
    """The address behind a door is gone for good: an app removed, an account closed.

    What may pass by itself (a service away, a rate limit) is any other exception.
    """

    problem: ClassVar[str] = "undeliverable"
    status: ClassVar[int] = 502
    door: str
    reason: str = ""
