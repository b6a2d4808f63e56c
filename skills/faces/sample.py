"""The built-in photos: invented people, drawn."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from skills.faces.detection import find
from skills.faces.people import invent, photograph
from skills.faces.rendering import draw
from skills.kit.drawing import png

_SEED, _TRIES = 6, 20
_HEIGHT, _WIDTH = 240, 200
# Of pose, light and mood: as much as in a few photos taken for this, less than in an album.
_VARIETY = 0.4


def sample(people: int, photos: int, seed: int = _SEED) -> list[bytes]:
    """That many photos of each person, person after person; each has a face that is found."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(people):
        who = invent(chance)
        for _ in range(photos):
            for _ in range(_TRIES):
                shot = photograph(who, chance, _VARIETY)
                picture = (draw(who, shot, chance, _HEIGHT, _WIDTH) * 255).astype(np.uint8)
                if find(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)) is not None:
                    break
            made.append(png(Image.fromarray(picture)))
    return made
