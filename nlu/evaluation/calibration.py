"""Confidences that mean what they say: temperature scaling and its picture (Guo et al. 2017)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.decoding import log_softmax

Floats = NDArray[np.float32]
_GRID = [0.3 + 0.02 * step for step in range(160)]


def fitted_temperature(scores: Floats, gold: NDArray[np.intp]) -> float:
    """The temperature with the least log loss; scores: [n, intents], gold: [n]."""
    rows = np.arange(len(gold))
    losses = [-float(np.mean(log_softmax(scores / t)[rows, gold])) for t in _GRID]
    return _GRID[int(np.argmin(losses))]


def reliability(confidences: list[tuple[float, bool]], bins: int = 10) -> list[dict[str, float]]:
    """Confidence against accuracy in equal-width bins; empty bins are left out."""
    rows: list[dict[str, float]] = []
    for index in range(bins):
        low, high = index / bins, (index + 1) / bins
        inside = [pair for pair in confidences if low < pair[0] <= high]
        if inside:
            sure = float(np.mean([confidence for confidence, _ in inside]))
            right = float(np.mean([hit for _, hit in inside]))
            rows.append({"confidence": sure, "accuracy": right, "n": len(inside)})
    return rows


def draw_reliability(confidences: list[tuple[float, bool]], path: Path, title: str) -> None:
    """The reliability diagram as a PNG."""
    from matplotlib.figure import Figure

    rows = reliability(confidences)
    figure = Figure(figsize=(4, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="lightgray", linestyle="--")
    sizes = [20 + 400 * row["n"] / len(confidences) for row in rows]
    axes.scatter([r["confidence"] for r in rows], [r["accuracy"] for r in rows], sizes, alpha=0.7)
    axes.set(title=title, xlabel="confidence", ylabel="accuracy", xlim=(0, 1.02), ylim=(0, 1.02))
    figure.savefig(path, dpi=90, metadata={"Software": None})
