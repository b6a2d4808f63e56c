"""What every skill is: a card that costs nothing to list, and what runs, trains and scores it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

Progress = Callable[[float], None]


class InputKind(StrEnum):
    """What a skill takes."""

    NONE = "none"
    IMAGE = "image"


@dataclass(frozen=True)
class SkillCard:
    """What is said of a skill before it is loaded. `aliases` are words a student would use."""

    name: str
    title: str
    lecture: int
    description: str
    aliases: tuple[str, ...] = ()
    input: InputKind = InputKind.NONE
    usual_seconds: float = 3.0  # until it has been run here a few times


@dataclass(frozen=True)
class SkillResult:
    """A skill's answer: text, pictures (PNG bytes) and the figures behind them."""

    text: str
    pictures: tuple[bytes, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


class Skill(Protocol):
    """One lecture system. Without an input `run` uses its built-in sample."""

    card: SkillCard

    def run(
        self, source: bytes | None, options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Answer; `progress` takes the share done, 0 to 1. Raise a SkillError."""

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train on a data folder, write the weights, return the figures."""

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on a data folder, without training."""


def no_progress(share: float) -> None:
    """For callers that do not watch."""
