"""Paintings made by code, to take a style from: swirling strokes, waves, a mosaic, dots.

None copies a picture; each takes the manner of a kind of painting. All are square and drawn at
twice their size, so that edges are smooth.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
_LARGER = 2  # drawn so much larger, then reduced


def _mixed(colour: NDArray[np.floating], chance: np.random.Generator, spread: float) -> Colour:
    """A colour near another one: paint is never quite even."""
    light = chance.normal(0, spread)
    red, green, blue = np.clip(colour + light + chance.normal(0, spread / 3, 3), 0, 255)
    return int(red), int(green), int(blue)


def _between(palette: list[Colour], place: float) -> NDArray[np.floating]:
    """A colour of a palette, `place` from its first (0) to its last (1)."""
    at = min(max(place, 0.0), 0.9999) * (len(palette) - 1)
    low = np.array(palette[int(at)], dtype=float)
    high = np.array(palette[int(at) + 1], dtype=float)
    colour: NDArray[np.floating] = low + (high - low) * (at % 1)
    return colour


def _stroke(
    draw: ImageDraw.ImageDraw,
    start: tuple[float, float],
    angle_at: Callable[[float, float], float],
    length: int,
    width: int,
    colour: Colour,
) -> None:
    """A brush stroke that follows a field of directions."""
    points, (x, y) = [start], start
    for _ in range(length):
        angle = angle_at(x, y)
        x, y = x + math.cos(angle) * width * 0.8, y + math.sin(angle) * width * 0.8
        points.append((x, y))
    draw.line(points, fill=colour, width=width, joint="curve")
    for point_x, point_y in (points[0], points[-1]):
        half = width / 2 - 0.5
        draw.ellipse((point_x - half, point_y - half, point_x + half, point_y + half), fill=colour)


def strokes(size: int, chance: np.random.Generator) -> Image.Image:
    """Thick strokes that swirl around a few lights in a blue night."""
    side = size * _LARGER
    night: list[Colour] = [(16, 26, 82), (28, 62, 148), (64, 122, 190), (150, 190, 205)]
    lights: list[Colour] = [(190, 140, 40), (240, 196, 66), (252, 236, 150)]
    centres = [(*chance.uniform(0.08, 0.92, 2) * side, chance.uniform(0.1, 0.17) * side)
               for _ in range(5)]  # fmt: skip
    image = Image.new("RGB", (side, side), (30, 50, 120))
    draw = ImageDraw.Draw(image)

    def angle_at(x: float, y: float) -> float:
        drift = [math.cos(0.25 * math.sin(5 * x / side)), 0.5 * math.sin(7 * y / side + x / side)]
        for centre_x, centre_y, reach in centres:
            away_x, away_y = x - centre_x, y - centre_y
            pull = 2.5 * math.exp(-(away_x**2 + away_y**2) / (2 * (1.3 * reach) ** 2))
            distance = math.hypot(away_x, away_y) + 1
            drift[0] -= pull * away_y / distance
            drift[1] += pull * away_x / distance
        return math.atan2(drift[1], drift[0])

    for x, y in chance.uniform(-0.05, 1.05, (5200, 2)) * side:
        shine = max(1 - math.hypot(x - cx, y - cy) / reach for cx, cy, reach in centres)
        wave = 0.5 + 0.5 * math.sin(6 * y / side + 3 * math.sin(4 * x / side))
        base = _between(lights, shine) if shine > 0.18 else _between(night, wave)
        width = int(chance.integers(4, 8) * side / 640) + 1
        _stroke(draw, (x, y), angle_at, int(chance.integers(4, 11)), width,
                _mixed(base, chance, 18))  # fmt: skip
    return image.resize((size, size), Image.Resampling.LANCZOS)


def waves(size: int, chance: np.random.Generator) -> Image.Image:
    """Rows of waves with foam, as on a woodcut: indigo, sea green, cream."""
    side = size * _LARGER
    sea: list[Colour] = [(18, 42, 84), (34, 84, 130), (96, 152, 170)]
    cream = (240, 230, 204)
    image = Image.new("RGB", (side, side), (226, 208, 170))
    draw = ImageDraw.Draw(image)
    step = side / 6
    for row in range(-1, 15):
        for column in range(-1, 8):
            x = (column + (row % 2) / 2) * step + chance.normal(0, step * 0.05)
            y = row * step * 0.5 + chance.normal(0, step * 0.04)
            for ring in range(5):
                reach = step * (0.62 - 0.115 * ring)
                colour = cream if ring % 2 else _mixed(_between(sea, chance.random()), chance, 8)
                draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)
            for angle in np.linspace(math.pi * 1.1, math.pi * 1.9, 9):  # foam on the crest
                at_x, at_y = x + math.cos(angle) * step * 0.6, y + math.sin(angle) * step * 0.6
                drop = step * chance.uniform(0.02, 0.05)
                draw.ellipse((at_x - drop, at_y - drop, at_x + drop, at_y + drop), fill=cream)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def mosaic(size: int, chance: np.random.Generator) -> Image.Image:
    """Tiles in dark mortar: terracotta, ochre, turquoise, in bands that bend."""
    side = size * _LARGER
    palette: list[Colour] = [
        (150, 48, 36), (206, 104, 50), (232, 186, 96), (240, 226, 190), (70, 150, 150),
        (24, 76, 110),
    ]  # fmt: skip
    count = 26
    grid = np.stack(np.meshgrid(np.arange(count), np.arange(count)), axis=-1).reshape(-1, 2)
    points = (grid + 0.5 + chance.uniform(-0.27, 0.27, grid.shape)) * side / count
    rows, columns = np.mgrid[0:side, 0:side]
    near = np.full((2, side, side), np.inf)  # squared distances of the two nearest tiles
    owner = np.zeros((side, side), dtype=int)
    for index, (x, y) in enumerate(points):
        reach = int(side / count * 2)
        top, left = max(0, int(y) - reach), max(0, int(x) - reach)
        part = np.s_[top : int(y) + reach, left : int(x) + reach]
        distance = (rows[part] - y) ** 2 + (columns[part] - x) ** 2
        first, second = near[0][part], near[1][part]
        owner[part] = np.where(distance < first, index, owner[part])
        near[1][part] = np.minimum(second, np.maximum(first, distance))
        near[0][part] = np.minimum(first, distance)
    tones = np.array([
        _mixed(_between(palette, (0.5 + 0.5 * math.sin(5 * x / side + 4 * math.sin(3 * y / side)))),
               chance, 16)
        for x, y in points
    ])  # fmt: skip
    pixels = tones[owner].astype(float)
    edge = np.sqrt(near[1]) - np.sqrt(near[0])  # small between tiles
    mortar = np.clip((edge - side / count * 0.1) / 3, 0, 1)[..., None]
    pixels = pixels * mortar + np.array([44, 36, 34]) * (1 - mortar)
    image = Image.fromarray(pixels.astype(np.uint8), "RGB")
    return image.resize((size, size), Image.Resampling.LANCZOS)


def dots(size: int, chance: np.random.Generator) -> Image.Image:
    """Dots of pure colour, laid over each other: a meadow in the sun from near by."""
    side = size * _LARGER
    sky: list[Colour] = [(120, 170, 225), (196, 214, 236), (250, 220, 180)]
    field: list[Colour] = [(60, 130, 60), (150, 180, 60), (236, 206, 80), (226, 120, 110)]
    image = Image.new("RGB", (side, side), (238, 230, 210))
    draw = ImageDraw.Draw(image)
    for x, y in chance.uniform(0, 1, (9000, 2)):
        edge = 0.42 + 0.08 * math.sin(6 * x)
        base = _between(sky, y / edge) if y < edge else _between(field, chance.random())
        if chance.random() < 0.14:  # another hue of the same light makes its neighbours glow
            base = base[[2, 0, 1]]
        reach = side * chance.uniform(0.006, 0.012)
        draw.ellipse(
            (x * side - reach, y * side - reach, x * side + reach, y * side + reach),
            fill=_mixed(base, chance, 14),
        )
    return image.filter(ImageFilter.GaussianBlur(0.6)).resize(
        (size, size), Image.Resampling.LANCZOS
    )


PAINTINGS: dict[str, Callable[[int, np.random.Generator], Image.Image]] = {
    "strokes": strokes, "waves": waves, "mosaic": mosaic, "dots": dots,
}  # fmt: skip


def painting(name: str, size: int, seed: int = 0) -> Image.Image:
    """A painting by its name (a key of PAINTINGS), `size` pixels square."""
    return PAINTINGS[name](size, np.random.default_rng(seed))
