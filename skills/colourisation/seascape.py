"""The sample: a drawn seascape, of the kind that the training pictures (ships) have many of."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_SIDE, _SHORE = 340, 190


def seascape(seed: int = 3) -> Image.Image:
    """Sky with clouds, a far coast, the sea and a sailing boat, 340 × 340."""
    chance = np.random.default_rng(seed)
    down = np.linspace(0, 1, _SIDE)[:, None, None]
    sky = np.array([84, 142, 214]) * (1 - down) + np.array([222, 234, 242]) * down
    image = Image.fromarray(np.broadcast_to(sky, (_SIDE, _SIDE, 3)).astype(np.uint8), "RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(9):
        x, y, w = chance.uniform(0, _SIDE), chance.uniform(20, 110), chance.uniform(25, 65)
        draw.ellipse((x - w, y - w / 4, x + w, y + w / 4), fill=(244, 246, 249))
    image = image.filter(ImageFilter.GaussianBlur(5))
    draw = ImageDraw.Draw(image)
    coast = [(x, _SHORE - 16 - 12 * np.sin(x / 41) - x / 17) for x in range(0, _SIDE + 4, 4)]
    draw.polygon([*coast, (_SIDE, _SHORE), (0, _SHORE)], fill=(96, 118, 122))
    draw.rectangle((0, _SHORE, _SIDE, _SIDE), fill=(42, 92, 140))
    for _ in range(700):
        x, y = chance.uniform(0, _SIDE), _SHORE + (_SIDE - _SHORE) * chance.random()
        shade, long = int(chance.integers(-16, 30)), 3 + (y - _SHORE) / 9
        draw.line((x, y, x + long, y), fill=(42 + shade, 92 + shade, 140 + shade), width=2)
    _boat(draw)
    return image.filter(ImageFilter.GaussianBlur(0.8))


def _boat(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(110, 236), (226, 236), (206, 262), (128, 262)], fill=(150, 52, 40))
    draw.line((166, 236, 166, 104), fill=(90, 70, 55), width=4)
    draw.polygon([(172, 110), (172, 228), (222, 228)], fill=(246, 243, 234))
    draw.polygon([(160, 124), (160, 228), (118, 228)], fill=(228, 224, 214))
