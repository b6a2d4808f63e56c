"""The parts of a cat: body, ears, head with its fur, muzzle, eyes, nose, whiskers."""

from __future__ import annotations

import random
from math import cos, pi, sin

from skills.cat_portrait.brush import Brush, Spot, mix
from skills.cat_portrait.cat import LOOKS, Cat, Colour
from skills.cat_portrait.coats import paint_body, paint_head

_WHITE, _INK, _PINK = (248, 246, 242), (26, 22, 24), (226, 148, 150)
_GREY = (206, 204, 204)
_MIDDLE = -0.1  # height of the head's middle


def draw_cat(cat: Cat, side: int) -> Brush:
    """The cat, upright on an empty picture."""
    chance = random.Random(cat.seed)
    brush = Brush(side)
    width, height = head_size(cat)
    _body(cat, brush, chance)
    for sign in (-1, 1):
        _ear(cat, brush, sign, width, height)
    _head(cat, brush, width, height, chance)
    _muzzle(cat, brush, width, height)
    for sign in (-1, 1):
        _eye(cat, brush, sign, width, height)
    _nose(cat, brush, width, height)
    return brush


def head_size(cat: Cat) -> Spot:
    """The radii of the head: rounder in kittens, wider with the years."""
    wide = LOOKS[cat.breed].wide * (0.53 + 0.05 * cat.ageing.grown)
    return wide, 0.47 + 0.03 * cat.ageing.kitten


def _fringe(radii: Spot, middle: Spot, fur: float, chance: random.Random) -> list[Spot]:
    """An oval whose edge is tufts: longer on the cheeks than on the forehead."""
    spots = []
    steps = 72
    for step in range(steps):
        angle = 2 * pi * step / steps
        cheek = 0.35 + 0.65 * max(0.0, sin(angle + 0.2)) * abs(cos(angle)) * 2
        tip = fur * 0.13 * cheek * (step % 2) * chance.uniform(0.5, 1.3)
        across, down = radii[0] * (1 + tip), radii[1] * (1 + tip)
        spots.append((middle[0] + across * cos(angle), middle[1] + down * sin(angle)))
    return spots


def _body(cat: Cat, brush: Brush, chance: random.Random) -> None:
    look, grown = LOOKS[cat.breed], cat.ageing.grown
    body = Brush(brush.image.width)
    radii = (0.42 + 0.16 * grown + 0.12 * look.fur, 0.75)
    colour = mix(cat.coat, (0, 0, 0), 0.08)
    body.polygon(_fringe(radii, (0, 1.0), 0.2 + look.fur, chance), colour)
    paint_body(cat, body, 0.42, chance)
    if look.fur > 0.6:
        ruff = mix(cat.coat, _WHITE, 0.35)
        body.polygon(_fringe((0.42, 0.4), (0, 0.5), 2 * look.fur, chance), ruff)
    brush.image.alpha_composite(body.image)


def _ear(cat: Cat, brush: Brush, sign: int, width: float, height: float) -> None:
    look = LOOKS[cat.breed]
    tall = 0.46 * look.ears * (1 - 0.12 * cat.ageing.kitten)
    outside, inside = sign * 0.98 * width, sign * 0.24 * width
    top = (sign * (0.74 + 0.1 * (look.ears > 1.1)) * width, _MIDDLE - 0.72 * height - tall)
    base = ((outside, _MIDDLE - 0.3 * height), (inside, _MIDDLE - 0.8 * height))
    brush.polygon([base[0], top, base[1]], ear_colour(cat, sign))
    middle = ((base[0][0] + base[1][0]) / 2, (base[0][1] + base[1][1]) / 2)
    small = [(spot[0] + 0.3 * (middle[0] - spot[0]), spot[1] + 0.3 * (middle[1] - spot[1]))
             for spot in (base[0], top, base[1])]  # fmt: skip
    brush.polygon(small, mix(_PINK, cat.coat, 0.35))
    if look.tufts:
        for lean in (-0.05, 0.0, 0.05):
            tip = (top[0] + lean + sign * 0.03, top[1] - 0.16)
            brush.line([(top[0], top[1] + 0.05), tip], 0.025, look.dark)


def ear_colour(cat: Cat, sign: int) -> Colour:
    """The coat's colour, or that of its points and patches."""
    look = LOOKS[cat.breed]
    if look.pattern == "points":
        return mix(cat.coat, look.dark, 0.55 + 0.4 * cat.ageing.grown)
    if look.pattern == "patches":
        return (222, 140, 66) if (sign > 0) == (cat.seed % 2 == 0) else look.dark
    return mix(cat.coat, (0, 0, 0), 0.1)


