"""The answer as a picture: the cat, bars of the breeds, the age with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from skills.cat_portrait.cat import BREEDS, OLDEST

_ACCENT, _QUIET, _INK = "#8c1515", "#d9cfc1", "#1e1e1e"


def answer_picture(
    image: Image.Image, caption: str, chances: Sequence[float], age: float, between: Sequence[float]
) -> bytes:
    """The picture beside what it is taken for."""
    figure, cat, breeds, years = _places()
    _show(cat, image, caption)
    order = sorted(range(len(BREEDS)), key=lambda number: chances[number])
    values = [100 * chances[number] for number in order]
    colours = [_QUIET] * (len(order) - 1) + [_ACCENT]
    bars = breeds.barh([BREEDS[number] for number in order], values, color=colours)
    breeds.bar_label(bars, [f"{value:.0f}%" for value in values], padding=4, fontsize=9)
    breeds.set(xlim=(0, 118), xticks=[], title="breed")
    breeds.spines[["top", "right", "bottom"]].set_visible(False)
    breeds.tick_params(length=0)
    _ages(years, age, between)
    return _png(figure)


def stranger_picture(image: Image.Image, caption: str, distance: float, farthest: float) -> bytes:
    """The picture beside how far it is from the drawn cats."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.4, 4.0), layout="constrained", dpi=110)
    cat, scale = figure.subplots(1, 2, width_ratios=(1, 1.1))
    _show(cat, image, caption)
    names, values = ("still a drawn cat", "this picture"), (farthest, distance)
    bars = scale.barh(names, values, color=(_QUIET, _ACCENT), height=0.45)
    scale.bar_label(bars, [f"{value:.1f}" for value in values], padding=4)
    scale.set(title="distance from the drawn cats", xticks=[], xlim=(0, 1.2 * max(values)))
    scale.spines[["top", "right", "bottom"]].set_visible(False)
    return _png(figure)


def _places() -> tuple[Any, Any, Any, Any]:
    from matplotlib.figure import Figure  # half a second: when it is needed

    figure = Figure(figsize=(8.8, 4.6), layout="constrained", dpi=110)
    grid = figure.add_gridspec(2, 2, width_ratios=(1.1, 1), height_ratios=(3.2, 1))
    return (
        figure, figure.add_subplot(grid[:, 0]), figure.add_subplot(grid[0, 1]),
        figure.add_subplot(grid[1, 1]),
    )  # fmt: skip


def _show(place: Any, image: Image.Image, caption: str) -> None:
    place.imshow(ImageOps.fit(image, (440, 440)))
    place.set_title(caption)
    place.set_axis_off()


def _ages(place: Any, age: float, between: Sequence[float]) -> None:
    low, high = between
    place.axhline(0, color=_QUIET, linewidth=2, zorder=0)
    place.plot([low, high], [0, 0], color=_ACCENT, linewidth=9, alpha=0.35, solid_capstyle="round")
    place.plot([age], [0], "o", color=_ACCENT, markersize=10)
    place.set_title(f"age: about {age:.1f} years ({low:.1f} to {high:.1f})", color=_INK)
    place.set(xlim=(-0.5, max(OLDEST + 2, high + 1)), ylim=(-1, 1), yticks=[], xlabel="years")
    place.spines[["top", "right", "left"]].set_visible(False)


def _png(figure: Any) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
