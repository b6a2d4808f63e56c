"""A skill's figures: kept beside its weights, printed by `python -m skills report`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent.parent / "weights"
Interval = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """One measured number. Figures on generated data never stand for a target on real data."""

    what: str  # "AUC on unseen identities"
    value: float
    n: int  # items it was measured on
    split: str  # "10 identities of 30, by identity, seed 0"
    data: Literal["real", "generated"]
    command: str
    date: str
    interval: Interval | None = None  # 95%
    target: float | None = None
    floor: float | None = None  # a trivial baseline on the same items
    floor_is: str = ""
    lower_is_better: bool = False
    by_interval: bool = False  # the whole interval must reach the target, as a gap must pass 0

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None or math.isnan(self.value):
            return None
        worst, best = self.interval if self.by_interval and self.interval else (self.value,) * 2
        return best <= self.target if self.lower_is_better else worst >= self.target


def today() -> str:
    """The date under which a figure measured now is kept."""
    return date.today().isoformat()


def path(folder: Path, name: str) -> Path:
    """Where a skill's figures are kept."""
    return folder / name / "figures.json"


def write(folder: Path, name: str, figures: Iterable[Figure]) -> None:
    """Keep a skill's figures in place of the former ones."""
    path(folder, name).parent.mkdir(parents=True, exist_ok=True)
    body = json.dumps([asdict(figure) for figure in figures], indent=1)
    path(folder, name).write_text(body + "\n", encoding="utf-8")


def read(folder: Path, name: str) -> list[Figure]:
    """The kept figures of a skill; none if it has none."""
    if not path(folder, name).is_file():
        return []
    kept = json.loads(path(folder, name).read_text(encoding="utf-8"))
    return [Figure(**{**each, "interval": _pair(each["interval"])}) for each in kept]


def _pair(values: list[float] | None) -> Interval | None:
    return None if values is None else (values[0], values[1])
