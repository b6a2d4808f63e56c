"""What every skill is: a card that costs nothing to list, and what runs, trains and scores it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol


class InputKind(StrEnum):
    """What a skill takes."""

    NONE = "none"
    IMAGE = "image"


class Progress(Protocol):
    """Hears how far a run has come."""

    def __call__(self, share: float, picture: bytes | None = None) -> None:
        """`share` of the work is done (0 to 1); `picture` is how it looks so far (PNG or GIF)."""


@dataclass(frozen=True)
class SkillCard:
    """What is said of a skill before it is loaded. `aliases` are words a student would use."""

    name: str
    title: str
    lecture: int
    description: str  # continues "It …": one clause, no full stop
    aliases: tuple[str, ...] = ()
    input: InputKind = InputKind.NONE
    at_least: int = 1  # files, when files are given at all; none means the built-in sample
    at_most: int = 1
    asks: str = "a picture"  # continues "it needs …": what to attach, in order
    usual_seconds: float = 3.0  # until it has been run here a few times
    most_seconds: float = 60.0  # a run that takes longer is stopped
    listed: bool = True  # False: for other parts of Quad, not offered to students


@dataclass(frozen=True)
class SkillResult:
    """A skill's answer: text, pictures (PNG or GIF bytes) and the figures behind them."""

    text: str
    pictures: tuple[bytes, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


class Skill(Protocol):
    """One lecture system. Without sources `run` uses its built-in sample."""

    card: SkillCard

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Answer about the uploaded files, in their order. Raise a SkillError."""

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train on a data folder, write weights and figures, return the figures."""

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on a data folder, without training; `n` is the items."""


def no_progress(share: float, picture: bytes | None = None) -> None:
    """For callers that do not watch."""
