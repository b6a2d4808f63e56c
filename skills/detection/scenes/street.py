"""The road ahead and what stands along it; some scenery stands in no training scene."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from skills.detection.scenes.grounds import blotches
from skills.detection.scenes.palette import Look, Palette
from skills.detection.scenes.pen import Colour, shaded


@dataclass(frozen=True)
class View:
    """Where the road vanishes, in shares of the picture."""

    horizon: float
    middle: float

    def ground(self, nearness: float) -> float:
        """How far down the road lies at a nearness (0: the horizon, 1: the lower edge)."""
        return self.horizon + (1 - self.horizon) * nearness

    def across(self, offset: float, nearness: float) -> float:
        """How far right something stands that is `offset` from the road's middle up close."""
        return self.middle + offset * nearness + (0.5 - self.middle) * nearness


Scenery = Callable[[Image.Image, random.Random, Palette, View], None]


def street(
    side: int, chance: random.Random, palette: Palette, look: Look, view: View
) -> Image.Image:
    """Sky, scenery, pavements, the road with its lanes."""
    low = _SKIES[look][chance.randrange(2)]
    image = Image.new("RGB", (side, side), low)
    mask = Image.linear_gradient("L").resize((side, max(1, round(side * view.horizon))))
    image.paste(Image.new("RGB", mask.size, shaded(low, chance.uniform(0.6, 0.95))), (0, 0))
    image.paste(low, (0, 0), mask)
    draw = ImageDraw.Draw(image)
    verge = shaded(chance.choice(_VERGES[look]), chance.uniform(0.75, 1.15))
    draw.rectangle((0, side * view.horizon, side, side), fill=verge)
    chance.choice(_SCENERY[look])(image, chance, palette, view)
    _road(draw, side, chance, shaded(chance.choice(_ROADS[look]), chance.uniform(0.75, 1.2)), view)
    blotches(image, chance, 0.07, chance.choice((10, 40)))
    return image


def _road(
    draw: ImageDraw.ImageDraw, side: int, chance: random.Random, tar: Colour, view: View
) -> None:
    """The road narrows towards the horizon, with kerbs and broken lines."""

    def strip(near: float, far: float, left: float, right: float, fill: Colour) -> None:
        ends = ((left, near), (right, near), (right, far), (left, far))
        draw.polygon([(view.across(x, n) * side, view.ground(n) * side) for x, n in ends], fill)

    wide = chance.uniform(0.75, 0.95)
    if chance.random() < 0.7:
        strip(1.2, 0.01, -wide - 0.5, wide + 0.5, shaded((172, 168, 162), chance.uniform(0.7, 1.1)))
    strip(1.2, 0.0, -wide, wide, tar)
    line = chance.choice(((232, 232, 226), (236, 200, 70)))
    for edge in (-wide + 0.06, wide - 0.06):
        strip(1.2, 0.0, edge - 0.014, edge + 0.014, (220, 220, 214))
    phase = chance.uniform(1.0, 1.3)
    for mark in range(9):
        near = phase * 0.68**mark
        strip(near, near * 0.83, -0.016, 0.016, line)
    if chance.random() < 0.25:  # a crossing
        near = chance.uniform(0.3, 0.8)
        for bar in range(7):
            left = -wide + (bar + 0.25) * 2 * wide / 7
            strip(near, near * 0.85, left, left + wide / 7, (225, 225, 220))


def _city(image: Image.Image, chance: random.Random, palette: Palette, view: View) -> None:
    """Houses of flats with windows on both sides."""
    draw, side = ImageDraw.Draw(image), image.width
    base = (view.horizon + 0.02) * side
    x = -0.05 * side
    while x < side:
        wide, high = side * chance.uniform(0.08, 0.22), side * chance.uniform(0.08, view.horizon)
        wall = palette.wall(chance)
        draw.rectangle((x, base - high, x + wide, base), fill=shaded(wall, 0.8))
        glass = shaded(wall, chance.choice((0.45, 1.25)))
        step = side * 0.035
        for row in range(1, int(high / step)):
            for column in range(int(wide / step)):
                left, top = x + step * (column + 0.3), base - high + step * (row - 0.6)
                draw.rectangle((left, top, left + step * 0.45, top + step * 0.5), fill=glass)
        x += wide + side * chance.choice((0.0, 0.0, 0.06))