def _head(cat: Cat, brush: Brush, width: float, height: float, chance: random.Random) -> None:
    head = Brush(brush.image.width)
    fur = LOOKS[cat.breed].fur
    head.polygon(
        _fringe((width, height), (0, 0), fur * (1 + cat.ageing.grown) / 2, chance), cat.coat
    )
    paint_head(cat, head, width, height, chance)
    placed = Brush(brush.image.width)
    drop = round(_MIDDLE * brush.image.width / 2)
    placed.image.paste(head.image, (0, drop))
    brush.image.alpha_composite(placed.image)


def _muzzle(cat: Cat, brush: Brush, width: float, height: float) -> None:
    """Two cushions and a chin, greyer with the years; flat and small in kittens and Persians."""
    look, ageing = LOOKS[cat.breed], cat.ageing
    own = mix(cat.coat, _WHITE, 0.3)
    if look.pattern in ("tuxedo", "patches"):
        own = _WHITE
    elif look.pattern == "points":
        own = mix(cat.coat, look.dark, 0.5 + 0.4 * ageing.grown)
    elif look.pattern == "wrinkles":
        own = mix(cat.coat, _PINK, 0.3)
    colour = mix(own, _GREY, 0.9 * ageing.grey)
    size = (0.30 - 0.08 * ageing.kitten) * (0.86 if look.pattern == "plain" else 1)
    y = _MIDDLE + 0.48 * height
    brush.ellipse((0, y + 0.12), (0.62 * size, 0.55 * size), mix(colour, cat.coat, 0.25))
    if ageing.grey > 0.05:
        for sign in (-1, 1):
            spot = (sign * 0.42 * width, _MIDDLE - 0.12 * height)
            brush.ellipse(spot, (0.27, 0.25), mix(cat.coat, _GREY, 0.75 * ageing.grey))
    for sign in (-1, 1):
        brush.ellipse((sign * 0.5 * size, y), (0.68 * size, 0.55 * size), colour)


def _eye(cat: Cat, brush: Brush, sign: int, width: float, height: float) -> None:
    ageing = cat.ageing
    size = 0.135 * (1 + 0.42 * ageing.kitten)
    x, y = sign * 0.43 * width, _MIDDLE - 0.1 * height + 0.07 * ageing.kitten
    colour = mix(cat.eyes, (120, 150, 190), 0.7 * ageing.kitten)  # all kittens' eyes are bluish
    brush.ellipse((x, y), (size * 1.16, size * 1.08), mix(_INK, cat.coat, 0.15))
    brush.ellipse((x, y), (size, size * 0.94), mix(colour, _GREY, 0.25 * ageing.grey))
    brush.ellipse((x, y), (size * (0.34 + 0.3 * ageing.kitten), size * 0.82), _INK)
    brush.ellipse((x - 0.3 * size, y - 0.36 * size), (0.24 * size, 0.24 * size), _WHITE)
    brush.ellipse((x + 0.28 * size, y + 0.34 * size), (0.1 * size, 0.1 * size), _WHITE)
    if ageing.tired > 0.02:
        lid = [(x - 1.25 * size, y - 1.25 * size), (x + 1.25 * size, y - 1.25 * size)]
        down = y + size * (-1.0 + 1.0 * ageing.tired)
        tilt = 0.2 * size * ageing.tired * sign  # lids hang on the outside
        ends = [(x + 1.2 * size, down + tilt), (x - 1.2 * size, down - tilt)]
        brush.polygon([*lid, *ends], mix(cat.coat, _GREY, 0.6 * ageing.grey))
        brush.line(ends, 0.025, mix(_INK, cat.coat, 0.3))


def _nose(cat: Cat, brush: Brush, width: float, height: float) -> None:
    """Nose, mouth and whiskers."""
    y = _MIDDLE + 0.32 * height
    dark = LOOKS[cat.breed].pattern in ("points", "stripes")
    brush.polygon([(-0.075, y), (0.075, y), (0, y + 0.08)], mix(_PINK, (120, 70, 66), 0.5 * dark))
    brush.line([(0, y + 0.08), (0, y + 0.14)], 0.018, _INK)
    for sign in (-1, 1):
        arc = [(sign * 0.045 * step, y + 0.14 + 0.045 * sin(pi * step / 4)) for step in range(5)]
        brush.line(arc, 0.018, _INK)
        bald = LOOKS[cat.breed].fur == 0
        reach = (0.18 if bald else 0.3) + (0.1 if bald else 0.42) * cat.ageing.grown
        for lift in (-0.12, 0.0, 0.12):
            root = (sign * 0.2, y + 0.12 + 0.4 * lift)
            tip = (sign * (0.2 + reach), y + 0.1 + 1.5 * lift)
            brush.line([root, tip], 0.014, mix(_WHITE, _INK, 0.12))
