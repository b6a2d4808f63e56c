"""Things that students carry or sit on: backpack, book, cup, chair."""

from __future__ import annotations

import random

from skills.detection.scenes.palette import Palette
from skills.detection.scenes.pen import Pen, shaded

_PAPER, _DARK = (240, 236, 222), (38, 34, 34)


def backpack(chance: random.Random, palette: Palette) -> Pen:
    """A round-topped bag with a pocket, straps and a handle."""
    pen, paint = Pen(), palette.paint(chance)
    dark = shaded(paint, 0.6)
    pen.arc((0.4, 0.01, 0.6, 0.2), 180, 360, dark, 0.035)
    for left, right in ((0.1, 0.24), (0.76, 0.9)):
        pen.rectangle((left, 0.32, right, 0.82), dark, 0.06)
    pen.rectangle((0.18, 0.08, 0.82, 0.96), paint, chance.uniform(0.14, 0.24))
    pen.rectangle((0.25, 0.54, 0.75, 0.9), shaded(paint, chance.choice((0.75, 1.25))), 0.06)
    pen.line([(0.3, 0.62), (0.7, 0.62)], _DARK, 0.02)
    pen.arc((0.26, 0.16, 0.74, 0.66), 190, 350, _DARK, 0.02)
    if chance.random() < 0.5:
        pen.rectangle((0.33, 0.3, 0.37, 0.52), _DARK)
        pen.rectangle((0.63, 0.3, 0.67, 0.52), _DARK)
    if chance.random() < 0.4:
        pen.oval((0.45, 0.36, 0.55, 0.46), palette.paint(chance))
    return pen


def book(chance: random.Random, palette: Palette) -> Pen:
    """Closed, with pages at two sides, or lying open."""
    pen, paint = Pen(), palette.paint(chance)
    if chance.random() < 0.35:
        cover = [(0.03, 0.25), (0.5, 0.32), (0.97, 0.25), (0.97, 0.8), (0.5, 0.88), (0.03, 0.8)]
        pen.polygon(cover, paint)
        for edge, sign in ((0.06, 1), (0.94, -1)):
            pen.polygon([(edge, 0.22), (0.5, 0.3), (0.5, 0.84), (edge, 0.76)], _PAPER)
            for line in range(6):
                y = 0.33 + 0.07 * line
                pen.line(
                    [(edge + sign * 0.06, y), (edge + sign * 0.36, y + 0.05)],
                    (130, 126, 120),
                    0.014,
                )
        pen.line([(0.5, 0.3), (0.5, 0.85)], _DARK, 0.014)
        return pen
    thick = chance.uniform(0.05, 0.11)
    left, right = 0.18, 0.82 - thick
    pen.polygon([(right, 0.06), (right + thick, 0.06 + thick), (right + thick, 0.94 + thick * 0.4),
                 (left + thick, 0.94 + thick * 0.4), (left, 0.92)], _PAPER)  # fmt: skip
    pen.rectangle((left, 0.05, right, 0.92), paint)
    pen.rectangle((left, 0.05, left + 0.07, 0.92), shaded(paint, 0.6))
    title = chance.choice((_PAPER, shaded(paint, 1.6), _DARK))
    top = chance.uniform(0.16, 0.3)
    pen.rectangle((left + 0.14, top, right - 0.08, top + 0.07), title)
    pen.rectangle((left + 0.2, top + 0.12, right - 0.14, top + 0.16), title)
    if chance.random() < 0.5:
        pen.oval((left + 0.2, 0.58, right - 0.13, 0.8), title)
    return pen


def cup(chance: random.Random, palette: Palette) -> Pen:
    """A mug with a handle, or a paper cup with a lid."""
    pen, paint = Pen(), palette.paint(chance)
    if chance.random() < 0.4:
        pen.polygon([(0.22, 0.16), (0.78, 0.16), (0.69, 0.97), (0.31, 0.97)], (236, 232, 224))
        pen.polygon([(0.25, 0.38), (0.75, 0.38), (0.71, 0.74), (0.29, 0.74)], paint)
        pen.rectangle((0.18, 0.07, 0.82, 0.17), _DARK, 0.02)
        pen.rectangle((0.25, 0.02, 0.75, 0.09), _DARK, 0.02)
        return pen
    pen.ring((0.5, 0.3, 0.98, 0.78), shaded(paint, 0.85), chance.uniform(0.07, 0.1))
    pen.rectangle((0.08, 0.18, 0.74, 0.94), paint, 0.1)
    pen.rectangle((0.08, 0.18, 0.74, 0.6), paint)
    pen.oval((0.08, 0.08, 0.74, 0.28), shaded(paint, 1.3))
    pen.oval((0.12, 0.11, 0.7, 0.26), shaded((74, 48, 30), chance.uniform(0.7, 1.5)))
    if chance.random() < 0.5:
        pen.rectangle((0.09, 0.45, 0.735, 0.6), palette.paint(chance))
    return pen


def chair(chance: random.Random, palette: Palette) -> Pen:
    """Seen a little from the side: a back, a seat, four legs."""
    pen = Pen()
    wood = shaded((150, 104, 62), chance.uniform(0.6, 1.3))
    paint = palette.paint(chance) if chance.random() < 0.6 else wood
    dark, leg = shaded(wood, 0.7), chance.uniform(0.04, 0.06)
    for x in (0.36, 0.88 - leg):
        pen.rectangle((x, 0.55, x + leg, 0.86), dark)
    if chance.random() < 0.5:
        pen.rectangle((0.16, 0.04, 0.66, 0.36), paint, 0.04)
    else:
        for y in (0.06, 0.19, 0.32):
            pen.rectangle((0.16, y, 0.66, y + 0.075), paint)
    for x in (0.14, 0.66 - leg):
        pen.rectangle((x, 0.03, x + leg, 0.56), wood)
    pen.polygon([(0.1, 0.6), (0.68, 0.6), (0.92, 0.5), (0.36, 0.5)], shaded(paint, 1.1))
    pen.polygon([(0.1, 0.6), (0.68, 0.6), (0.68, 0.66), (0.1, 0.66)], shaded(paint, 0.75))
    for x in (0.12, 0.66 - leg):
        pen.rectangle((x, 0.64, x + leg, 0.97), wood)
    return pen
