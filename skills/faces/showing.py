"""The answers as pictures: faces with their boxes, distances beside the threshold, groups."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from skills.faces.detection import Photo

ACCENT, QUIET, INK = "#8c1515", "#d9cfc1", "#1e1e1e"
COLOURS = (
    "#8c1515", "#1f5f8b", "#2e7d4f", "#b0741a", "#6a4c93", "#00808a", "#a8326e", "#5c5c5c",
    "#7a8b1f", "#3b3b98", "#c2491d", "#4f6d7a",
)  # fmt: skip
_ROOM = 1.4  # of a shown face's side in sides of the box
_SIDE = 160  # pixels


def face_of(photo: Photo, side: int = _SIDE) -> Image.Image:
    """The face with a little around it, square."""
    x, y, size = photo.face.box
    half = _ROOM * size / 2
    box = (round(x - half), round(y - half), round(x + half), round(y + half))
    # What lies beyond the picture's edge is white.
    paper = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), "white")
    paper.paste(photo.image, (-box[0], -box[1]))
    return paper.resize((side, side), Image.Resampling.LANCZOS)


def compared(photos: Sequence[Photo], distance: float, threshold: float) -> bytes:
    """Two photos with the faces that were found, and where their distance lies."""
    figure = _figure(7.6, 5.2)
    grid = figure.add_gridspec(2, 2, height_ratios=(4.2, 1))
    for place, photo in enumerate(photos[:2]):
        axes = figure.add_subplot(grid[0, place])
        _boxed(axes, photo, f"photo {place + 1}")
    scale = figure.add_subplot(grid[1, :])
    end = max(2.0, 1.1 * distance)
    scale.barh([0], [threshold], color="#cfe3d4", height=0.8)
    scale.barh([0], [end - threshold], left=threshold, color="#efd3d3", height=0.8)
    scale.plot([distance], [0], "D", color=INK, markersize=9)
    scale.text(threshold / 2, 0.62, "same person", ha="center", fontsize=10, color=INK)
    scale.text((threshold + end) / 2, 0.62, "different people", ha="center", fontsize=10, color=INK)
    scale.set(xlim=(0, end), ylim=(-0.4, 1.1), yticks=[])
    scale.set_xlabel("squared distance of the two encodings")
    scale.spines[["top", "right", "left"]].set_visible(False)
    return _png(figure)


def recognised(
    rows: Sequence[tuple[str, Sequence[Photo]]],
    questions: Sequence[tuple[str, Photo, int | None]],
    distances: Sequence[Sequence[float]],
    threshold: float,
) -> bytes:
    """Above the enrolled people with their photos; below each question and how near it is.

    `questions`: caption, photo and the place of the answer in `rows` (None for nobody).
    """
    tall = max(1.0 * len(rows), 2.5 * len(questions))
    figure = _figure(9.2, tall + 0.1)
    left, right = figure.subfigures(1, 2, width_ratios=(4.1, 5.1))
    _enrolled(left, rows)
    places = right.subplots(len(questions), 2, squeeze=False, width_ratios=(1, 1.5))
    names = [name for name, _ in rows]
    asked = zip(questions, distances, strict=True)
    for (face, bars), ((caption, photo, answer), away) in zip(places, asked, strict=True):
        face.imshow(face_of(photo))
        face.set_title(caption, fontsize=10, color=INK)
        face.set_axis_off()
        _bars(bars, names, away, threshold, answer)
    return _png(figure)


def _enrolled(place: Any, rows: Sequence[tuple[str, Sequence[Photo]]]) -> None:
    """A row of faces for each person, after the name."""
    most = max(len(photos) for _, photos in rows)
    grid = place.subplots(len(rows), most + 1, squeeze=False, width_ratios=(1.2, *[1] * most))
    for line, (name, photos) in zip(grid, rows, strict=True):
        line[0].text(1, 0.5, name, ha="right", va="center", fontsize=10, color=INK)
        for axes, photo in zip(line[1:], photos, strict=False):
            axes.imshow(face_of(photo))
        for axes in line:
            axes.set_axis_off()


def _bars(
    axes: Any, names: Sequence[str], away: Sequence[float], threshold: float, answer: int | None
) -> None:
    """The nearest photo of each enrolled person, with the line below which they are known."""
    colours = [ACCENT if place == answer else QUIET for place in range(len(names))]
    places = range(len(names), 0, -1)
    bars = axes.barh(places, away, color=colours, height=0.65)
    words = axes.bar_label(bars, [f"{value:.2f}" for value in away], padding=5, fontsize=9)
    for word in words:
        word.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.0})
    axes.axvline(threshold, color=INK, linewidth=1, linestyle="--", zorder=0)
    axes.set_yticks(places, names)
    axes.set(xlim=(0, 1.2 * max(*away, threshold)), xticks=[])
    axes.set_title(f"squared distance (limit {threshold:.2f})", fontsize=9, loc="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def grouped(
    photos: Sequence[Photo], members: Sequence[int], curve: Sequence[float], chosen: int, elbow: int
) -> bytes:
    """A row of faces for each person that was found, and the loss for each K."""
    groups = sorted(set(members), key=lambda group: list(members).index(group))
    widest = max(list(members).count(group) for group in groups)
    columns = min(widest, 8)
    tall = 1.05 * len(groups)
    figure = _figure(1.6 + 1.05 * max(columns, 5), tall + 2.6)
    above, below = figure.subfigures(2, 1, height_ratios=(tall, 2.6))
    grid = above.subplots(
        len(groups), columns + 1, squeeze=False, width_ratios=(0.9, *[1] * columns)
    )
    for number, (line, group) in enumerate(zip(grid, groups, strict=True)):
        own = [photo for photo, member in zip(photos, members, strict=True) if member == group]
        colour = COLOURS[number % len(COLOURS)]
        line[0].text(1, 0.5, f"person {number + 1}", ha="right", va="center", color=colour,
                     fontsize=11, fontweight="bold")  # fmt: skip
        for axes, photo in zip(line[1:], own, strict=False):
            axes.imshow(ImageOps.expand(face_of(photo), 7, colour))
        for axes in line:
            axes.set_axis_off()
    _losses(below.subplots(), curve, chosen, elbow)
    return _png(figure)


def _losses(axes: Any, curve: Sequence[float], chosen: int, elbow: int) -> None:
    """The K-means loss with the two answers to "how many?"."""
    numbers = range(1, len(curve) + 1)
    axes.plot(numbers, curve, color="#777777", marker="o", markersize=4)
    axes.plot([chosen], [curve[chosen - 1]], "o", color=ACCENT, markersize=10,
              label=f"X-means: {chosen}")  # fmt: skip
    axes.plot([elbow], [curve[elbow - 1]], "o", color=INK, markersize=15, fillstyle="none",
              label=f"elbow: {elbow}")  # fmt: skip
    axes.set(xlabel="K, the number of people", ylabel="K-means loss")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _boxed(axes: Any, photo: Photo, caption: str) -> None:
    from matplotlib.patches import Rectangle

    x, y, side = photo.face.box
    axes.imshow(photo.image)
    axes.add_patch(
        Rectangle(
            (x - side / 2, y - side / 2), side, side, fill=False, edgecolor=ACCENT, linewidth=2
        )
    )
    axes.set_title(caption, fontsize=11, color=INK)
    axes.set_axis_off()


def _figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure  # half a second: when it is needed

    return Figure(figsize=(width, height), layout="constrained", dpi=110)


def _png(figure: Any) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
