"""Draws a bicycle from the side, and beside the picture which part each pixel shows."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from skills.kit.scenery import SEEN, Colour, backdrop, colour, photographed, shaded
from skills.picture_price.bicycle import PARTS, Bicycle

WIDTH, HEIGHT = 96, 72  # of the network's pictures
OVER = 4  # pixels drawn for each of them
Point = tuple[float, float]
Labels = NDArray[np.uint8]  # 0 is background, else 1 + the part's place in PARTS
_BLACK = (35, 35, 38)


@dataclass(frozen=True)
class Look:
    """What varies and has no price: colours, backdrop, place, size, view, camera."""

    paint: Colour
    leather: Colour
    backdrop: str
    turn: float  # radians
    size: float
    squeeze: float  # the width of a view not quite from the side
    shift: Point  # share of the picture
    mirrored: bool


def draw_look(
    chance: random.Random, backdrops: tuple[str, ...] = SEEN, unseen: bool = False
) -> Look:
    """A look; `unseen` paints (violet to pink) are kept for held-out tests."""
    hue = chance.uniform(0.72, 0.95) if unseen else chance.uniform(-0.05, 0.7)
    return Look(
        paint=colour(hue, chance.uniform(0.5, 1), chance.uniform(0.35, 0.95)),
        leather=colour(
            chance.uniform(0.02, 0.1), chance.uniform(0.3, 0.7), chance.uniform(0.2, 0.5)
        ),
        backdrop=chance.choice(backdrops),
        turn=chance.uniform(-0.08, 0.08),
        size=chance.uniform(0.85, 1.05),
        squeeze=chance.uniform(0.85, 1),
        shift=(chance.uniform(-0.03, 0.03), chance.uniform(-0.03, 0.03)),
        mirrored=chance.random() < 0.5,
    )  # fmt: skip


class _Pen:
    """Draws the same shape into the picture and, in the part's number, into the labels."""

    def __init__(self, image: Image.Image, labels: Image.Image, look: Look) -> None:
        self.image, self.labels = ImageDraw.Draw(image), ImageDraw.Draw(labels)
        self.look, self.part = look, 0
        self.unit = 0.01 * image.width * look.size  # the bicycle is about 100 units wide
        self.middle = (
            image.width * (0.5 + look.shift[0]),
            image.height * (0.5 + look.shift[1]),
        )

    def at(self, point: Point) -> Point:
        """Pixels of a point in units, the middle at (50, 37)."""
        x, y = (point[0] - 50) * self.look.squeeze, point[1] - 37
        x = -x if self.look.mirrored else x
        cos, sin = math.cos(self.look.turn), math.sin(self.look.turn)
        return (
            self.middle[0] + self.unit * (cos * x - sin * y),
            self.middle[1] + self.unit * (sin * x + cos * y),
        )

    def line(self, points: list[Point], fill: Colour, thick: float) -> None:
        """A tube."""
        places = [self.at(point) for point in points]
        pen = max(1, round(thick * self.unit))
        self.image.line(places, fill=fill, width=pen, joint="curve")
        self.labels.line(places, fill=self.part, width=pen, joint="curve")

    def area(self, points: list[Point], fill: Colour) -> None:
        """A filled polygon."""
        places = [self.at(point) for point in points]
        self.image.polygon(places, fill=fill)
        self.labels.polygon(places, fill=self.part)

    def ring(self, centre: Point, radius: float, fill: Colour, thick: float) -> None:
        """A circle's line."""
        self.line([_around(centre, radius, step / 36) for step in range(37)], fill, thick)

    def disc(self, centre: Point, radius: float, fill: Colour) -> None:
        """A filled circle."""
        self.area([_around(centre, radius, step / 36) for step in range(36)], fill)


def _around(centre: Point, radius: float, turn: float) -> Point:
    angle = 2 * math.pi * turn
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


_REAR, _FRONT, _CRANK = (26.0, 48.0), (76.0, 48.0), (46.0, 50.0)
_SEAT, _HEAD = (40.0, 26.0), (68.0, 24.0)


def _wheels(pen: _Pen, kind: str, chance: random.Random) -> None:
    for centre in (_REAR, _FRONT):
        if kind == "disc":
            pen.disc(centre, 17, shaded(_BLACK, 1.6))
            pen.disc(centre, 5, (150, 150, 155))
        else:
            for spoke in range(12):
                rim = _around(centre, 16, spoke / 12 + 0.02)
                pen.line([centre, rim], (150, 150, 155), 0.5)
        if kind == "deep":
            pen.ring(centre, 14, (95, 95, 105), 4.5)
        pen.ring(centre, 17, _BLACK, 2)


