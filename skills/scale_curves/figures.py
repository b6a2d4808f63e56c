"""The figures of the measured curves, and the score of the committed nets."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from skills.kit import weights
from skills.kit.figures import Figure, today
from skills.kit.measures import Interval, wilson
from skills.scale_curves.curve import (
    Point,
    at,
    difference,
    last_doubling,
    mean_interval,
    sizes,
    slope_gaps,
)
from skills.scale_curves.digits import Split
from skills.scale_curves.measuring import accuracy
from skills.scale_curves.models import MODELS, NETWORKS_BY_SIZE, Model, build

NAME = "scale_curves"  # of its folder of weights


def figures(points: Sequence[Point], split: Split, command: str) -> list[Figure]:
    """Accuracies at the largest size, differences between neighbours, last doublings."""
    most = sizes(points)[-1]
    seeds = len({point.seed for point in points})
    told = f"{most} training pictures, {seeds} seeds, MNIST's test part of {len(split.test)}"
    majority = float(split.test.labels.bincount().max()) / len(split.test)

    def figure(what: str, value: float, interval: Interval, **more: Any) -> Figure:
        return Figure(what, value, seeds, told, "real", command, today(), interval, **more)

    found = []
    for model in MODELS:
        value, interval = mean_interval(at(points, model.name, most))
        floor = {"floor": majority, "floor_is": "always the commonest digit"}
        found.append(figure(f"accuracy, {model.title}", value, interval, **floor))
    for less, more in itertools.pairwise(NETWORKS_BY_SIZE):
        value, interval = difference(points, more.name, less.name, most)
        what = f"accuracy, {more.title} minus {less.title}, paired by seed"
        found.append(figure(what, value, interval, target=0.0, by_interval=True))
    for model in MODELS:
        value, interval = mean_interval(last_doubling(points, model.name))
        found.append(figure(f"gain of the last doubling, {model.title}", value, interval))
    value, interval = mean_interval(slope_gaps(points))
    what = "gain of the last doubling, large network minus logistic regression, paired by seed"
    return [*found, figure(what, value, interval, target=0.0, by_interval=True)]


def summary(points: Sequence[Point]) -> dict[str, float]:
    """The mean accuracy of each model at the largest size."""
    most = sizes(points)[-1]
    return {model.name: fmean(at(points, model.name, most)) for model in MODELS}


def score(split: Split) -> dict[str, Any]:
    """Test accuracies of the committed nets, one of each model, with their intervals."""
    scores: dict[str, Any] = {"n": len(split.test)}
    for model in MODELS:
        value = accuracy(committed(model), split.test)
        low, high = wilson(round(value * len(split.test)), len(split.test))
        scores[model.name] = {"accuracy": value, "interval": [low, high]}
    return scores


def committed(model: Model) -> Any:
    """The committed net of a model; raise WeightsMissing."""
    return weights.load(build(model), NAME, model.name)
