"""Points of the curves and what is read off them: means, intervals, differences, slopes."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, stdev

from skills.errors import WeightsMissing
from skills.kit.measures import Interval

# Student's t at 97.5% for 1, 2, … degrees of freedom: seeds are few.
_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)


@dataclass(frozen=True)
class Point:
    """One trained net: the model, the training pictures, the seed, the accuracy."""

    model: str
    size: int
    seed: int
    accuracy: float


def write(path: Path, points: Sequence[Point]) -> None:
    """Keep the points, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(asdict(point)) for point in points)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def read(path: Path) -> list[Point]:
    """The kept points; raise WeightsMissing."""
    try:
        return [Point(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise WeightsMissing(str(path)) from error


def sizes(points: Sequence[Point]) -> list[int]:
    """The amounts of data, rising."""
    return sorted({point.size for point in points})


def at(points: Sequence[Point], model: str, size: int) -> list[float]:
    """The accuracies of a model at a size, in the order of their seeds."""
    found = [point for point in points if (point.model, point.size) == (model, size)]
    return [point.accuracy for point in sorted(found, key=lambda point: point.seed)]


def mean_interval(values: Sequence[float]) -> tuple[float, Interval]:
    """The mean and its 95% interval by Student's t over independent values."""
    if len(values) < 2:
        return fmean(values), (-math.inf, math.inf)
    freedom = min(len(values) - 1, len(_STUDENT))
    half = _STUDENT[freedom - 1] * stdev(values) / math.sqrt(len(values))
    return fmean(values), (fmean(values) - half, fmean(values) + half)


def difference(
    points: Sequence[Point], ours: str, theirs: str, size: int
) -> tuple[float, Interval]:
    """How much better a model is than another at a size, paired by seed (the same subsets)."""
    pairs = zip(at(points, ours, size), at(points, theirs, size), strict=True)
    return mean_interval([one - other for one, other in pairs])


def last_doubling(points: Sequence[Point], model: str) -> list[float]:
    """What the last doubling of the data brought a model, seed by seed."""
    half, whole = sizes(points)[-2:]
    pairs = zip(at(points, model, whole), at(points, model, half), strict=True)
    return [after - before for after, before in pairs]


def slope_gaps(points: Sequence[Point]) -> list[float]:
    """How much more the last doubling brought the large network than logistic regression."""
    large, logistic = (last_doubling(points, name) for name in ("large", "logistic"))
    return [one - other for one, other in zip(large, logistic, strict=True)]


def out_of_order(points: Sequence[Point], models: Sequence[str]) -> list[int]:
    """The sizes at which the means do not rise in the order of the models."""
    found = []
    for size in sizes(points):
        means = [fmean(at(points, model, size)) for model in models]
        if means != sorted(means):
            found.append(size)
    return found
