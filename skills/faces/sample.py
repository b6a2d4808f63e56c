"""The built-in photos: invented people, drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from skills.faces.detection import Box, find
from skills.faces.people import Chance, Person, invent, photograph
from skills.faces.rendering import draw
from skills.kit.drawing import png

_SEED, _TRIES = 6, 8
_HEIGHT, _WIDTH = 240, 200
# Of pose, light and mood: as much as in a few photos taken for this, less than in an album.
_VARIETY = 0.35
_OFF, _SMALL, _LARGE = 0.15, 0.5, 0.85  # shares of the picture


def full_hair(who: Person) -> Person:
    """The person without beard or bald head, so that a bearded, bald one is plainly another."""
    return replace(who, bald=False, beard=0.0)


def bald_and_bearded(who: Person) -> Person:
    """The person bald, bearded and without glasses."""
    return replace(who, bald=True, beard=0.8, moustache=0.6, glasses=0.0)


def as_invented(who: Person) -> Person:
    """The person as invented, but glasses are worn always or never."""
    return replace(who, glasses=float(who.glasses > 0))


@lru_cache(maxsize=16)  # a demo tried again draws nothing anew
def sample(
    people: int,
    photos: int,
    seed: int = _SEED,
    styled: Callable[[Person], Person] = as_invented,
) -> tuple[bytes, ...]:
    """That many photos of each person, person after person; each has a face that is found.

    Whoever's face the detector does not find in a few tries is not in the sample.
    """
    chance = np.random.default_rng(seed)
    made: list[bytes] = []
    while len(made) < people * photos:
        who = styled(as_invented(invent(chance)))
        own = [photo for _ in range(photos) if (photo := _photo(who, chance)) is not None]
        made += own if len(own) == photos else []
    return tuple(made)


def _photo(who: Person, chance: Chance) -> bytes | None:
    for _ in range(_TRIES):
        shot = photograph(who, chance, _VARIETY)
        picture = (draw(who, shot, chance, _HEIGHT, _WIDTH) * 255).astype(np.uint8)
        if _well_found(find(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))):
            return png(Image.fromarray(picture))
    return None


def _well_found(box: Box | None) -> bool:
    """The box is about the head, which is drawn in the middle: not a patch of hair or of paper."""
    if box is None:
        return False
    x, y, side = box
    middle = max(abs(x / _WIDTH - 0.5), abs(y / _HEIGHT - 0.5)) < _OFF
    return middle and _SMALL < side / _WIDTH < _LARGE
