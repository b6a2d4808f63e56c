"""What every error of the business has: a stable slug, a status, and its facts."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any, ClassVar


class QuadError(Exception):
    """Root of everything the business can refuse or fail at."""

    problem: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def data(self) -> dict[str, Any]:
        """The facts of this error as plain values, for problem documents."""
        return asdict(self) if is_dataclass(self) else {}

    def __str__(self) -> str:
        return f"{self.problem}: {self.data()}"


def by_problem(slug: str) -> type[QuadError] | None:
    """The class of a problem slug, or None when it is foreign."""
    return next((cls for cls in QuadError.__subclasses__() if cls.problem == slug), None)
