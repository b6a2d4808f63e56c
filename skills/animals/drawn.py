"""Drawings of the six animals, for the samples: made here, so that no photo is needed."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from skills.kit.scenery import Colour, shaded

SIDE = 256
_OVER = 2  # drawn larger, for smooth edges
_INK = (24, 20, 18)
_Points = list[tuple[float, float]]


class Pen:
    """Draws in hundredths of the picture's side."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)
        self._unit = image.width / 100

    def disc(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """An ellipse around (x, y) with these half-axes."""
        box = (x - wide, y - high, x + wide, y + high)
        self._draw.ellipse([each * self._unit for each in box], fill=colour)

    def area(self, points: _Points, colour: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([each * self._unit for point in points for each in point], fill=colour)

    def line(self, points: _Points, colour: Colour, width: float) -> None:
        """A line with round joints and ends."""
        flat = [each * self._unit for point in points for each in point]
        self._draw.line(flat, fill=colour, width=round(width * self._unit), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, width / 2, colour)


def draw_animal(kind: str, seed: int) -> Image.Image:
    """A drawing (256 × 256) of one of `skills.kit.cifar.ANIMALS`; the seed varies its colours."""
    chance = random.Random(f"{kind} {seed}")
    side = SIDE * _OVER
    above, below = (shaded(each, chance.uniform(0.85, 1.1)) for each in _GROUNDS[kind])
    image = _ground(above, below, side, chance)
    coat = shaded(chance.choice(_COATS[kind]), chance.uniform(0.9, 1.1))
    _DRAWN[kind](Pen(image), coat)
    small = image.resize((SIDE, SIDE), Image.Resampling.BOX)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if chance.random() < 0.5 else small


def _ground(above: Colour, below: Colour, side: int, chance: random.Random) -> Image.Image:
    """From one colour to the other with a soft horizon and some grain, out of focus."""
    down = np.linspace(0, 1, side)[:, None, None]
    share = 1 / (1 + np.exp(-(down - chance.uniform(0.5, 0.65)) * 14))
    grain = np.random.default_rng(chance.getrandbits(32)).normal(size=(side // 16, side // 16, 1))
    rough = np.kron(grain, np.ones((16, 16, 1)))[:side, :side]
    pixels = np.array(above) * (1 - share) + np.array(below) * share + 14 * rough
    image = Image.fromarray(np.broadcast_to(pixels, (side, side, 3)).clip(0, 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(side / 60))


def _eye(pen: Pen, x: float, y: float, size: float, iris: Colour) -> None:
    pen.disc(x, y, size, size, iris)
    pen.disc(x, y, size * 0.55, size * 0.8, _INK)
    pen.disc(x + size * 0.3, y - size * 0.35, size * 0.22, size * 0.22, (250, 250, 250))


def _bird(pen: Pen, coat: Colour) -> None:
    pen.line([(0, 86), (100, 80)], (92, 66, 44), 5)
    pen.area([(30, 62), (2, 80), (8, 86), (38, 72)], shaded(coat, 0.6))
    pen.disc(48, 56, 24, 18, coat)
    pen.disc(54, 62, 17, 12, (226, 206, 178))
    pen.disc(68, 36, 13, 12, coat)
    pen.area([(80, 34), (93, 39), (79, 42)], (214, 150, 40))
    pen.area([(34, 46), (62, 54), (16, 74)], shaded(coat, 0.7))
    pen.disc(72, 34, 2.4, 2.4, _INK)
    pen.disc(72.8, 33.2, 0.8, 0.8, (250, 250, 250))
    for x in (46, 55):
        pen.line([(x, 72), (x + 1, 83)], (120, 84, 40), 1.6)


def _cat(pen: Pen, coat: Colour) -> None:
    dark = shaded(coat, 0.62)
    pen.disc(50, 100, 36, 30, shaded(coat, 0.9))
    for side in (-1, 1):
        pen.area([(50 + side * 34, 48), (50 + side * 31, 8), (50 + side * 8, 26)], coat)
        pen.area(
            [(50 + side * 30, 38), (50 + side * 28, 16), (50 + side * 14, 27)], (206, 150, 140)
        )
    pen.disc(50, 51, 35, 30, coat)
    for x in (-9, 0, 9):
        pen.line([(50 + x, 23), (50 + x * 0.7, 36)], dark, 3)
    for side in (-1, 1):
        for y in (54, 62):
            pen.line([(50 + side * 34, y), (50 + side * 22, y + 2)], dark, 2.6)
        pen.disc(50 + side * 8, 66, 10, 8, (238, 228, 214))
        _eye(pen, 50 + side * 15, 47, 6.5, (176, 190, 70))
    pen.area([(45, 57), (55, 57), (50, 63)], (196, 110, 110))
    pen.line([(42, 69), (50, 66), (58, 69)], _INK, 1.2)
    for side in (-1, 1):
        for y in (-4, 2, 8):
            pen.line([(50 + side * 14, 66), (50 + side * 42, 64 + y)], (245, 245, 240), 0.7)


def _dog(pen: Pen, coat: Colour) -> None:
    dark = shaded(coat, 0.5)
    pen.disc(50, 104, 34, 30, shaded(coat, 0.88))
    pen.disc(50, 46, 29, 31, coat)
    for side in (-1, 1):
        pen.area(
            [
                (50 + side * 18, 18),
                (50 + side * 36, 22),
                (50 + side * 42, 62),
                (50 + side * 28, 66),
            ],
            dark,
        )
        pen.disc(50 + side * 35, 60, 7, 8, dark)
    pen.area([(46, 16), (54, 16), (57, 52), (43, 52)], shaded(coat, 1.35))
    pen.disc(50, 66, 18, 16, shaded(coat, 1.35))
    pen.disc(50, 82, 6, 9, (206, 104, 112))
    pen.line([(36, 73), (43, 77), (50, 73), (57, 77), (64, 73)], _INK, 1.6)
    pen.disc(50, 61, 8, 5.5, _INK)
    pen.disc(48, 59.5, 2.2, 1.2, (120, 120, 125))
    for side in (-1, 1):
        _eye(pen, 50 + side * 13, 43, 4.6, (96, 58, 30))


def _legs(pen: Pen, places: tuple[float, ...], top: float, width: float, coat: Colour) -> None:
    for number, x in enumerate(places):
        tone = shaded(coat, 0.72 if number % 2 else 0.95)
        pen.line([(x, top), (x + 1, (top + 94) / 2), (x - 0.5, 92)], tone, width)
        pen.line([(x - 1, 93), (x + 1.5, 93)], _INK, width * 0.9)


def _deer(pen: Pen, coat: Colour) -> None:
    _legs(pen, (26, 31, 58, 63), 58, 3.4, coat)
    pen.disc(44, 54, 24, 12, coat)
    pen.disc(42, 60, 18, 6, (226, 206, 176))
    pen.area([(56, 50), (68, 22), (77, 26), (68, 58)], coat)
    pen.disc(77, 23, 9, 5.6, coat)
    pen.disc(84, 25, 3.4, 3, shaded(coat, 0.6))
    pen.area([(68, 20), (61, 13), (71, 17)], shaded(coat, 0.8))
    for lean in (-6, 5):
        pen.line([(73, 19), (72 + lean, 10), (74 + lean * 1.8, 2)], (150, 116, 74), 1.7)
        pen.line([(72 + lean, 10), (72 + lean * 2.6, 7)], (150, 116, 74), 1.4)
    pen.disc(78, 21.5, 1.3, 1.3, _INK)
    pen.disc(21, 50, 4, 6, (244, 238, 226))
    for x, y in ((34, 48), (41, 50), (48, 47), (38, 54), (53, 51)):
        pen.disc(x, y, 1.3, 1.1, (232, 214, 186))


def _frog(pen: Pen, coat: Colour) -> None:
    dark = shaded(coat, 0.6)
    for side in (-1, 1):
        pen.disc(50 + side * 31, 70, 16, 13, dark)
        pen.line([(50 + side * 40, 80), (50 + side * 46, 90), (50 + side * 30, 92)], dark, 5)
        pen.line([(50 + side * 16, 76), (50 + side * 18, 92), (50 + side * 26, 93)], coat, 5)
    pen.disc(50, 62, 31, 25, coat)
    pen.disc(50, 76, 21, 12, (222, 224, 166))
    pen.line([(24, 58), (36, 66), (50, 68), (64, 66), (76, 58)], shaded(coat, 0.4), 1.8)
    for side in (-1, 1):
        pen.disc(50 + side * 18, 38, 10, 10, coat)
        _eye(pen, 50 + side * 19, 37, 7, (220, 176, 50))
        pen.disc(50 + side * 4, 54, 1, 0.8, _INK)
    for x, y in ((40, 46), (60, 47), (50, 43), (30, 56), (70, 57)):
        pen.disc(x, y, 2.6, 2, dark)


def _horse(pen: Pen, coat: Colour) -> None:
    mane = shaded(coat, 0.35)
    pen.line([(17, 44), (9, 54), (10, 74)], mane, 6)
    _legs(pen, (22, 29, 56, 63), 56, 5, coat)
    pen.disc(41, 49, 27, 15, coat)
    pen.area([(52, 48), (66, 12), (80, 20), (68, 60)], coat)
    pen.area([(66, 12), (80, 16), (95, 36), (88, 42), (74, 30)], coat)
    pen.disc(90.5, 38, 5, 5, shaded(coat, 0.7))
    pen.line([(66, 11), (58, 26), (52, 42)], mane, 6)
    pen.area([(67, 14), (67, 4), (73, 13)], coat)
    pen.disc(78, 20, 1.6, 1.6, _INK)


_DRAWN: dict[str, Callable[[Pen, Colour], None]] = {
    "bird": _bird, "cat": _cat, "deer": _deer, "dog": _dog, "frog": _frog, "horse": _horse,
}  # fmt: skip
_COATS: dict[str, tuple[Colour, ...]] = {
    "bird": ((96, 110, 132), (150, 84, 60), (112, 96, 78)),
    "cat": ((150, 142, 132), (206, 146, 82), (120, 108, 96)),
    "deer": ((168, 116, 70), (146, 104, 68)),
    "dog": ((196, 150, 96), (150, 104, 66), (210, 190, 160)),
    "frog": ((106, 142, 58), (128, 130, 62)),
    "horse": ((122, 72, 42), (96, 62, 44), (150, 98, 58)),
}
_GROUNDS: dict[str, tuple[Colour, Colour]] = {
    "bird": ((168, 200, 226), (190, 210, 222)),
    "cat": ((150, 120, 104), (116, 84, 74)),
    "deer": ((78, 104, 62), (126, 134, 74)),
    "dog": ((138, 156, 116), (110, 132, 76)),
    "frog": ((118, 112, 78), (92, 78, 54)),
    "horse": ((176, 200, 218), (116, 146, 70)),
}
