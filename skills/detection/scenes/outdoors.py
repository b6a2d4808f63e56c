"""Things that stand outside on a campus: bicycle, tree, lamp, ball."""

from __future__ import annotations

import math
import random

from skills.detection.scenes.palette import Palette
from skills.detection.scenes.pen import Pen, shaded

_METAL, _RUBBER = (70, 72, 78), (28, 28, 32)


def bicycle(chance: random.Random, palette: Palette) -> Pen:
    """Two wheels with spokes, a frame, a saddle, a handlebar."""
    pen, paint = Pen(), palette.paint(chance)
    wheel = chance.uniform(0.17, 0.21)
    rear, front = (0.24, 0.68), (0.76, 0.68)
    for x, y in (rear, front):
        pen.ring((x - wheel, y - wheel, x + wheel, y + wheel), _RUBBER, chance.uniform(0.025, 0.04))
        for spoke in range(5):
            angle = spoke * math.pi / 5 + chance.random()
            dx, dy = wheel * math.cos(angle), wheel * math.sin(angle)
            pen.line([(x - dx, y - dy), (x + dx, y + dy)], (150, 150, 155), 0.006)
    crank, seat = (0.46, 0.7), (0.4, chance.uniform(0.38, 0.43))
    head = (0.69, chance.uniform(0.4, 0.45))
    bar = chance.uniform(0.025, 0.04)
    for stroke in ([rear, seat], [rear, crank], [seat, crank], [crank, head], [seat, head]):
        pen.line(stroke, paint, bar)
    pen.line([front, head, (0.66, 0.32), (0.74, 0.3)], shaded(paint, 0.8), bar)
    pen.line([seat, (0.385, 0.33)], _METAL, 0.02)
    pen.rectangle((0.32, 0.3, 0.46, 0.345), _RUBBER, 0.02)
    pen.oval((0.42, 0.66, 0.5, 0.74), _METAL)
    if chance.random() < 0.3:
        pen.rectangle((0.7, 0.3, 0.9, 0.44), (150, 120, 80), 0.02)  # a basket
    return pen


def tree(chance: random.Random, palette: Palette) -> Pen:
    """A trunk under a round crown, or a fir."""
    pen = Pen()
    bark = shaded((112, 80, 52), chance.uniform(0.6, 1.2))
    leaf = _leaf(chance)
    wide = chance.uniform(0.035, 0.06)
    pen.polygon([(0.5 - wide, 0.55), (0.5 + wide, 0.55), (0.5 + wide * 1.5, 0.97),
                 (0.5 - wide * 1.5, 0.97)], bark)  # fmt: skip
    if chance.random() < 0.35:
        for level in range(3):
            top, half = 0.04 + 0.22 * level, 0.16 + 0.08 * level
            points = [(0.5, top), (0.5 - half, top + 0.36), (0.5 + half, top + 0.36)]
            pen.polygon(points, shaded(leaf, 0.75 + 0.15 * level))
        return pen
    for _ in range(chance.randint(9, 14)):
        angle, far = chance.uniform(0, 2 * math.pi), chance.uniform(0, 0.19)
        x, y, r = 0.5 + far * 1.1 * math.cos(angle), 0.34 + far * math.sin(angle), 0.15
        pen.oval((x - r, y - r, x + r, y + r), shaded(leaf, chance.uniform(0.7, 1.25)))
    return pen


def lamp(chance: random.Random, palette: Palette) -> Pen:
    """A street lamp: a pole with one head or two."""
    pen = Pen()
    metal = shaded(_METAL, chance.uniform(0.5, 1.6))
    glow = (255, chance.randint(215, 250), chance.randint(140, 225))
    pole = chance.uniform(0.018, 0.028)
    pen.rectangle((0.5 - pole, 0.16, 0.5 + pole, 0.97), metal)
    pen.polygon([(0.44, 0.98), (0.56, 0.98), (0.53, 0.88), (0.47, 0.88)], metal)
    style = chance.randrange(3)
    if style == 0:  # a globe
        pen.rectangle((0.45, 0.17, 0.55, 0.2), metal)
        pen.lamp((0.41, 0.02, 0.59, 0.18), glow)
    elif style == 1:  # a lantern
        pen.polygon([(0.4, 0.05), (0.6, 0.05), (0.55, 0.2), (0.45, 0.2)], metal)
        pen.lamp((0.43, 0.06, 0.57, 0.18), glow)
        pen.polygon([(0.38, 0.06), (0.62, 0.06), (0.5, 0.01)], metal)
    else:  # two arms
        pen.arc((0.3, 0.06, 0.7, 0.3), 180, 360, metal, 0.025)
        for x in (0.31, 0.69):
            pen.polygon(
                [(x - 0.09, 0.2), (x + 0.09, 0.2), (x + 0.04, 0.13), (x - 0.04, 0.13)], metal
            )
            pen.lamp((x - 0.07, 0.17, x + 0.07, 0.25), glow)
    return pen


def ball(chance: random.Random, palette: Palette) -> Pen:
    """A football, a basketball or a striped ball."""
    pen, style = Pen(), chance.randrange(3)
    whole = (0.05, 0.05, 0.95, 0.95)
    if style == 0:
        pen.oval(whole, (240, 240, 238))
        for spot in range(6):
            far = 0.0 if spot == 0 else 0.32
            angle = spot * 2 * math.pi / 5 + 0.3
            x, y = 0.5 + far * math.cos(angle), 0.5 + far * math.sin(angle)
            corners = [2 * math.pi * k / 5 + angle for k in range(5)]
            pen.polygon([(x + 0.12 * math.cos(a), y + 0.12 * math.sin(a)) for a in corners],
                        (25, 25, 28))  # fmt: skip
    elif style == 1:
        pen.oval(whole, shaded((226, 120, 44), chance.uniform(0.8, 1.1)))
        pen.line([(0.5, 0.06), (0.5, 0.94)], _RUBBER, 0.03)
        pen.line([(0.06, 0.5), (0.94, 0.5)], _RUBBER, 0.03)
        pen.arc((-0.3, 0.1, 0.4, 0.9), 300, 60, _RUBBER, 0.03)
        pen.arc((0.6, 0.1, 1.3, 0.9), 120, 240, _RUBBER, 0.03)
    else:
        pen.oval(whole, (238, 236, 230))
        paint = palette.paint(chance)
        for wedge in range(0, 6, 2):
            start = math.pi / 3 * wedge
            rim = [start + step * math.pi / 18 for step in range(7)]
            pen.polygon([(0.5, 0.5)] + [(0.5 + 0.45 * math.cos(a), 0.5 + 0.45 * math.sin(a))
                                        for a in rim], paint)  # fmt: skip
    pen.ring(whole, _RUBBER, 0.015)
    return pen


def _leaf(chance: random.Random) -> tuple[int, int, int]:
    """Green in summer, now and then autumn."""
    if chance.random() < 0.2:
        return chance.randint(170, 215), chance.randint(90, 150), 40
    return chance.randint(35, 90), chance.randint(95, 160), chance.randint(35, 70)
