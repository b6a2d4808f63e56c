"""What a car's front camera meets: cars, trucks, pedestrians, stop signs, traffic lights."""

from __future__ import annotations

import math
import random

from PIL import Image

from skills.detection.scenes.palette import Palette
from skills.detection.scenes.pen import Colour, Pen, shaded

_TYRE, _GLASS, _STEEL = (22, 22, 25), (72, 92, 112), (120, 122, 126)
_RED, _WHITE = (255, 40, 30), (255, 246, 220)


def car(chance: random.Random, palette: Palette) -> Pen:
    """From behind, from the front, or from the side."""
    paint = palette.paint(chance)
    return _side(chance, paint) if chance.random() < 0.35 else _end(chance, paint)


def _end(chance: random.Random, paint: Colour) -> Pen:
    pen, rear = Pen(), chance.random() < 0.55
    roof, slope = chance.uniform(0.16, 0.24), chance.uniform(0.1, 0.18)
    for left in (0.08, 0.76):
        pen.rectangle((left, 0.66, left + 0.16, 0.9), _TYRE, 0.03)
    pen.polygon([(0.08 + slope, roof), (0.92 - slope, roof), (0.92, 0.48), (0.08, 0.48)], paint)
    top = roof + 0.04
    window = [(0.12 + slope, top), (0.88 - slope, top), (0.85, 0.45), (0.15, 0.45)]
    pen.polygon(window, shaded(_GLASS, chance.uniform(0.5, 1.5)))
    pen.rectangle((0.03, 0.44, 0.97, 0.8), paint, 0.07)
    pen.rectangle((0.05, 0.72, 0.95, 0.83), shaded(paint, 0.6), 0.03)
    if rear:
        pen.line([(0.2, 0.56), (0.8, 0.56)], shaded(paint, 0.7), 0.015)
    else:
        pen.rectangle((0.28, 0.55, 0.72, 0.68), shaded(paint, 0.35), 0.03)
    pen.rectangle((0.39, 0.67, 0.61, 0.75), (232, 230, 214))
    for left in (0.06, 0.76):
        pen.lamp((left, 0.5, left + 0.18, 0.62), _RED if rear else _WHITE)
    return pen


def _side(chance: random.Random, paint: Colour) -> Pen:
    pen = Pen()
    front, back = chance.uniform(0.62, 0.72), chance.uniform(0.12, 0.26)
    roof = chance.uniform(0.3, 0.35)
    pen.polygon([(back, 0.5), (back + 0.1, roof), (front - 0.1, roof), (front + 0.04, 0.5)], paint)
    pen.polygon([(back + 0.05, 0.49), (back + 0.12, roof + 0.03), (front - 0.12, roof + 0.03),
                 (front, 0.49)], shaded(_GLASS, chance.uniform(0.5, 1.5)))  # fmt: skip
    pen.line([(0.44, roof), (0.44, 0.66)], shaded(paint, 0.7), 0.015)
    pen.rectangle((0.03, 0.48, 0.97, 0.68), paint, 0.07)
    for x in (0.22, 0.78):
        pen.oval((x - 0.1, 0.58, x + 0.1, 0.78), _TYRE)
        pen.oval((x - 0.05, 0.63, x + 0.05, 0.73), (170, 172, 178))
    pen.lamp((0.92, 0.52, 0.98, 0.58), _WHITE)
    pen.lamp((0.02, 0.52, 0.07, 0.58), _RED)
    if chance.random() < 0.5:
        pen.image = pen.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        pen.light = pen.light.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return pen


def truck(chance: random.Random, palette: Palette) -> Pen:
    """A tall box from behind, or a cab under a box from the front."""
    pen, paint, rear = Pen(), palette.paint(chance), chance.random() < 0.55
    for left in (0.22, 0.64):
        pen.rectangle((left, 0.8, left + 0.14, 0.98), _TYRE, 0.02)
    load = shaded((220, 220, 215), chance.uniform(0.7, 1.1)) if chance.random() < 0.5 else paint
    pen.rectangle((0.17, 0.03, 0.83, 0.78), load)
    if rear:
        pen.rectangle((0.21, 0.08, 0.79, 0.72), shaded(load, 0.85))
        pen.line([(0.5, 0.05), (0.5, 0.76)], shaded(load, 0.5), 0.02)
        pen.rectangle((0.17, 0.78, 0.83, 0.86), (60, 60, 64))
        for left in (0.18, 0.72):
            pen.lamp((left, 0.79, left + 0.1, 0.85), _RED)
        if chance.random() < 0.4:
            pen.polygon([(0.17, 0.68), (0.83, 0.68), (0.83, 0.73), (0.17, 0.73)], (230, 180, 40))
        return pen
    pen.rectangle((0.2, 0.34, 0.8, 0.88), paint, 0.04)
    pen.rectangle((0.25, 0.39, 0.75, 0.6), shaded(_GLASS, chance.uniform(0.6, 1.4)), 0.02)
    pen.rectangle((0.32, 0.66, 0.68, 0.8), shaded(paint, 0.4))
    for left in (0.22, 0.66):
        pen.lamp((left, 0.7, left + 0.12, 0.79), _WHITE)
    return pen


