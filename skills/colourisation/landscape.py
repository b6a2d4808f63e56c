"""The sample: a drawn landscape of the kind that the training pictures have many of."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_SIDE = 256


def landscape(seed: int = 3) -> Image.Image:
    """Sky with clouds, hills, a meadow and trees, 256 × 256."""
    chance = np.random.default_rng(seed)
    down = np.linspace(0, 1, _SIDE)[:, None, None]
    sky = np.array([96, 150, 215]) * (1 - down) + np.array([205, 225, 240]) * down * 1.0
    image = Image.fromarray(np.broadcast_to(sky, (_SIDE, _SIDE, 3)).astype(np.uint8), "RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(9):
        x, y, w = chance.uniform(0, _SIDE), chance.uniform(20, 80), chance.uniform(20, 50)
        draw.ellipse((x - w, y - w / 4, x + w, y + w / 4), fill=(242, 244, 248))
    image = image.filter(ImageFilter.GaussianBlur(4))
    draw = ImageDraw.Draw(image)
    for base, colour, wave in ((128, (92, 112, 104), 22), (150, (74, 104, 58), 14)):
        xs = np.arange(0, _SIDE + 1, 4)
        ys = base - wave * np.sin(xs / chance.uniform(28, 44) + chance.uniform(0, 6))
        line = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
        draw.polygon([*line, (_SIDE, _SIDE), (0, _SIDE)], fill=colour)
    draw.rectangle((0, 172, _SIDE, _SIDE), fill=(104, 136, 62))
    for _ in range(1500):
        x, y = chance.uniform(0, _SIDE), chance.uniform(172, _SIDE)
        shade = int(chance.integers(-22, 22))
        draw.line((x, y, x + 1, y - 5), fill=(104 + shade, 136 + shade, 62 + shade))
    for x, y in ((50, 190), (196, 184), (222, 196)):
        draw.rectangle((x - 3, y - 10, x + 3, y + 14), fill=(78, 58, 42))
        draw.ellipse((x - 22, y - 52, x + 22, y), fill=(52, 84, 40))
    return image.filter(ImageFilter.GaussianBlur(0.8))
