"""Backgrounds and a camera's faults for generated pictures, some kept for held-out tests.

A net that learnt one kind of wall may have learnt the wall: SEEN backdrops are for training, UNSEEN
ones only for scoring.
"""

from __future__ import annotations

import colorsys
import random

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter
from torch import Tensor

SEEN = ("plain", "gradient", "stripes", "blobs")
UNSEEN = ("bricks", "checks", "tiles")
Colour = tuple[int, int, int]


def colour(hue: float, saturation: float, value: float) -> Colour:
    """A colour of hue, saturation and value, each 0 to 1 (the hue goes round)."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def shaded(base: Colour, factor: float) -> Colour:
    """The colour darker (factor below 1) or lighter."""
    red, green, blue = (min(255, max(0, round(part * factor))) for part in base)
    return red, green, blue


def backdrop(kind: str, size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A background of SEEN or UNSEEN, (width, height) pixels."""
    base = colour(chance.random(), chance.uniform(0.05, 0.6), chance.uniform(0.35, 0.95))
    image = Image.new("RGB", size, base)
    if kind == "gradient":
        mask = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(size)
        image.paste(shaded(base, chance.uniform(0.5, 0.85)), (0, 0), mask)
    elif kind != "plain":
        _pattern(kind, ImageDraw.Draw(image), size, base, chance)
    return image


def _pattern(
    kind: str,
    draw: ImageDraw.ImageDraw,
    size: tuple[int, int],
    base: Colour,
    chance: random.Random,
) -> None:
    width, height = size
    step = max(4, round(chance.uniform(0.1, 0.25) * min(size)))
    other = shaded(base, chance.uniform(0.7, 1.25))
    if kind == "blobs":
        for _ in range(12):
            x, y = chance.uniform(0, width), chance.uniform(0, height)
            wide = chance.uniform(0.05, 0.25) * width
            tone = shaded(base, chance.uniform(0.7, 1.2))
            draw.ellipse((x - wide, y - wide / 2, x + wide, y + wide / 2), fill=tone)
    elif kind == "stripes":
        for x in range(0, width, 2 * step):
            draw.rectangle((x, 0, x + step, height), fill=other)
    elif kind == "checks":
        for row, y in enumerate(range(0, height, step)):
            for x in range(step * (row % 2), width, 2 * step):
                draw.rectangle((x, y, x + step, y + step), fill=other)
    else:  # bricks lie shifted, tiles do not
        for row, y in enumerate(range(0, height, step)):
            draw.line((0, y, width, y), fill=other, width=max(1, step // 8))
            shift = step * (row % 2) if kind == "bricks" else 0
            for x in range(shift, width, 2 * step):
                draw.line((x, y, x, y + step), fill=other, width=max(1, step // 8))


def photographed(image: Image.Image, chance: random.Random, faults: float = 1.0) -> Image.Image:
    """As a cheap camera sees it: light from a side, a cast of colour, blur and noise."""
    if chance.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(faults * chance.uniform(0, 0.7)))
    pixels = np.asarray(image, dtype=np.float32) / 255  # [height, width, 3]
    across = np.linspace(-1, 1, pixels.shape[1], dtype=np.float32)[None, :, None]
    down = np.linspace(-1, 1, pixels.shape[0], dtype=np.float32)[:, None, None]
    light = 1 + faults * (chance.uniform(-0.2, 0.2) * across + chance.uniform(-0.2, 0.2) * down)
    cast = np.array([chance.uniform(1 - 0.1 * faults, 1 + 0.1 * faults) for _ in range(3)])
    gain = chance.uniform(1 - 0.25 * faults, 1 + 0.15 * faults)
    grain = np.random.default_rng(chance.getrandbits(32)).normal(size=pixels.shape)
    seen = pixels * light * cast * gain + faults * chance.uniform(0.005, 0.04) * grain
    return Image.fromarray((seen.clip(0, 1) * 255).astype(np.uint8))


def pixels_of(image: Image.Image, size: tuple[int, int]) -> Tensor:
    """[3, height, width] in 0..1 of the picture at (width, height)."""
    small = image.convert("RGB")
    if small.size != size:
        small = small.resize(size, Image.Resampling.BOX if small.width > size[0] else None)
    values = np.asarray(small, dtype=np.float32) / np.float32(255)
    return torch.from_numpy(values.transpose(2, 0, 1).copy())


def bytes_of(image: Image.Image, size: tuple[int, int]) -> Tensor:
    """The same as whole numbers 0 to 255, a quarter of the memory."""
    return (pixels_of(image, size) * 255).round().byte()
