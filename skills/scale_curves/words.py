"""What the curves say, in sentences that are computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from skills.scale_curves.curve import (
    Point,
    at,
    last_doubling,
    mean_interval,
    out_of_order,
    sizes,
    slope_gaps,
)
from skills.scale_curves.generated import WIDTHS
from skills.scale_curves.models import LARGE, LOGISTIC, MEDIUM, NETWORKS_BY_SIZE, SMALL


def words(measured: Sequence[Point], live: Sequence[Point], noise: float) -> str:
    """The measured picture, where it leaves the lecture's, and the live one."""
    return f"{_measured(measured)} {_small_data(measured)} {_live(live, noise)}"


def live_means(points: Sequence[Point]) -> dict[str, dict[str, float]]:
    """The mean accuracy of each model at each size."""
    return {
        name: {str(size): fmean(at(points, name, size)) for size in sizes(points)}
        for name in WIDTHS
    }


def _measured(points: Sequence[Point]) -> str:
    half, most = sizes(points)[-2:]
    seeds = len({point.seed for point in points})
    means = [f"{fmean(at(points, model.name, most)):.1%}" for model in NETWORKS_BY_SIZE]
    logistic, large = (
        100 * fmean(last_doubling(points, model.name)) for model in (LOGISTIC, LARGE)
    )
    return (
        f"Measured on MNIST with {seeds} seeds: from {half:,} to {most:,} digits logistic "
        f"regression gains {logistic:.2f} points and levels off at {means[0]}, while the small, "
        f"medium and large networks reach {means[1]}, {means[2]} and {means[3]} (the large one "
        f"still gains {large:.2f}{_doubt(points)})."
    )


def _doubt(points: Sequence[Point]) -> str:
    """What must be said when the seeds do not show that the large network gains more."""
    sure = mean_interval(slope_gaps(points))[1][0] > 0
    return "" if sure else "; these seeds are too few to be sure that this is more"


def _small_data(points: Sequence[Point]) -> str:
    names = [model.name for model in NETWORKS_BY_SIZE]
    mixed = out_of_order(points, names)
    if not mixed:
        return "The order is that of the lecture at every size."
    listed = ", ".join(f"{size:,}" for size in mixed)
    return (
        f"With less data the lecture's order (the larger, the better) does not hold: at {listed} "
        "digits the lines cross, for the small network is no better than logistic regression."
    )


def _live(points: Sequence[Point], noise: float) -> str:
    most = sizes(points)[-1]
    means = {model.name: fmean(at(points, model.name, most)) for model in NETWORKS_BY_SIZE}
    return (
        f"Live, on a generated task in which {noise:.0%} of the labels are wrong, so that no model "
        f"can pass {1 - noise:.0%}: with {most:,} points logistic regression comes to "
        f"{means[LOGISTIC.name]:.1%}, the networks to {means[SMALL.name]:.1%}, "
        f"{means[MEDIUM.name]:.1%} and {means[LARGE.name]:.1%}."
    )
