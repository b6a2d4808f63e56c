"""Draws the curves: measured ones, and live ones below their base error rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from statistics import fmean
from typing import Any

import torch

from skills.scale_curves.curve import Point, at, mean_interval, sizes
from skills.scale_curves.generated import Stack, truth
from skills.scale_curves.models import MODELS

_COLOURS = {
    "logistic": "#767676",
    "svm": "#b9a37c",
    "small": "#e3a018",
    "medium": "#d1603d",
    "large": "#8c1515",
}
_GRID = 120  # pixels of a drawn decision


def measured_picture(points: Sequence[Point]) -> bytes:
    """Test accuracy of every model against the amount of data, with 95% intervals."""
    figure, place = _empty((8.4, 5.4))
    _lines(place, points, bars=True)
    place.set_title("MNIST digits: accuracy against the amount of data", loc="left")
    place.set(xlabel="training pictures (each step doubles them)", ylabel="test accuracy (%)")
    place.set_xscale("log", base=2)
    place.set_xticks(sizes(points), [f"{size:,}" for size in sizes(points)], rotation=30)
    place.minorticks_off()
    place.legend(frameon=False, loc="lower right")
    return _png(figure)


def live_picture(points: Sequence[Point], noise: float, nets: Mapping[str, Stack]) -> bytes:
    """The curves so far under the line of the base error rate, and what the last nets decide."""
    figure, place = _empty((8.4, 6.2), rows=(3, 1.25))
    curves, *decisions = place
    _lines(curves, points)
    curves.axhline(100 * (1 - noise), color="#2e6f40", linestyle=(0, (4, 3)), linewidth=1.6)
    told = f"base error rate {noise:.0%}: no model gets above this line"
    place_of_words = (0.015, 100 * (1 - noise))
    curves.annotate(
        told, place_of_words, xycoords=("axes fraction", "data"), xytext=(0, 4),
        textcoords="offset points", color="#2e6f40",
    )  # fmt: skip
    curves.set_title("Live: a generated task with a known limit", loc="left")
    curves.set(xlabel="training points", ylabel="expected accuracy (%)")
    curves.set_xscale("log")
    curves.set_xticks(sizes(points), [f"{size:,}" for size in sizes(points)])
    curves.minorticks_off()
    curves.set_ylim(top=100 * (1 - noise) + 4)
    curves.legend(frameon=False, loc="lower right")
    _decisions(decisions, nets)
    return _png(figure)


def _lines(place: Any, points: Sequence[Point], bars: bool = False) -> None:
    for model in MODELS:
        steps = [size for size in sizes(points) if at(points, model.name, size)]
        if not steps:
            continue
        values = [at(points, model.name, size) for size in steps]
        means = [100 * fmean(each) for each in values]
        halves = [100 * fmean(each) - 100 * mean_interval(each)[1][0] for each in values]
        place.errorbar(
            steps, means, halves if bars else None, label=model.title, marker="o", markersize=3.5,
            color=_COLOURS[model.name], capsize=2, linewidth=1.8, elinewidth=1,
            linestyle="--" if model.hinge else "-",
        )  # fmt: skip


def _decisions(places: Sequence[Any], nets: Mapping[str, Stack]) -> None:
    """What is called class 1, at the largest size of the last repeat, beside the truth."""
    axis = torch.linspace(-1, 1, _GRID)
    down, across = torch.meshgrid(axis.flip(0), axis, indexing="ij")
    x = torch.stack([across, down], dim=2)  # [grid, grid, 2]
    pictures = {name: _decided(net, x) for name, net in nets.items()}
    names = [model for model in MODELS if not model.hinge]
    for place, model in zip(places, names, strict=False):
        place.set_axis_off()
        if model.name in pictures:
            place.imshow(pictures[model.name], cmap="PuOr", vmin=-0.35, vmax=1.35)
            place.set_title(model.title, fontsize=9)
    places[-1].set_axis_off()
    places[-1].imshow(truth(x).numpy(), cmap="PuOr", vmin=-0.35, vmax=1.35)
    places[-1].set_title("the truth", fontsize=9)


@torch.no_grad()
def _decided(net: Stack, x: torch.Tensor) -> Any:
    nets = len(net.weights[0])
    logits = net(x.view(1, -1, 2).expand(nets, -1, -1))[-1]  # [grid × grid], the largest size
    return (logits > 0).float().view(_GRID, _GRID).numpy()


def _empty(size: tuple[float, float], rows: tuple[float, float] | None = None) -> tuple[Any, Any]:
    from matplotlib.figure import Figure  # half a second: when it is needed

    figure = Figure(figsize=size, layout="constrained", dpi=110)
    place: Any
    if rows is None:
        curves = place = figure.subplots()
    else:
        grid = figure.add_gridspec(2, 5, height_ratios=rows)
        curves = figure.add_subplot(grid[0, :])
        place = [curves, *(figure.add_subplot(grid[1, column]) for column in range(5))]
    curves.grid(axis="y", alpha=0.25)
    curves.spines[["top", "right"]].set_visible(False)
    return figure, place


def _png(figure: Any) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
