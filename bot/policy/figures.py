"""Shares and means of many episodes, each with its 95% interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_Z = 1.959964  # of 95%
_RESAMPLES = 2000


@dataclass(frozen=True)
class Played:
    """What counts of one episode."""

    seed: int
    kind: str
    trait: str
    success: bool
    turns: int
    wrong_acts: int
    reward: float


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's interval of a share: fitting also where nearly all are hits."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    middle = share + _Z**2 / (2 * n)
    spread = _Z * float(np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)))
    scale = 1 + _Z**2 / n
    return max((middle - spread) / scale, 0.0), min((middle + spread) / scale, 1.0)


def bootstrap(values: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The percentile interval of a mean over resampled episodes."""
    if not values:
        return 0.0, 0.0
    counted = np.asarray(values, dtype=float)
    chance = np.random.default_rng(seed)
    means = [float(chance.choice(counted, len(counted)).mean()) for _ in range(_RESAMPLES)]
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def summary(played: Sequence[Played]) -> dict[str, Any]:
    """Success, turns, wrong acts an episode and mean reward."""
    n, hits = len(played), sum(each.success for each in played)
    return {
        "episodes": n,
        "success": _rounded(hits / max(n, 1), wilson(hits, n)),
        "turns": _mean([each.turns for each in played]),
        "wrong_acts": _mean([each.wrong_acts for each in played]),
        "wrong_acts_in_all": sum(each.wrong_acts for each in played),
        "reward": _mean([each.reward for each in played]),
    }


def by(played: Sequence[Played], of: Callable[[Played], str]) -> dict[str, dict[str, Any]]:
    """A summary for each group."""
    groups: dict[str, list[Played]] = defaultdict(list)
    for each in played:
        groups[of(each)].append(each)
    return {name: summary(groups[name]) for name in sorted(groups)}


def compared(played: Sequence[Played], rules: Sequence[Played]) -> dict[str, Any]:
    """How much two agents differ on the same students: paired by seed, so that the luck of the
    draw of goals is no part of it.
    """
    other = {each.seed: each for each in rules}
    pairs = [(each, other[each.seed]) for each in played if each.seed in other]
    return {
        "pairs": len(pairs),
        "success": _mean([float(one.success) - float(two.success) for one, two in pairs]),
        "turns": _mean([one.turns - two.turns for one, two in pairs]),
        "wrong_acts": _mean([one.wrong_acts - two.wrong_acts for one, two in pairs]),
        "reward": _mean([one.reward - two.reward for one, two in pairs]),
    }


def _mean(values: Sequence[float]) -> dict[str, float | list[float]]:
    return _rounded(sum(values) / max(len(values), 1), bootstrap(values))


def _rounded(value: float, interval: tuple[float, float]) -> dict[str, float | list[float]]:
    return {"value": round(value, 4), "interval": [round(bound, 4) for bound in interval]}
