"""What cannot be read: codes, numbers, expressions, settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class InvalidCode(QuadError):
    """A text that is not a course code."""

    problem: ClassVar[str] = "invalid-code"
    status: ClassVar[int] = 422
    text: str


@dataclass(eq=False)
class InvalidSuid(QuadError):
    """A text that is not a seven- or eight-digit student number."""

    problem: ClassVar[str] = "invalid-suid"
    status: ClassVar[int] = 422
    text: str


@dataclass(eq=False)
class InvalidPrerequisite(QuadError):
    """A prerequisite expression that does not parse; raised at import time."""

    problem: ClassVar[str] = "invalid-prerequisite"
    status: ClassVar[int] = 422
    text: str
    position: int


@dataclass(eq=False)
class InvalidSetting(QuadError):
    """An environment variable with a value of the wrong kind; raised at start."""

    problem: ClassVar[str] = "invalid-setting"
    key: str
    value: str