def _forest(image: Image.Image, chance: random.Random, palette: Palette, view: View) -> None:
    """Trees in a row, higher at the edges of the picture."""
    draw, side = ImageDraw.Draw(image), image.width
    for _ in range(chance.randint(20, 40)):
        x = chance.uniform(0, 1)
        high = 0.05 + 0.5 * abs(x - view.middle) * chance.uniform(0.5, 1.2)
        green = shaded((62, 104, 52), chance.uniform(0.6, 1.3))
        top, half = view.horizon + 0.03 - high, 0.25 * high
        if chance.random() < 0.5:
            points = [(x - half, view.horizon + 0.03), (x + half, view.horizon + 0.03), (x, top)]
            draw.polygon([(a * side, b * side) for a, b in points], fill=green)
        else:
            box = (x - half, top, x + half, view.horizon + 0.03)
            draw.ellipse(tuple(each * side for each in box), fill=green)


def _fields(image: Image.Image, chance: random.Random, palette: Palette, view: View) -> None:
    """Low hills."""
    draw, side = ImageDraw.Draw(image), image.width
    for _ in range(chance.randint(2, 5)):
        x, wide, high = chance.uniform(0, 1), chance.uniform(0.2, 0.6), chance.uniform(0.04, 0.16)
        box = (x - wide, view.horizon - high, x + wide, view.horizon + high)
        hill = shaded((104, 136, 84), chance.uniform(0.7, 1.2))
        draw.pieslice(tuple(each * side for each in box), 180, 360, fill=hill)


def _desert(image: Image.Image, chance: random.Random, palette: Palette, view: View) -> None:
    """Table mountains and cacti."""
    draw, side = ImageDraw.Draw(image), image.width
    for _ in range(chance.randint(2, 4)):
        x, wide, high = chance.uniform(0, 1), chance.uniform(0.06, 0.2), chance.uniform(0.06, 0.2)
        rock = shaded((176, 104, 72), chance.uniform(0.7, 1.2))
        top, base = view.horizon - high, view.horizon + 0.01
        points = [(x - wide, base), (x - wide * 0.7, top), (x + wide * 0.7, top), (x + wide, base)]
        draw.polygon([(a * side, b * side) for a, b in points], fill=rock)
    for _ in range(chance.randint(2, 6)):
        x, high = chance.uniform(0, 1) * side, side * chance.uniform(0.05, 0.12)
        y, thick = (view.horizon + 0.04) * side, high / 5
        draw.line((x, y, x, y - high), fill=(70, 112, 70), width=max(2, round(thick)))
        draw.line((x, y - high / 2, x + high / 3, y - high / 2, x + high / 3, y - high * 0.8),
                  fill=(70, 112, 70), width=max(1, round(thick * 0.7)))  # fmt: skip


def _suburb(image: Image.Image, chance: random.Random, palette: Palette, view: View) -> None:
    """Small houses with gables and fences."""
    draw, side = ImageDraw.Draw(image), image.width
    base = (view.horizon + 0.04) * side
    x = side * chance.uniform(-0.1, 0.05)
    while x < side:
        wide, high = side * chance.uniform(0.14, 0.26), side * chance.uniform(0.07, 0.14)
        draw.rectangle((x, base - high, x + wide, base), fill=palette.wall(chance))
        roof = [(x - wide * 0.1, base - high), (x + wide * 1.1, base - high),
                (x + wide / 2, base - high * 2)]  # fmt: skip
        draw.polygon(roof, fill=shaded(palette.paint(chance), 0.7))
        door = (x + wide * 0.4, base - high * 0.6, x + wide * 0.6, base)
        draw.rectangle(door, fill=shaded(palette.paint(chance), 0.6))
        x += wide * chance.uniform(1.15, 1.6)


_SKIES: dict[Look, tuple[Colour, Colour]] = {
    Look.SEEN: ((186, 212, 238), (206, 210, 214)),
    Look.UNSEEN: ((244, 198, 150), (204, 186, 226)),
}
_VERGES: dict[Look, tuple[Colour, ...]] = {
    Look.SEEN: ((96, 138, 72), (150, 150, 146)),
    Look.UNSEEN: ((204, 174, 124), (168, 176, 92)),
}
_ROADS: dict[Look, tuple[Colour, ...]] = {
    Look.SEEN: ((92, 94, 98), (120, 120, 122)),
    Look.UNSEEN: ((122, 106, 96), (84, 92, 116)),
}
_SCENERY: dict[Look, tuple[Scenery, ...]] = {
    Look.SEEN: (_city, _forest, _fields),
    Look.UNSEEN: (_desert, _suburb),
}
