"""Scenes as a car's front camera sees them, by day, by night and in rain."""

from __future__ import annotations

import math
import random
from enum import StrEnum

from skills.detection.scenes.cutting import cut, varied
from skills.detection.scenes.palette import PALETTES, Look, Palette
from skills.detection.scenes.pen import Pen
from skills.detection.scenes.scene import Labelled, Scene
from skills.detection.scenes.street import View, street
from skills.detection.scenes.traffic import (
    bin_or_box,
    car,
    pedestrian,
    post,
    stop_sign,
    traffic_light,
    truck,
)
from skills.detection.scenes.weather import blurred, exposed, rained

CLASSES = ("car", "truck", "pedestrian", "stop sign", "traffic light")
_CAR, _TRUCK, _PEDESTRIAN, _STOP, _LIGHT = range(5)
_OFTEN = (0.38, 0.14, 0.2, 0.13, 0.15)  # how often each class is drawn
_LONGER = {_CAR: 0.6, _TRUCK: 0.95, _PEDESTRIAN: 0.75, _STOP: 0.3, _LIGHT: 0.42}  # up close
_NEAREST, _FARTHEST = 0.85, 0.22


class Weather(StrEnum):
    """What the camera looks through."""

    DAY = "day"
    NIGHT = "night"
    RAIN = "rain"


def road(seed: int, look: Look, out: int) -> Labelled:
    """One scene, [out, out, 3]; the same seed gives the same scene at every size."""
    chance = random.Random(f"road {look} {seed}")
    palette, side = PALETTES[look], 2 * out
    view = View(chance.uniform(0.32, 0.48), chance.uniform(0.36, 0.64))
    scene = Scene(street(side, chance, palette, look, view))
    nearness = sorted(
        math.exp(chance.uniform(math.log(_FARTHEST), math.log(_NEAREST)))
        for _ in range(chance.randint(1, 7))
    )
    for near in nearness:  # what is far is painted first
        if chance.random() < 0.25:
            offset = chance.choice((-1, 1)) * chance.uniform(1.0, 1.4)
            thing = bin_or_box(chance, palette)
            _stand(scene, view, thing, (offset, near, 0.25 * near), None, chance)
        _meet(scene, view, palette, near, chance)
    weather = chance.choice(tuple(Weather))
    image = blurred(scene.image, chance)
    dark = 0.0
    if weather is Weather.NIGHT:
        dark = chance.uniform(0.75, 0.98)
    elif weather is Weather.RAIN:
        image, dark = rained(image, chance), chance.choice((0.0, chance.uniform(0.3, 0.8)))
    pixels = exposed(image, scene.light, chance, dark, out)
    boxes, kinds = scene.labels()
    return Labelled(pixels, boxes, kinds)


def _meet(scene: Scene, view: View, palette: Palette, near: float, chance: random.Random) -> None:
    """Something of a class, where such things are."""
    kind = chance.choices(range(5), _OFTEN)[0]
    longer = _LONGER[kind] * near * chance.uniform(0.9, 1.15)
    sides = chance.choice((-1, 1))
    if kind in (_STOP, _LIGHT):
        _on_post(
            scene, view, palette, (sides * chance.uniform(0.95, 1.25), near, longer), kind, chance
        )
        return
    draw = (car, truck, pedestrian)[kind]
    offset = sides * chance.uniform(0.12, 0.75)
    if kind == _PEDESTRIAN:
        offset = sides * chance.uniform(0.2, 1.3)
    _stand(scene, view, draw(chance, palette), (offset, near, longer), kind, chance)


def _stand(
    scene: Scene, view: View, pen: Pen, where: tuple[float, float, float], kind: int | None,
    chance: random.Random,
) -> None:  # fmt: skip
    """Put a thing on the ground; `where`: offset, nearness, longer side."""
    offset, near, longer = where
    varied(pen, chance)
    cutting = cut(pen, longer * scene.side, chance.uniform(-2, 2))
    high = cutting.body.height / scene.side
    for _ in range(3):
        x, y = view.across(offset, near), view.ground(near)
        if scene.place(cutting, (x, y - high / 2), kind):
            return
        offset = -offset + chance.uniform(-0.1, 0.1)


def _on_post(
    scene: Scene, view: View, palette: Palette, where: tuple[float, float, float], kind: int,
    chance: random.Random,
) -> None:  # fmt: skip
    """A sign or a light on its post: the box is around the head alone."""
    offset, near, longer = where
    pen = (stop_sign if kind == _STOP else traffic_light)(chance, palette)
    varied(pen, chance)
    head = cut(pen, longer * scene.side, chance.uniform(-6, 6))
    tall = chance.uniform(0.75, 1.0) * near
    stake = cut(post(chance), tall * scene.side, 0)
    x, foot = view.across(offset, near), view.ground(near)
    if scene.place(head, (x, foot - tall), kind):
        below = foot - tall / 2 + head.body.height / scene.side / 2
        scene.place(stake, (x, below), None)
