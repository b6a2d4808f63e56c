"""How good line and curve are over many matches, beside the best possible rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from skills.goalkeeper.match import bayes_error, draw_match
from skills.goalkeeper.training import WAYS, GoalkeeperConfig, accuracy, fit_curve, fit_line
from skills.kit.figures import Figure
from skills.kit.measures import mean_interval

TEST_SEED = 2_000  # the first test match; development matches are 1,000 on
HELD_OUT = 2_000  # kicks of a match that nothing learns from
RULES = ("best possible", "majority", "line", *WAYS)
Scores = NDArray[np.floating]


def score_match(seed: int, config: GoalkeeperConfig) -> list[float]:
    """Accuracies of RULES on held-out kicks of one match."""
    match, chance = draw_match(seed), torch.Generator().manual_seed(seed + 1)
    points, labels = match.kicks(config.kicks, chance)
    later, truth = match.kicks(HELD_OUT, chance)
    majority = float((truth == (labels.mean() > 0.5).float()).float().mean())
    nets = [fit_line(points, labels, config, seed)]
    curves = [fit_curve(points, labels, way, config, seed) for way in WAYS]
    learnt = [accuracy(net, later, truth) for net in [*nets, *curves]]
    return [1 - bayes_error(match, chance), majority, *learnt]


def score_matches(seeds: Sequence[int], config: GoalkeeperConfig) -> Scores:
    """[matches, rules] accuracies."""
    return np.array([score_match(seed, config) for seed in seeds])


def summary(scores: Scores) -> dict[str, Any]:
    """Means over matches with intervals; matches are the independent units."""
    means = {rule: float(scores[:, index].mean()) for index, rule in enumerate(RULES)}
    intervals = {rule: list(mean_interval(scores[:, row])) for row, rule in enumerate(RULES)}
    return {"n": len(scores), "kicks": len(scores) * HELD_OUT, **means, "intervals": intervals}


def figures(scores: Scores, date: str) -> list[Figure]:
    """What is reported: the curves against the line, the majority and the best possible."""
    n = len(scores)
    figure = partial(
        Figure,
        n=n,
        split=f"{n} matches from seed {TEST_SEED}, {HELD_OUT} held-out kicks each",
        data="generated",
        command="python -m skills train goalkeeper --data - --seed 0",
        date=date,
    )
    mean = scores.mean(axis=0)
    found = [
        figure(
            what=f"accuracy of the network, regularisation {way} (best possible {mean[0]:.3f})",
            value=float(scores[:, RULES.index(way)].mean()),
            interval=mean_interval(scores[:, RULES.index(way)]),
            floor=float(mean[1]),
            floor_is="the more frequent side",
        )
        for way in WAYS
    ]
    for way, other in (("l2", "line"), ("l2", "none"), ("dropout", "none")):
        gaps = scores[:, RULES.index(way)] - scores[:, RULES.index(other)]
        name = "the straight line" if other == "line" else "the network without regularisation"
        what = f"accuracy with {way} minus that of {name}, same kicks"
        gap = float(gaps.mean())
        found.append(
            figure(what=what, value=gap, interval=mean_interval(gaps), target=0.0, by_interval=True)
        )
    return found
