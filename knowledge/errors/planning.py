"""What a plan cannot be made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class NothingToPlan(QuadError):
    """No term is left (of those named) for which enrollment is open or still to open."""

    problem: ClassVar[str] = "nothing-to-plan"
    status: ClassVar[int] = 409
