"""nDCG and recall at ten, and how sure a mean over queries is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

DEPTH = 10
_RELEVANT = 2


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float | None:
    """With gains 2^grade - 1; None when no course has a grade."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(code, 0) for code in ranked]) / ideal if ideal else None


def _gain(grades: Sequence[int]) -> float:
    return sum((2**g - 1) / math.log2(place + 2) for place, g in enumerate(grades[:DEPTH]))


def recall(ranked: Sequence[str], grades: Mapping[str, int], *, capped: bool) -> float | None:
    """The share of the relevant courses (grade 2 or 3) within the first ten; `capped`: of as many
    as ten can hold. None when there are none.
    """
    relevant = {code for code, grade in grades.items() if grade >= _RELEVANT}
    if not relevant:
        return None
    held = len(relevant & set(ranked[:DEPTH]))
    return held / (min(DEPTH, len(relevant)) if capped else len(relevant))


def interval(values: Sequence[float], seed: int, rounds: int = 2_000) -> tuple[float, float]:
    """The bootstrap's 95% interval of the mean, queries drawn with replacement."""
    drawn = np.random.default_rng(seed).choice(np.array(values), (rounds, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