def _frame(pen: _Pen, kind: str, rust: float, chance: random.Random) -> None:
    thick = {"steel": 1.7, "aluminium": 3.2, "carbon": 5.0}[kind]
    paint = shaded(pen.look.paint, 0.45) if kind == "carbon" else pen.look.paint
    tubes = [(_SEAT, _CRANK), (_HEAD, _CRANK), (_SEAT, _HEAD), (_REAR, _CRANK), (_REAR, _SEAT)]
    for start, end in tubes:
        stays = _REAR in (start, end)
        pen.line([start, end], paint, thick * (0.7 if stays else 1))
    pen.line([(66.5, 20), _FRONT], paint, thick * 0.8)  # the fork
    if kind == "aluminium":
        for start, end in tubes[:3]:
            pen.line([start, end], shaded(paint, 1.5), 0.8)  # a gleam
    for _ in range(round(26 * rust)):
        start, end = chance.choice(tubes)
        share = chance.uniform(0.1, 0.9)
        spot = tuple(a + share * (b - a) for a, b in zip(start, end, strict=True))
        pen.disc((spot[0], spot[1]), chance.uniform(0.8, 1.7), (140, 70, 25))


def _handlebar(pen: _Pen, kind: str, chance: random.Random) -> None:
    top = (66.0, 16.0)
    pen.line([(66.5, 20), top], _BLACK, 1.8)
    shapes: dict[str, list[Point]] = {
        "flat": [(62, 15.5), (70, 15.5)],
        "cruiser": [(66, 16), (66, 10), (60, 8), (54, 11)],
        "drop": [top, (73, 15), (77, 18), (76, 24), (70, 25)],
        "aero": [(62, 14), (84, 9), (85, 5)],
    }
    pen.line(shapes[kind], _BLACK, 2.6 if kind == "aero" else 2)


def _saddle(pen: _Pen, kind: str, chance: random.Random) -> None:
    pen.line([_SEAT, (38.5, 20)], (150, 150, 155), 1.4)
    x, y = 38.0, 17.0
    if kind == "racing":
        pen.area([(x - 8, y), (x + 10, y + 0.5), (x + 9, y + 2), (x - 7, y + 3)], _BLACK)
        return
    tall = [
        (x - 9, y - 1),
        (x - 2, y),
        (x + 9, y),
        (x + 9, y + 3),
        (x - 6, y + 5.5),
        (x - 10, y + 4),
    ]
    pen.area(tall, pen.look.leather if kind == "sprung" else (70, 70, 78))
    if kind == "sprung":
        for side in (-6, -3):
            pen.ring((x + side, y + 6.5), 1.4, (170, 170, 175), 0.9)


def _lamp(pen: _Pen, kind: str, chance: random.Random) -> None:
    pen.disc((73, 30), 3, (70, 70, 75))
    pen.area([(74, 27), (79, 28), (79, 32), (74, 33)], (255, 240, 150))


def _basket(pen: _Pen, kind: str, chance: random.Random) -> None:
    wicker = (176, 132, 76)
    pen.area([(16, 19), (34, 19), (32, 31), (18, 31)], wicker)
    for y in (22, 25, 28):
        pen.line([(17, y), (33, y)], shaded(wicker, 0.7), 0.7)


_DRAWN: tuple[tuple[str, Callable[[_Pen, str, random.Random], None]], ...] = (
    ("wheels", _wheels), ("saddle", _saddle), ("handlebar", _handlebar),
    ("lamp", _lamp), ("basket", _basket),
)  # fmt: skip


def draw_picture(
    bicycle: Bicycle, look: Look, chance: random.Random, scale: int = 1
) -> tuple[Image.Image, Labels]:
    """The photo, `scale` times WIDTH × HEIGHT, and the part of each pixel [height, width]."""
    size = (WIDTH * OVER * scale, HEIGHT * OVER * scale)
    image, labels = backdrop(look.backdrop, size, chance), Image.new("L", size)
    pen = _Pen(image, labels, look)
    for part, draws in _DRAWN:
        pen.part = PARTS.index(part) + 1
        if bicycle.kinds[part] != "none":
            draws(pen, bicycle.kinds[part], chance)
        if part == "wheels" and bicycle.kinds["frame"] != "none":  # the frame lies over the wheels
            pen.part = PARTS.index("frame") + 1
            _frame(pen, bicycle.kinds["frame"], bicycle.rust, chance)
    small = (WIDTH * scale, HEIGHT * scale)
    photo = photographed(image.resize(small, Image.Resampling.BOX), chance, 0.7)
    return photo, largest_of_blocks(np.asarray(labels), OVER)


def largest_of_blocks(labels: Labels, block: int) -> Labels:
    """Labels `block` times smaller; thin spokes stay, as any part wins over the background."""
    height, width = labels.shape[0] // block, labels.shape[1] // block
    blocks = labels.reshape(height, block, width, block)
    smaller: Labels = blocks.max(axis=(1, 3))
    return smaller
