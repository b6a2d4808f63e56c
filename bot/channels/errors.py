"""What a door raises towards those who have something to tell through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class Undeliverable(QuadError):
    """Nobody can be told there, now or later: the address is gone; `reason` is for the log."""

    problem: ClassVar[str] = "undeliverable"
    status: ClassVar[int] = 410
    reason: str = "gone"
