"""Grounds that are no place at all, each time another: what is learnt on them must be the things.

Domain randomisation (Tobin et al. 2017): where no ground comes twice, a net can't lean on any.
"""

from __future__ import annotations

import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from skills.detection.scenes.grounds import blotches
from skills.detection.scenes.palette import Palette
from skills.detection.scenes.pen import Colour, shaded


def wallpaper(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """A chance motif, again and again on a slanting lattice, each time a little other."""
    draw, side = ImageDraw.Draw(image), image.width
    step, loose = side * chance.uniform(0.06, 0.3), chance.choice((0.0, 0.0, 0.3))
    parts = [_part(chance, palette) for _ in range(chance.randint(1, 4))]
    turn, skew = chance.uniform(0, math.pi), chance.uniform(0.7, 1.3)
    flicker = chance.choice((0.0, 0.15, 0.3))
    reach = int(side / step) + 2
    for row in range(-reach, reach):
        for column in range(-reach, reach):
            along = column + loose * chance.uniform(-1, 1) + (row % 2) / 2
            x = side / 2 + step * (along * math.cos(turn) - skew * row * math.sin(turn))
            y = side / 2 + step * (along * math.sin(turn) + skew * row * math.cos(turn))
            if -step < x < side + step and -step < y < side + step:
                for points, tone in parts:
                    fill = shaded(tone, 1 + flicker * chance.uniform(-1, 1))
                    draw.polygon([(x + step * u, y + step * v) for u, v in points], fill=fill)
    blotches(image, chance, chance.uniform(0, 0.1), chance.choice((6, 40)))


def marbled(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Levels of noise: smooth or sharp edged, coarse or fine, with as many colours as levels."""
    grain = np.random.default_rng(chance.randrange(2**32))
    heights = np.zeros((image.height, image.width), dtype=np.float32)
    cells, flat = chance.choice((4, 8, 16, 32)), chance.choice((1, 1, 3))
    for octave in range(3):
        shape = (cells * 2**octave, max(2, cells * 2**octave // flat))
        coarse = Image.fromarray(grain.normal(0, 0.6**octave, shape).astype(np.float32))
        heights += np.asarray(coarse.resize(image.size, Image.Resampling.BICUBIC))
    _coloured(image, heights if chance.random() < 0.5 else heights.T, chance, palette)


def waves(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Two or three waves of slanting fronts, rings or both, over each other."""
    place = np.linspace(-0.5, 0.5, image.width, dtype=np.float32)
    heights = np.zeros((image.height, image.width), dtype=np.float32)
    for _ in range(chance.randint(2, 3)):
        often, turn = chance.uniform(3, 18) * 2 * math.pi, chance.uniform(0, math.pi)
        x, y = place[None, :] - chance.uniform(-1, 1), place[:, None] - chance.uniform(-1, 1)
        fronts = math.cos(turn) * x + math.sin(turn) * y
        heights += np.sin(often * (fronts if chance.random() < 0.6 else np.hypot(x, y)))
    _coloured(image, heights, chance, palette)


def _part(chance: random.Random, palette: Palette) -> tuple[list[tuple[float, float]], Colour]:
    """A polygon around the lattice point, in steps of the lattice, and its colour."""
    corners, size = chance.choice((3, 4, 4, 5, 6, 16)), chance.uniform(0.1, 0.6)
    x, y = chance.uniform(-0.3, 0.3), chance.uniform(-0.3, 0.3)
    turn, flat, rough = chance.uniform(0, math.tau), chance.uniform(0.1, 1), chance.choice((0, 0.4))
    points = []
    for corner in range(corners):
        far, angle = size * (1 - rough * chance.random()), math.tau * corner / corners
        u, v = far * math.cos(angle), far * flat * math.sin(angle)
        points.append((x + u * math.cos(turn) - v * math.sin(turn),
                       y + u * math.sin(turn) + v * math.cos(turn)))  # fmt: skip
    return points, palette.wall(chance) if chance.random() < 0.6 else palette.paint(chance)


def _coloured(
    image: Image.Image, heights: NDArray[np.float32], chance: random.Random, palette: Palette
) -> None:
    """Heights [side, side] as colours, in bands or flowing, in place."""
    bands = chance.randint(2, 5)
    tones = [palette.wall(chance) for _ in range(bands)]
    if chance.random() < 0.3:
        tones[0] = palette.paint(chance)
    ranks = (heights - heights.min()) / max(1e-6, float(np.ptp(heights))) * (bands - 1)
    sharp = chance.choice((1.0, 3.0, 20.0))
    whole = np.floor(ranks)
    ranks = whole + ((ranks - whole - 0.5) * sharp + 0.5).clip(0, 1)
    levels = np.arange(bands)
    rgb = [np.interp(ranks, levels, [tone[part] for tone in tones]) for part in range(3)]
    image.paste(Image.fromarray(np.stack(rgb, axis=2).astype(np.uint8)))
