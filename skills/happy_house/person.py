"""Who stands at the door and in what mood: what is drawn, and what is true.

Mood runs from -1 (sad) to 1 (happy); above HAPPY a person counts as happy. A mouth's curve is the
mood plus the person's own resting curve plus chance, so that nobody can tell moods near the
threshold for sure; eyes and brows follow the mood too, more loosely.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from skills.kit.scenery import Colour, colour

HAPPY = 0.0  # the threshold of mood
_RESTING = 0.12  # standard deviation of people's resting curves
_WHIM = 0.08  # of the curve from picture to picture
HAIR = ("bald", "short", "long", "curly", "cap")
BEARDS = ("none", "none", "full", "moustache")


@dataclass(frozen=True)
class Person:
    """What stays the same in all pictures of one person."""

    skin: Colour
    hair_colour: Colour
    hair: str
    beard: str
    glasses: bool
    wide: float  # of the head, share of its height
    eyes_apart: float
    nose: float
    lips: float  # thickness
    resting: float  # the mouth's curve in a neutral mood


@dataclass(frozen=True)
class Moment:
    """What is different in each picture."""

    mood: float
    curve: float  # of the mouth, -1 to 1
    opening: float  # of the mouth, 0 to 1; of happy and of unhappy people
    brows: float  # up at the inner end (sad) below 0
    squint: float  # 0 to 1
    turn: float  # radians, the head aslant
    shift: tuple[float, float]  # share of the picture
    size: float

    @property
    def happy(self) -> bool:
        """The truth."""
        return self.mood > HAPPY


def draw_person(chance: random.Random, unseen: bool = False) -> Person:
    """A person; hair in `unseen` colours (blue to violet) is for held-out scoring."""
    hue = chance.uniform(0.5, 0.85) if unseen else chance.uniform(0.0, 0.14)
    deep = chance.uniform(0.3, 1.0)  # skin from dark to light
    return Person(
        skin=colour(chance.uniform(0.04, 0.09), chance.uniform(0.25, 0.65), deep),
        hair_colour=colour(hue, chance.uniform(0.2, 0.8), chance.uniform(0.08, 0.8)),
        hair=chance.choice(HAIR),
        beard=chance.choice(BEARDS),
        glasses=chance.random() < 0.3,
        wide=chance.uniform(0.68, 0.88),
        eyes_apart=chance.uniform(0.32, 0.44),
        nose=chance.uniform(0.1, 0.2),
        lips=chance.uniform(0.025, 0.055),
        resting=chance.gauss(0, _RESTING),
    )


def draw_moment(person: Person, chance: random.Random, mood: float | None = None) -> Moment:
    """A picture of that person in any mood, or in the one given."""
    felt = chance.uniform(-1, 1) if mood is None else mood
    curve = felt + person.resting + chance.gauss(0, _WHIM)
    return Moment(
        mood=felt,
        curve=max(-1.2, min(1.2, curve)),
        opening=max(0.0, chance.uniform(-0.8, 1)),
        brows=max(-1.0, min(1.0, 0.5 * felt + chance.gauss(0, 0.5))),
        squint=max(0.0, min(1.0, 0.3 * felt + chance.gauss(0.2, 0.25))),
        turn=chance.uniform(-0.22, 0.22),
        shift=(chance.uniform(-0.06, 0.06), chance.uniform(-0.06, 0.06)),
        size=chance.uniform(0.85, 1.1),
    )
