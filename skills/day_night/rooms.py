"""A generated room with a window, through which the scene outside is seen: a hard case."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from skills.day_night.light import Light

Canvas = NDArray[np.float32]
_INDOOR_LUX = 150.0  # of a lit lamp in a room
_DAYLIGHT = 0.02  # share of the light outside that reaches a room's walls
_GLASS = 0.6  # of the light through a window


def furnished(view: Canvas, light: Light, chance: np.random.Generator) -> Canvas:
    """Walls, floor and furniture around a window that shows `view`; of the same shape."""
    height, width = view.shape[:2]
    lamp_on = chance.random() < 0.25 + 0.65 * light.lamps
    bulb = np.asarray((1.0, 0.8, 0.55), np.float32) * np.float32(_INDOOR_LUX * lamp_on)
    inside = bulb * np.float32(chance.uniform(0.5, 1.5)) + (
        light.horizon * np.float32(light.lux * _DAYLIGHT) + np.float32(0.2)
    )
    room = np.empty_like(view)
    room[:] = chance.uniform(0.35, 0.8, 3).astype(np.float32) * inside
    floor = int(height * chance.uniform(0.65, 0.85))
    room[floor:] = (
        np.asarray((0.35, 0.25, 0.16), np.float32) * inside * np.float32(chance.uniform(0.5, 1.3))
    )
    _window(room, view, floor, chance)
    for _ in range(int(chance.integers(2, 6))):
        left, wide = int(chance.uniform(-0.1, 0.9) * width), int(chance.uniform(0.1, 0.4) * width)
        top = int(chance.uniform(0.55, 0.85) * height)
        colour = chance.uniform(0.05, 0.6, 3).astype(np.float32)
        room[top : top + int(chance.uniform(0.1, 0.35) * height), max(0, left) : left + wide] = (
            colour * inside
        )
    if lamp_on and chance.random() < 0.6:
        _shine(room, chance.uniform(0.1, 0.9) * width, chance.uniform(0.05, 0.5) * height, bulb)
    return room


def _window(room: Canvas, view: Canvas, floor: int, chance: np.random.Generator) -> None:
    height, width = room.shape[:2]
    wide, tall = int(width * chance.uniform(0.25, 0.6)), int(height * chance.uniform(0.25, 0.5))
    left, top = (
        int(chance.uniform(0.05, 0.95) * (width - wide)),
        int(chance.uniform(0.05, 0.2) * height),
    )
    tall = min(tall, floor - top)
    planes = [
        np.asarray(Image.fromarray(view[:, :, c], "F").resize((wide, tall), Image.Resampling.BOX))
        for c in range(3)
    ]
    frame = room[max(0, top - 2) : top + tall + 2, max(0, left - 2) : left + wide + 2]
    frame *= np.float32(1.3)
    room[top : top + tall, left : left + wide] = np.stack(planes, axis=2) * np.float32(_GLASS)
    room[top : top + tall, left + wide // 2 : left + wide // 2 + 2] = frame[:1, :1]


def _shine(room: Canvas, x: float, y: float, bulb: NDArray[np.float32]) -> None:
    rows, columns = np.ogrid[: room.shape[0], : room.shape[1]]
    away = (rows - y) ** 2 + (columns - x) ** 2
    size = room.shape[1]
    near = np.exp(-away / (2 * (size * 0.15) ** 2)) + 20 * np.exp(-away / (2 * (size * 0.02) ** 2))
    room += near.astype(np.float32)[:, :, None] * bulb
