"""Colours of the drawn scenes: those for training, and others that no training scene has."""

from __future__ import annotations

import colorsys
import random
from dataclasses import dataclass
from enum import StrEnum

from skills.detection.scenes.pen import Colour


class Look(StrEnum):
    """Which colours and backgrounds a scene may have; a road has only SEEN and UNSEEN."""

    SEEN = "seen"  # training: places
    CHANCE = "chance"  # training too: grounds that are no place, in the colours of SEEN
    CHOICE = "choice"  # neither trained on nor tested on: to choose by what carries over
    UNSEEN = "unseen"  # only ever in tests


@dataclass(frozen=True)
class Palette:
    """Hues (0 to 1, around the wheel) of the things' paint; greys are common to all."""

    hues: tuple[tuple[float, float], ...]
    greys: float = 0.2  # share of paints that are black, white or grey

    def paint(self, chance: random.Random) -> Colour:
        """A colour of a thing."""
        if chance.random() < self.greys:
            grey = round(chance.uniform(25, 235))
            return grey, grey, min(255, grey + 6)
        hue = chance.uniform(*chance.choice(self.hues))
        return _rgb(hue, chance.uniform(0.45, 0.95), chance.uniform(0.4, 0.95))

    def wall(self, chance: random.Random) -> Colour:
        """A colour of a background: paler than things are."""
        hue = chance.uniform(*chance.choice(self.hues))
        return _rgb(hue, chance.uniform(0.05, 0.45), chance.uniform(0.35, 0.95))


_TRAINING = Palette(((0.0, 0.11), (0.22, 0.42), (0.55, 0.68)))
PALETTES = {
    Look.SEEN: _TRAINING,
    Look.CHANCE: _TRAINING,
    Look.CHOICE: Palette(((0.112, 0.128), (0.425, 0.445), (0.535, 0.547), (0.685, 0.705))),
    Look.UNSEEN: Palette(((0.13, 0.2), (0.45, 0.53), (0.71, 0.97))),
}


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue, saturation, value))
    return red, green, blue
