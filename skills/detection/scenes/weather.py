"""What a camera makes of a painted scene: light, dark, rain, blur, noise."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

_DAMP = 0.45  # how strongly rain hides far things


def exposed(
    image: Image.Image, light: Image.Image, chance: random.Random, darkness: float, out: int
) -> NDArray[np.uint8]:
    """The picture [out, out, 3]; `darkness` 0 is day, 1 a night in which only lamps shine.

    The chance numbers drawn do not depend on `out`, so that a scene can be had at any size.
    """
    pixels: NDArray[np.floating] = _small(image, out)
    across, down = chance.uniform(-0.3, 0.3), chance.uniform(-0.3, 0.2)
    ramp = np.linspace(-0.5, 0.5, out, dtype=np.float32)
    shade = 1 + across * ramp[None, :] + down * ramp[:, None]
    tint = np.asarray([chance.uniform(0.92, 1.08) for _ in range(3)], dtype=np.float32)
    gain = chance.uniform(0.75, 1.15)
    pixels = pixels * shade[..., None] * tint * gain
    if darkness:
        night = np.asarray([0.62, 0.72, 1.0], dtype=np.float32)
        glow = light.filter(ImageFilter.BoxBlur(image.width * 0.03))
        pixels = pixels * (1 - darkness * (1 - 0.42 * night)) + darkness * (
            0.85 * _small(light, out) + 1.6 * _small(glow, out)
        )
    grain = np.random.default_rng(chance.randrange(2**32))
    noise = chance.uniform(1, 9) * grain.standard_normal((out, out, 1), dtype=np.float32)
    coloured = chance.uniform(0, 4) * grain.standard_normal((out, out, 3), dtype=np.float32)
    return np.asarray((pixels + noise + coloured).clip(0, 255), dtype=np.uint8)


def blurred(image: Image.Image, chance: random.Random) -> Image.Image:
    """Now and then a little out of focus."""
    radius = chance.choice((0.0, 0.0, chance.uniform(0.001, 0.006)))
    return image.filter(ImageFilter.GaussianBlur(radius * image.width)) if radius else image


def rained(image: Image.Image, chance: random.Random) -> Image.Image:
    """A grey veil and streaks."""
    side = image.width
    veil = Image.new("RGB", image.size, (150, 156, 164))
    wet = Image.blend(image, veil, chance.uniform(0.15, _DAMP))
    streaks = Image.new("L", image.size)
    draw, slant = ImageDraw.Draw(streaks), chance.uniform(-0.3, 0.3)
    for _ in range(chance.randint(50, 130)):
        x, y, far = (
            chance.uniform(0, side),
            chance.uniform(0, side),
            side * chance.uniform(0.02, 0.07),
        )
        bright = chance.randint(40, 110)
        draw.line((x, y, x + slant * far, y + far), fill=bright, width=max(1, side // 200))
    wet.paste((225, 230, 238), (0, 0), streaks)
    return wet


def _small(image: Image.Image, out: int) -> NDArray[np.float32]:
    return np.asarray(image.resize((out, out), Image.Resampling.BOX), dtype=np.float32)
