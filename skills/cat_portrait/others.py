"""Drawn pictures that show no cat, to learn when to say so: two halves of kinds, never mixed.

The limit of what still counts as a drawn cat is chosen on the first half; how well it does is
measured on the kinds of the other half.
"""

from __future__ import annotations

import random

from PIL import Image

from skills.cat_portrait.brush import Brush
from skills.cat_portrait.cat import Colour
from skills.cat_portrait.portrait import SIZE, background, some_colour

DEV_KINDS = ("things", "noise", "house", "flower")
TEST_KINDS = ("person", "car", "fish", "stripes")
_SKIN, _INK, _GLASS = (232, 190, 160), (40, 34, 34), (190, 220, 240)


def other(kind: str, chance: random.Random, size: int = SIZE) -> Image.Image:
    """A picture of that kind, size × size, RGB."""
    side = size * 3
    picture = background(side, chance.randint(0, 6), chance)
    if kind == "noise":
        grain = Image.effect_noise((side // 3, side // 3), chance.uniform(20, 90)).convert("RGB")
        picture = Image.blend(picture, grain.resize((side, side)), chance.uniform(0.4, 1))
    elif kind == "things":
        picture = background(side, chance.randint(8, 30), chance)
    else:
        brush = Brush(side)
        _DRAWN[kind](brush, chance)
        turned = brush.image.rotate(chance.gauss(0, 8), Image.Resampling.BILINEAR)
        picture.paste(turned, (0, 0), turned)
    return picture.resize((size, size), Image.Resampling.BOX)


def _box(brush: Brush, left: float, top: float, wide: float, tall: float, colour: Colour) -> None:
    right, bottom = left + wide, top + tall
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    brush.polygon(corners, colour)


def _house(brush: Brush, chance: random.Random) -> None:
    wall, roof = some_colour(chance, 120, 240), some_colour(chance, 60, 160)
    _box(brush, -0.6, -0.1, 1.2, 1.1, wall)
    brush.polygon([(-0.75, -0.1), (0.75, -0.1), (0, -0.8)], roof)
    _box(brush, -0.15, 0.4, 0.3, 0.6, some_colour(chance, 40, 140))
    for x in (-0.48, 0.22):
        _box(brush, x, 0.05, 0.26, 0.26, _GLASS)


def _flower(brush: Brush, chance: random.Random) -> None:
    colour = some_colour(chance, 100, 250)
    brush.line([(0, 0), (0.05, 1)], 0.07, (70, 130, 60))
    for x, y in ((-0.35, -0.2), (0.35, -0.2), (0, -0.55), (-0.22, 0.2), (0.22, 0.2)):
        brush.ellipse((x, y), (0.28, 0.28), colour)
    brush.ellipse((0, -0.1), (0.24, 0.24), (230, 190, 70))


def _person(brush: Brush, chance: random.Random) -> None:
    hair, shirt = some_colour(chance, 20, 160), some_colour(chance, 40, 230)
    brush.ellipse((0, 1.05), (0.75, 0.55), shirt)
    brush.ellipse((0, -0.25), (0.5, 0.6), hair)
    brush.ellipse((0, -0.1), (0.4, 0.52), _SKIN)
    for x in (-0.15, 0.15):
        brush.ellipse((x, -0.15), (0.07, 0.05), (250, 250, 250))
        brush.ellipse((x, -0.15), (0.035, 0.045), _INK)
    brush.line([(-0.12, 0.2), (0, 0.24), (0.12, 0.2)], 0.03, (170, 70, 70))


def _car(brush: Brush, chance: random.Random) -> None:
    colour = some_colour(chance, 50, 230)
    brush.polygon([(-0.45, 0), (-0.25, -0.35), (0.3, -0.35), (0.5, 0)], _GLASS)
    _box(brush, -0.85, 0, 1.7, 0.4, colour)
    for x in (-0.5, 0.5):
        brush.ellipse((x, 0.42), (0.2, 0.2), _INK)
        brush.ellipse((x, 0.42), (0.09, 0.09), (190, 190, 190))


def _fish(brush: Brush, chance: random.Random) -> None:
    colour = some_colour(chance, 80, 240)
    brush.polygon([(0.4, 0), (0.85, -0.35), (0.85, 0.35)], colour)
    brush.ellipse((-0.1, 0), (0.6, 0.36), colour)
    brush.ellipse((-0.42, -0.08), (0.08, 0.08), (250, 250, 250))
    brush.ellipse((-0.43, -0.08), (0.04, 0.04), _INK)


def _stripes(brush: Brush, chance: random.Random) -> None:
    wide = chance.uniform(0.05, 0.3)
    one, two = some_colour(chance, 30, 240), some_colour(chance, 30, 240)
    for step in range(int(2 / wide) + 1):
        _box(brush, -1 + step * wide, -1, wide, 2, one if step % 2 else two)


_DRAWN = {
    "house": _house, "flower": _flower, "person": _person, "car": _car, "fish": _fish,
    "stripes": _stripes,
}  # fmt: skip