def pedestrian(chance: random.Random, palette: Palette) -> Pen:
    """Head, coat, legs in a step."""
    pen, coat = Pen(), palette.paint(chance)
    skin = shaded((226, 176, 140), chance.uniform(0.4, 1.1))
    trousers = shaded(palette.paint(chance), 0.6)
    step, swing = chance.uniform(0.02, 0.12), chance.uniform(0.02, 0.12)
    for sign in (-1, 1):
        pen.line([(0.5 + 0.03 * sign, 0.54), (0.5 + sign * (step + 0.02), 0.95)], trousers, 0.075)
        pen.rectangle((0.46 + sign * step, 0.93, 0.56 + sign * step, 0.98), _TYRE)
        pen.line(
            [(0.5 + 0.08 * sign, 0.24), (0.5 + sign * (0.1 + swing), 0.52)],
            shaded(coat, 0.8),
            0.055,
        )
    long = chance.uniform(0.52, 0.66)
    pen.rectangle((0.405, 0.19, 0.595, long), coat, 0.05)
    pen.oval((0.44, 0.03, 0.56, 0.19), skin)
    hair = shaded((70, 48, 30), chance.uniform(0.3, 2.0))
    pen.arc((0.44, 0.03, 0.56, 0.19), 180, 360, hair, 0.045)
    if chance.random() < 0.3:
        pen.rectangle((0.6, 0.5, 0.7, 0.62), palette.paint(chance))  # a bag
    return pen


def stop_sign(chance: random.Random, palette: Palette) -> Pen:
    """The red octagon with its white rim and word."""
    pen, worn = Pen(), chance.uniform(0.7, 1.05)
    for radius, colour in ((0.48, (240, 240, 240)), (0.43, shaded((200, 24, 32), worn))):
        corners = [math.pi / 8 + k * math.pi / 4 for k in range(8)]
        pen.polygon(
            [(0.5 + radius * math.cos(a), 0.5 + radius * math.sin(a)) for a in corners], colour
        )
    white = (240, 240, 240)
    for stroke in (
        [(0.29, 0.4), (0.18, 0.42), (0.28, 0.52), (0.17, 0.6)],
        [(0.33, 0.4), (0.47, 0.4)], [(0.4, 0.4), (0.4, 0.6)],
        [(0.7, 0.6), (0.7, 0.4), (0.8, 0.42), (0.79, 0.5), (0.7, 0.5)],
    ):  # fmt: skip
        pen.line(stroke, white, 0.045)
    pen.ring((0.5, 0.39, 0.65, 0.61), white, 0.045)
    return pen


def traffic_light(chance: random.Random, palette: Palette) -> Pen:
    """A dark housing of three lamps, one of them on."""
    pen, lit = Pen(), chance.randrange(3)
    pen.rectangle(
        (0.33, 0.03, 0.67, 0.97), chance.choice(((34, 36, 36), (52, 56, 52), (196, 158, 40))), 0.05
    )
    for lamp, colour in enumerate(((255, 44, 36), (255, 190, 40), (60, 240, 120))):
        corners = (0.39, 0.08 + 0.3 * lamp, 0.61, 0.32 + 0.3 * lamp)
        if lamp == lit:
            pen.lamp(corners, colour)
        else:
            pen.oval(corners, shaded(colour, 0.22))
    return pen


def post(chance: random.Random) -> Pen:
    """What signs and lights stand on; of no class."""
    pen = Pen()
    pen.rectangle((0.485, 0.0, 0.515, 1.0), shaded(_STEEL, chance.uniform(0.5, 1.2)))
    return pen


def bin_or_box(chance: random.Random, palette: Palette) -> Pen:
    """A bin, a cone, a bush or a hydrant at the roadside; of no class."""
    pen, paint, style = Pen(), palette.paint(chance), chance.randrange(3)
    if style == 0:
        pen.rectangle((0.25, 0.2, 0.75, 0.95), paint, 0.06)
        pen.rectangle((0.2, 0.12, 0.8, 0.24), shaded(paint, 0.6), 0.03)
    elif style == 1:
        pen.polygon([(0.45, 0.1), (0.55, 0.1), (0.75, 0.92), (0.25, 0.92)], (236, 110, 36))
        pen.polygon([(0.39, 0.4), (0.61, 0.4), (0.66, 0.6), (0.34, 0.6)], (240, 240, 240))
    else:
        for _ in range(8):
            x, y = chance.uniform(0.25, 0.75), chance.uniform(0.4, 0.75)
            green = shaded((60, 110, 50), chance.uniform(0.7, 1.3))
            pen.oval((x - 0.18, y - 0.18, x + 0.18, y + 0.18), green)
    return pen
