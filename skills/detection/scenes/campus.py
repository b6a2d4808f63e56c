"""Scenes of a campus: eight kinds of things among clutter."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from skills.detection.scenes.backgrounds import background
from skills.detection.scenes.cutting import cut, varied
from skills.detection.scenes.indoors import backpack, book, chair, cup
from skills.detection.scenes.outdoors import ball, bicycle, lamp, tree
from skills.detection.scenes.palette import PALETTES, Look, Palette
from skills.detection.scenes.pen import Pen
from skills.detection.scenes.scene import Labelled, Scene
from skills.detection.scenes.weather import blurred, exposed

CLASSES = ("bicycle", "backpack", "book", "cup", "tree", "lamp", "ball", "chair")
_DRAW: tuple[Callable[[random.Random, Palette], Pen], ...] = (
    bicycle, backpack, book, cup, tree, lamp, ball, chair,
)  # fmt: skip
_LEANS = {"book": 50.0, "ball": 180.0, "backpack": 20.0}  # degrees; others at most a few
_TALL = {"lamp": 0.27}  # the smallest of a thin thing, which would otherwise be 3 pixels wide
_SMALLEST, _LARGEST = 0.13, 0.52  # a thing's longer side as a share of the picture's


def campus(seed: int, look: Look, out: int) -> Labelled:
    """One scene, [out, out, 3]; the same seed gives the same scene at every size."""
    chance = random.Random(f"campus {look} {seed}")
    palette, side = PALETTES[look], 2 * out
    scene = Scene(background(side, chance, palette, look))
    for _ in range(chance.randint(0, 4)):
        _throw_in(scene, _junk(chance, palette), chance, None)
    for _ in range(chance.randint(1, 6)):
        kind = chance.randrange(len(CLASSES))
        pen = _DRAW[kind](chance, palette)
        varied(pen, chance)
        _throw_in(scene, pen, chance, kind)
    for _ in range(chance.randint(0, 2)):
        _throw_in(scene, _junk(chance, palette), chance, None)
    darkness = chance.choice((0.0, 0.0, 0.0, chance.uniform(0.2, 0.7)))
    pixels = exposed(blurred(scene.image, chance), scene.light, chance, darkness, out)
    boxes, kinds = scene.labels()
    return Labelled(pixels, boxes, kinds)


def _throw_in(scene: Scene, pen: Pen, chance: random.Random, kind: int | None) -> None:
    """Find a place at which it hides nothing; give up after some tries."""
    name = "" if kind is None else CLASSES[kind]
    smallest, lean = _TALL.get(name, _SMALLEST), _LEANS.get(name, 8.0)
    size = math.exp(chance.uniform(math.log(smallest), math.log(_LARGEST)))
    cutting = cut(pen, size * scene.side, chance.uniform(-lean, lean))
    for _ in range(6):
        middle = (chance.uniform(0.02, 0.98), chance.uniform(0.08, 0.96))
        if scene.place(cutting, middle, kind):
            return


def _junk(chance: random.Random, palette: Palette) -> Pen:
    """Something of no class: a box, a post, a sign, a blob, a bush of strokes."""
    pen, paint = Pen(), palette.paint(chance)
    style = chance.randrange(5)
    if style == 0:
        pen.rectangle((0.1, chance.uniform(0.1, 0.6), 0.9, 0.9), paint, chance.uniform(0, 0.1))
    elif style == 1:
        pen.rectangle((0.46, 0.02, 0.54, 0.98), paint)
    elif style == 2:
        pen.rectangle((0.47, 0.4, 0.53, 0.98), (90, 90, 90))
        pen.polygon([(0.5, 0.05), (0.85, 0.55), (0.15, 0.55)], paint)
    elif style == 3:
        points = [(chance.random(), chance.random()) for _ in range(5)]
        pen.polygon(points, paint)
    else:
        for _ in range(12):
            ends = [(0.5, 0.95), (chance.uniform(0.05, 0.95), chance.uniform(0.3, 0.8))]
            pen.line(ends, paint, 0.03)
    varied(pen, chance)
    return pen
