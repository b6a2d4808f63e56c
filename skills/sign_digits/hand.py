"""Whose hand it is and how it is held: what is drawn, and what is true."""

from __future__ import annotations

import random
from dataclasses import dataclass

from skills.kit.scenery import Colour, colour
from skills.sign_digits.digits import DIGITS, FINGERS, Bends, bends_of

# Six tones from the lightest to the darkest, one for each of Fitzpatrick's types (1988).
TONES: tuple[Colour, ...] = (
    (248, 218, 198), (238, 195, 165), (222, 170, 130),
    (188, 132, 92), (140, 90, 58), (88, 56, 40),
)  # fmt: skip
SEEN_TONES, UNSEEN_TONES = (1, 2, 4), (0, 3, 5)  # the lightest and the darkest are for scoring


@dataclass(frozen=True)
class Hand:
    """What stays the same in all pictures of one hand."""

    tone: int  # its place in TONES
    skin: Colour
    sleeve: Colour | None  # None: a bare arm
    cuff: float  # where the sleeve ends, palm lengths below the wrist
    long: float  # fingers, in usual lengths
    thick: float
    wide: float  # the palm


@dataclass(frozen=True)
class Pose:
    """What is different in each picture."""

    digit: int  # the truth
    bends: tuple[Bends, ...]  # of the four fingers
    spread: float  # between stretched fingers, 1 is usual
    wobble: tuple[float, ...]  # of the thumb's joints, palm lengths
    left: bool
    roll: float  # degrees, in the picture
    yaw: float  # degrees, away from the viewer
    pitch: float
    shift: tuple[float, float]  # share of the picture
    size: float
    light: tuple[float, float]  # where it comes from: right, up


def draw_hand(chance: random.Random, unseen: bool = False) -> Hand:
    """A hand; `unseen` tones and colours of cloth (green to violet) are for held-out scoring."""
    tone = chance.choice(UNSEEN_TONES if unseen else SEEN_TONES)
    glow = chance.uniform(0.92, 1.08)
    red, green, blue = (min(255, round(part * glow * chance.uniform(0.97, 1.03)))
                        for part in TONES[tone])  # fmt: skip
    hue = chance.uniform(0.3, 0.8) if unseen else chance.uniform(-0.15, 0.25)
    cloth = colour(hue, chance.uniform(0.05, 0.8), chance.uniform(0.15, 0.9))
    return Hand(
        tone=tone,
        skin=(red, green, blue),
        sleeve=cloth if chance.random() < 0.7 else None,
        cuff=chance.uniform(0.15, 0.7),
        long=chance.uniform(0.88, 1.12),
        thick=chance.uniform(0.86, 1.14),
        wide=chance.uniform(0.92, 1.1),
    )


def draw_pose(chance: random.Random, digit: int | None = None) -> Pose:
    """Any digit, or the one given, held a little differently each time."""
    shown = chance.randrange(DIGITS) if digit is None else digit
    bends = tuple(_varied(bends_of(shown, finger), chance) for finger in FINGERS)
    turned = chance.uniform(48, 72) if shown == 0 else 0.0
    return Pose(
        digit=shown,
        bends=bends,
        spread=chance.uniform(0.45, 1.5),
        wobble=tuple(chance.gauss(0, 0.035) for _ in range(9)),
        left=chance.random() < 0.5,
        roll=chance.uniform(-28, 28),
        yaw=turned + chance.uniform(-24, 24),
        pitch=chance.uniform(-22, 22),
        shift=(chance.uniform(-0.08, 0.08), chance.uniform(-0.07, 0.07)),
        size=chance.uniform(0.78, 1.12),
        light=(chance.uniform(-0.8, 0.8), chance.uniform(-0.2, 0.9)),
    )


def _varied(bends: Bends, chance: random.Random) -> Bends:
    first, second, third = (bend + chance.gauss(0, 4 + 0.06 * bend) for bend in bends)
    return max(-5.0, first), max(-3.0, second), max(-3.0, third)
