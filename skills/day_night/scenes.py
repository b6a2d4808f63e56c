"""Generated scenes for training, slices and samples: streets and towns, at any height of the sun.

They are drawings, not photographs: figures on them are labelled so and never stand for real ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from skills.day_night.camera import photograph
from skills.day_night.light import Light, is_dusk, is_night, light_of
from skills.day_night.rooms import furnished

Canvas = NDArray[np.float32]  # [h, w, 3], radiance in lux
_ROOFS = ((0.45, 0.18, 0.12), (0.35, 0.33, 0.32), (0.25, 0.14, 0.1), (0.5, 0.42, 0.35))
_WALLS = (
    (0.7, 0.66, 0.58),
    (0.5, 0.48, 0.46),
    (0.62, 0.5, 0.38),
    (0.35, 0.36, 0.4),
    (0.8, 0.8, 0.78),
)
_LAMPS = ((1.0, 0.55, 0.18), (1.0, 0.75, 0.45), (0.8, 0.95, 1.0), (0.7, 1.0, 0.85))
_LAMP_LUX = 40.0  # around a street lamp


@dataclass(frozen=True)
class Scene:
    """A generated picture and what is true of it."""

    picture: Image.Image
    sun: float  # height in degrees
    indoor: bool = False

    @property
    def night(self) -> bool:
        """The label."""
        return is_night(self.sun)

    @property
    def slice(self) -> str:
        """The one of "day", "dusk", "night" and "indoor" that it is counted in."""
        if self.indoor:
            return "indoor"
        return "dusk" if is_dusk(self.sun) else "night" if self.night else "day"


def scene(sun: float, seed: int, indoor: bool = False, side: int = 96) -> Scene:
    """The scene of a seed with the sun at a height; the same seed at another hour is another."""
    chance = np.random.default_rng(seed)
    light = light_of(
        sun, clouds=float(chance.beta(0.7, 1)), glow=float(10 ** chance.uniform(-2.5, 0.6))
    )
    view = outdoors(light, side, side, chance)
    if indoor:
        view = furnished(view, light, chance)
    return Scene(Image.fromarray(photograph(view, chance), "RGB"), sun, indoor)


def outdoors(light: Light, height: int, width: int, chance: np.random.Generator) -> Canvas:
    """What a webcam over a town sees: sky, hills, houses, trees, a square with lamps."""
    horizon = int(height * chance.choice([0.12, 0.3, 0.42, 0.52], p=[0.15, 0.3, 0.35, 0.2]))
    canvas = _sky(light, height, width, horizon, chance)
    ambient = np.asarray(light.lux * (light.zenith + light.horizon) / 2, np.float32)
    lit = np.asarray(ambient + light.lux * light.sun, np.float32)
    ground = np.asarray(chance.uniform(0.08, 0.35, 3) * 0.3 + chance.uniform(0.05, 0.3), np.float32)
    shade = np.where(chance.random() < 0.5, lit, ambient)
    fade = np.linspace(0.8, 1.1, height - horizon, dtype=np.float32)[:, None, None]
    canvas[horizon:] = ground * shade * fade
    _hill(canvas, horizon, ambient, chance)
    for _ in range(int(chance.integers(3, 22))):
        _house(canvas, horizon, light, ambient, lit, chance)
    for _ in range(int(chance.integers(0, 10))):
        _tree(canvas, horizon, ambient, chance)
    for _ in range(int(chance.integers(1, 26))):
        _lamp(canvas, horizon, light, chance)
    return canvas


def _sky(
    light: Light, height: int, width: int, horizon: int, chance: np.random.Generator
) -> Canvas:
    """Zenith to horizon, with soft clouds and by day perhaps the sun itself."""
    share = np.linspace(0, 1, max(horizon, 1), dtype=np.float32)[:, None, None] ** 1.5
    sky = (light.zenith * (1 - share) + light.horizon * share) * light.lux * 0.9
    sky = np.broadcast_to(sky, (max(horizon, 1), width, 3)).copy()
    coarse = Image.fromarray(chance.random((4, 6)).astype(np.float32), "F")
    cloud = np.asarray(coarse.resize((width, max(horizon, 1)), Image.Resampling.BICUBIC))
    sky *= (1 + 0.35 * (cloud[:, :, None] - 0.5)).astype(np.float32)
    canvas = np.zeros((height, width, 3), np.float32)
    canvas[: len(sky)] = sky
    if light.sun.any() and chance.random() < 0.25:
        _add_glow(
            canvas,
            chance.uniform(0, width),
            chance.uniform(0, horizon),
            width * 0.12,
            light.sun * light.lux * 8,
        )
    return canvas


def _hill(
    canvas: Canvas, horizon: int, ambient: NDArray[np.float32], chance: np.random.Generator
) -> None:
    height, width = canvas.shape[:2]
    x = np.arange(width)
    waves = sum(np.sin(x / width * f + chance.uniform(0, 6)) / f for f in (3.0, 7.0, 15.0))
    top = horizon - np.maximum(0, (waves + 0.2) * horizon * chance.uniform(0, 0.9)).astype(int)
    mask = (np.arange(height)[:, None] >= top) & (np.arange(height)[:, None] < horizon)
    canvas[mask] = np.asarray(chance.uniform(0.05, 0.25, 3), np.float32) * ambient


def _house(canvas: Canvas, horizon: int, light: Light, ambient: NDArray[np.float32],
           lit: NDArray[np.float32], chance: np.random.Generator) -> None:  # fmt: skip
    """A front with windows and a roof; the fronts that face the sun are bright."""
    height, width = canvas.shape[:2]
    foot = int(chance.uniform(horizon, height * 1.1))
    tall, wide = int(height * chance.uniform(0.08, 0.4)), int(width * chance.uniform(0.06, 0.3))
    left, top = int(chance.uniform(-0.1, 1) * width), max(0, foot - tall)
    shine = lit if chance.random() < 0.4 else ambient * 0.7
    # By night the street lamps light the fronts from below; some are floodlit.
    flood = light.lamps * _LAMP_LUX * 10 ** chance.uniform(-2.5, 0.3)
    wall = np.asarray(_WALLS[chance.integers(len(_WALLS))], np.float32)
    colour = np.asarray(_LAMPS[chance.integers(len(_LAMPS))], np.float32)
    box = (slice(top, foot), slice(max(0, left), max(0, left + wide)))
    canvas[box] = wall * (shine + flood * colour)
    roof = slice(max(0, top - tall // 5), top)
    canvas[roof, box[1]] = np.asarray(_ROOFS[chance.integers(len(_ROOFS))], np.float32) * shine
    step = max(3, width // 24)
    for y in range(top + 2, min(foot, height) - 2, step):
        for x in range(left + 2, left + wide - 2, step):
            if 0 <= x < width - 1:
                on = chance.random() < 0.4 * light.lamps
                canvas[y : y + step // 2, x : x + step // 2] = (
                    colour * _LAMP_LUX * chance.uniform(0.5, 3) + 0.1 * ambient
                    if on
                    else 0.15 * shine
                )


def _tree(
    canvas: Canvas, horizon: int, ambient: NDArray[np.float32], chance: np.random.Generator
) -> None:
    height, width = canvas.shape[:2]
    y, x = chance.uniform(horizon, height), chance.uniform(0, width)
    size = height * chance.uniform(0.04, 0.16)
    rows, columns = np.ogrid[:height, :width]
    mask = ((rows - y) ** 2 + (columns - x) ** 2 * chance.uniform(0.8, 2)) < size**2
    canvas[mask] = np.asarray((0.08, 0.14, 0.05), np.float32) * ambient * chance.uniform(0.5, 1.5)


def _lamp(canvas: Canvas, horizon: int, light: Light, chance: np.random.Generator) -> None:
    """A street lamp and the ground that it lights, if it is on."""
    if chance.random() > light.lamps:
        return
    height, width = canvas.shape[:2]
    colour = np.asarray(_LAMPS[chance.integers(len(_LAMPS))], np.float32)
    x, y = chance.uniform(0, width), chance.uniform(max(0, horizon - height * 0.1), height)
    power = _LAMP_LUX * 10 ** chance.uniform(-0.7, 0.5)
    _add_glow(canvas, x, y, width * chance.uniform(0.03, 0.16), colour * power * 0.3)
    _add_glow(canvas, x, y, width * chance.uniform(0.006, 0.018), colour * power * 30)


def _add_glow(canvas: Canvas, x: float, y: float, size: float, colour: NDArray[np.float32]) -> None:
    rows, columns = np.ogrid[: canvas.shape[0], : canvas.shape[1]]
    bell = np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / (2 * size**2)).astype(np.float32)
    canvas += bell[:, :, None] * colour
