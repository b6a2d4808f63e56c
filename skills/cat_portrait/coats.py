"""The coat patterns, painted within the shape of a head or a body."""

from __future__ import annotations

import random
from math import cos, pi, sin

from skills.cat_portrait.brush import Brush, Spot, mix
from skills.cat_portrait.cat import LOOKS, Cat

_ORANGE = (222, 140, 66)
_WHITE = (246, 244, 240)


def paint_head(cat: Cat, brush: Brush, width: float, height: float, chance: random.Random) -> None:
    """The pattern of the face: `width` and `height` are the head's radii."""
    layer = Brush(brush.image.width)
    pattern, dark = LOOKS[cat.breed].pattern, LOOKS[cat.breed].dark
    if pattern == "stripes":
        _forehead(cat, layer, width, height)
    elif pattern == "points":
        # Kittens are born without points: they darken with growth.
        mask = mix(cat.coat, dark, 0.55 + 0.4 * cat.ageing.grown)
        layer.ellipse((0, 0.22 * height), (0.62 * width, 0.72 * height), mix(cat.coat, mask, 0.55))
        layer.ellipse((0, 0.3 * height), (0.5 * width, 0.6 * height), mask)
    elif pattern == "tuxedo":
        layer.polygon([(-0.07, -0.5 * height), (0.07, -0.5 * height), (0.5 * width, height),
                       (-0.5 * width, height)], dark)  # fmt: skip
        layer.ellipse((0, 0.55 * height), (0.5 * width, 0.45 * height), dark)
    elif pattern == "patches":
        side = chance.choice((-1, 1))
        _patch(layer, (side * 0.6 * width, -0.5 * height), 0.6 * width, _ORANGE, chance)
        _patch(layer, (-side * 0.65 * width, -0.45 * height), 0.55 * width, dark, chance)
        _patch(layer, (side * 0.7 * width, 0.6 * height), 0.25 * width, dark, chance)
    elif pattern == "wrinkles":
        _wrinkles(cat, layer, width, height)
    layer.within(brush)


def paint_body(cat: Cat, brush: Brush, top: float, chance: random.Random) -> None:
    """The pattern of the chest, from `top` down."""
    layer = Brush(brush.image.width)
    pattern, dark = LOOKS[cat.breed].pattern, LOOKS[cat.breed].dark
    if pattern == "stripes":
        for side in (-1, 1):
            for step in range(4):
                y = top + 0.14 * step
                spots = [(side * 0.75, y), (side * 0.4, y + 0.07), (side * 0.22, y + 0.04)]
                layer.line(spots, 0.045, dark)
    elif pattern == "tuxedo":
        layer.polygon([(-0.2, top - 0.3), (0.2, top - 0.3), (0.1, 1.1), (-0.1, 1.1)], _WHITE)
        layer.ellipse((0, top + 0.05), (0.24, 0.3), _WHITE)
    elif pattern == "patches":
        for colour in (_ORANGE, dark):
            spot = (chance.uniform(-0.5, 0.5), chance.uniform(top + 0.1, 0.95))
            _patch(layer, spot, 0.24, colour, chance)
    layer.within(brush)


def _forehead(cat: Cat, layer: Brush, width: float, height: float) -> None:
    """The M of tabbies, bars on the cheeks, a line beside each eye."""
    dark = mix(LOOKS[cat.breed].dark, cat.coat, 0.1)
    for x in (-0.3, -0.1, 0.1, 0.3):
        spots = [(x * width * 1.2, -1.05 * height), (x * width * 0.7, -0.42 * height)]
        layer.line(spots, 0.05, dark)
    for side in (-1, 1):
        for y in (0.0, 0.24, 0.48):
            spots = [(side * 1.05 * width, (y - 0.08) * height), (side * 0.62 * width, y * height)]
            layer.line(spots, 0.045, dark)
        light = mix(cat.coat, _WHITE, 0.35)
        layer.ellipse((side * 0.42 * width, -0.1 * height), (0.3 * width, 0.3 * height), light)


def _wrinkles(cat: Cat, layer: Brush, width: float, height: float) -> None:
    fold = mix(cat.coat, LOOKS[cat.breed].dark, 0.6)
    for number, y in enumerate((-0.85, -0.68, -0.52)):
        reach = (0.42 - 0.06 * number) * width
        arc = [(x * reach / 4, y * height + 0.03 * cos(x * pi / 4)) for x in range(-4, 5)]
        layer.line(arc, 0.022, fold)
    for side in (-1, 1):
        layer.line([(side * 0.75 * width, 0.2 * height), (side * 0.5 * width, 0.55 * height)],
                   0.022, fold)  # fmt: skip


def _patch(
    layer: Brush, middle: Spot, radius: float, colour: tuple[int, int, int], chance: random.Random
) -> None:
    spots = []
    for step in range(14):
        angle, reach = 2 * pi * step / 14, radius * chance.uniform(0.75, 1.15)
        spots.append((middle[0] + reach * cos(angle), middle[1] + reach * sin(angle)))
    layer.polygon(spots, colour)
