"""Draws a person at the door."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw

from skills.happy_house.person import Moment, Person
from skills.kit.scenery import Colour, backdrop, photographed, shaded

SIZE = 64  # pixels of the network's pictures, a side
OVER = 4  # pixels drawn for each of them
Point = tuple[float, float]
_DARK, _WHITE = (30, 25, 25), (245, 245, 240)


class _Pen:
    """Draws in units of the head: x to the right, y down, the head from -1 to 1 in y."""

    def __init__(self, image: Image.Image, moment: Moment) -> None:
        self.draw, self.moment = ImageDraw.Draw(image), moment
        self.unit = 0.36 * image.width * moment.size
        self.middle = (
            image.width * (0.5 + moment.shift[0]),
            image.height * (0.52 + moment.shift[1]),
        )

    def at(self, x: float, y: float) -> Point:
        """Pixels."""
        cos, sin = math.cos(self.moment.turn), math.sin(self.moment.turn)
        return (
            self.middle[0] + self.unit * (cos * x - sin * y),
            self.middle[1] + self.unit * (sin * x + cos * y),
        )

    def area(self, points: list[Point], fill: Colour) -> None:
        """A filled polygon."""
        self.draw.polygon([self.at(*point) for point in points], fill=fill)

    def line(self, points: list[Point], fill: Colour, thick: float) -> None:
        """A line `thick` units wide."""
        pen = max(1, round(thick * self.unit))
        self.draw.line([self.at(*point) for point in points], fill=fill, width=pen, joint="curve")

    def oval(self, x: float, y: float, wide: float, tall: float, fill: Colour) -> None:
        """A filled ellipse around (x, y)."""
        steps = [2 * math.pi * step / 32 for step in range(32)]
        self.area([(x + wide * math.cos(turn), y + tall * math.sin(turn)) for turn in steps], fill)


def draw_face(
    person: Person, moment: Moment, scene: str, chance: random.Random, scale: int = 1
) -> Image.Image:
    """The photo, SIZE · scale pixels a side, before a backdrop named in kit.scenery."""
    side = SIZE * OVER * scale
    image = backdrop(scene, (side, side), chance)
    pen = _Pen(image, moment)
    _behind(pen, person, chance)
    pen.oval(0, 0, person.wide, 1, person.skin)
    _eyes(pen, person, moment)
    tip = (0.02, 0.12 + person.nose)
    pen.line([(0, -0.05), (-0.09, tip[1]), tip], shaded(person.skin, 0.75), 0.05)
    _beard(pen, person)
    _mouth(pen, person, moment)
    _top(pen, person)
    small = image.resize((SIZE * scale, SIZE * scale), Image.Resampling.BOX)
    return photographed(small, chance)


def _behind(pen: _Pen, person: Person, chance: random.Random) -> None:
    cloth = shaded(person.hair_colour, chance.uniform(0.6, 1.6))
    pen.area([(-1.2, 2.2), (-0.8, 1.1), (0.8, 1.1), (1.2, 2.2)], cloth)
    pen.area([(-0.3, 0.7), (0.3, 0.7), (0.35, 1.3), (-0.35, 1.3)], shaded(person.skin, 0.85))
    if person.hair == "long":
        pen.oval(0, 0.1, person.wide + 0.2, 1.2, person.hair_colour)
    if person.hair == "curly":
        for step in range(14):
            turn = math.pi * (1 + step / 13)
            x, y = person.wide * math.cos(turn), 0.9 * math.sin(turn)
            pen.oval(x, y, 0.3, 0.3, person.hair_colour)
    for side in (-1, 1):
        pen.oval(side * person.wide, 0.02, 0.12, 0.2, shaded(person.skin, 0.9))


def _eyes(pen: _Pen, person: Person, moment: Moment) -> None:
    tall = 0.13 * (1 - 0.6 * moment.squint)
    for side in (-1, 1):
        x = side * person.eyes_apart
        pen.oval(x, -0.18, 0.16, tall, _WHITE)
        pen.oval(x, -0.18, 0.07, min(tall, 0.08), _DARK)
        # Sad brows rise at their inner ends.
        inner, outer = -0.42 + 0.07 * moment.brows, -0.42 - 0.05 * moment.brows
        brow = [(x - side * 0.17, inner), (x + side * 0.17, outer)]
        pen.line(brow, shaded(person.hair_colour, 0.7), 0.07)
        if person.glasses:
            ring = [2 * math.pi * step / 24 for step in range(25)]
            frame = [(x + 0.25 * math.cos(a), -0.17 + 0.21 * math.sin(a)) for a in ring]
            pen.line(frame, _DARK, 0.04)
    if person.glasses:
        pen.line([(0.25 - person.eyes_apart, -0.2), (person.eyes_apart - 0.25, -0.2)], _DARK, 0.04)


def _beard(pen: _Pen, person: Person) -> None:
    if person.beard == "full":
        pen.oval(0, 0.66, 0.75 * person.wide, 0.36, person.hair_colour)
    if person.beard == "moustache":
        pen.oval(0, 0.34, 0.3, 0.07, person.hair_colour)


def _mouth(pen: _Pen, person: Person, moment: Moment) -> None:
    """A parabola whose ends are up in a good mood; open mouths show teeth in any mood."""
    half, middle = 0.36, 0.56
    steps = [step / 12 for step in range(-12, 13)]
    bend = 0.2 * moment.curve
    upper = [(half * t, middle + bend * (0.5 - t * t)) for t in steps]
    lips = (165, 60, 65) if sum(person.skin) > 330 else (120, 45, 50)
    if moment.opening > 0.15:
        gap = 0.2 * moment.opening
        lower = [(x, y + gap * (1 - t * t)) for (x, y), t in zip(upper, steps, strict=True)]
        pen.area([*upper, *reversed(lower)], _WHITE if moment.opening < 0.6 else (70, 20, 25))
        pen.line(lower, lips, person.lips)
    pen.line(upper, lips, person.lips + 0.02)


def _top(pen: _Pen, person: Person) -> None:
    """Hair or a cap above the forehead."""
    if person.hair == "bald":
        return
    low = -0.55 if person.hair != "cap" else -0.6
    edge = [math.pi * (1 + step / 20) for step in range(21)]
    crown = [((person.wide + 0.05) * math.cos(a), low + (1.1 + low) * math.sin(a)) for a in edge]
    pen.area(crown, person.hair_colour)
    if person.hair == "cap":
        brim = [(-person.wide - 0.1, low), (person.wide + 0.25, low)]
        pen.line(brim, shaded(person.hair_colour, 0.7), 0.14)
