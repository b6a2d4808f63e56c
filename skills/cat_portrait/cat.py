"""What a drawn cat is: a breed with its look, an age, a pose. All chance is drawn here.

Three of the eight are coats rather than breeds (tabby, tuxedo, calico), as people name cats.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import exp

Colour = tuple[int, int, int]
OLDEST = 16.0  # years
_UNSURE = 0.12  # spread of the logarithm of the age that one feature shows


@dataclass(frozen=True)
class Look:
    """How a breed differs."""

    coats: tuple[Colour, ...]  # one is drawn
    dark: Colour  # of stripes, points or patches
    eyes: tuple[Colour, ...]
    pattern: str  # plain, stripes, points, tuxedo, patches, wrinkles
    ears: float = 1.0  # their height
    wide: float = 1.0  # of the face
    fur: float = 0.25  # length; 0: naked
    tufts: bool = False  # on the tips of the ears


_AMBER, _GREEN, _BLUE = (214, 158, 46), (118, 168, 84), (88, 160, 220)
LOOKS: dict[str, Look] = {
    "tabby": Look(((168, 140, 108), (150, 142, 130), (214, 150, 84)), (78, 60, 46),
                  (_AMBER, _GREEN), "stripes"),
    "siamese": Look(((236, 222, 198), (226, 212, 190)), (74, 56, 48), (_BLUE,), "points",
                    ears=1.18, wide=0.9, fur=0.15),
    "persian": Look(((240, 236, 230), (226, 196, 150), (150, 150, 160)), (120, 110, 110),
                    ((200, 116, 40), _AMBER), "plain", ears=0.68, wide=1.14, fur=1.0),
    "sphynx": Look(((232, 190, 176), (206, 168, 160), (224, 200, 188)), (176, 128, 122),
                   (_GREEN, _BLUE, _AMBER), "wrinkles", ears=1.35, wide=0.9, fur=0.0),
    "tuxedo": Look(((44, 42, 48), (60, 56, 58)), (244, 242, 238), (_GREEN, _AMBER), "tuxedo"),
    "calico": Look(((244, 240, 232),), (52, 46, 46), (_AMBER, _GREEN), "patches"),
    "russian blue": Look(((122, 134, 152), (108, 118, 134)), (90, 98, 112), (_GREEN,), "plain",
                         ears=1.08, wide=0.96, fur=0.2),
    "maine coon": Look(((146, 116, 84), (132, 124, 116), (200, 138, 78)), (70, 52, 40),
                       (_AMBER, _GREEN), "stripes", ears=1.15, wide=1.04, fur=0.85, tufts=True),
}  # fmt: skip
BREEDS = tuple(LOOKS)


@dataclass(frozen=True)
class Ageing:
    """How old each feature looks, 0 to 1 unless said otherwise."""

    kitten: float  # 1 at birth, fades within two years: large eyes, small muzzle
    grown: float  # whiskers and cheeks, done at about eight years
    grey: float  # around the muzzle and the eyes, from five years on
    tired: float  # lids that come down, from eight years on


@dataclass(frozen=True)
class Cat:
    """One cat as it sits there."""

    breed: str
    age: float  # years
    ageing: Ageing
    coat: Colour
    eyes: Colour
    tilt: float  # degrees
    scale: float
    shift: tuple[float, float]  # of the head, in half-widths of the picture
    light: float  # gain of all colours
    clutter: int  # things behind it
    covered: bool  # something stands before it
    noise: float  # standard deviation, of 255
    seed: int  # of all that is drawn by hand: stripes, patches, fur


def ageing(age: float, chance: random.Random) -> Ageing:
    """What a cat of that age looks like; each feature is a little older or younger than it is."""

    def shown() -> float:
        return max(0.0, age * exp(chance.gauss(0, _UNSURE)) + chance.gauss(0, 0.25))

    return Ageing(
        kitten=exp(-shown() / 1.1),
        grown=1 - exp(-shown() / 3),
        grey=min(1.0, max(0.0, (shown() - 5) / 10)),
        tired=min(1.0, max(0.0, (shown() - 8) / 8)),
    )


def some_cat(chance: random.Random, breed: str | None = None, age: float | None = None) -> Cat:
    """A cat drawn at random, of a breed and an age if these are given."""
    breed = breed or chance.choice(BREEDS)
    age = chance.uniform(0.1, OLDEST) if age is None else age
    look = LOOKS[breed]
    return Cat(
        breed, age, ageing(age, chance), _near(chance.choice(look.coats), 14, chance),
        _near(chance.choice(look.eyes), 16, chance), tilt=chance.gauss(0, 9),
        scale=chance.uniform(0.78, 1.08), shift=(chance.gauss(0, 0.07), chance.gauss(0, 0.06)),
        light=chance.uniform(0.7, 1.15), clutter=chance.randint(0, 6),
        covered=chance.random() < 0.2, noise=chance.uniform(0, 9), seed=chance.randrange(2**31),
    )  # fmt: skip


def posed(breed: str, age: float, seed: int) -> Cat:
    """A cat that sits still in good light: the sample that a student sees."""
    chance = random.Random(seed)
    look = LOOKS[breed]
    return Cat(
        breed, age, ageing(age, chance), chance.choice(look.coats), chance.choice(look.eyes),
        tilt=chance.uniform(-6, 6), scale=1.0, shift=(0.0, 0.0), light=1.0, clutter=3,
        covered=False, noise=0.0, seed=chance.randrange(2**31),
    )  # fmt: skip


def _near(colour: Colour, spread: float, chance: random.Random) -> Colour:
    shade = chance.gauss(0, spread)
    red, green, blue = (
        int(min(255, max(0, part + shade + chance.gauss(0, spread / 3)))) for part in colour
    )
    return red, green, blue
