"""Invented people for the face generator: what makes somebody, and what one photo changes.

Nobody of them exists: every number is drawn at random. Lengths are in half-heights of the head
(1 = from its middle to the chin), x to the right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Chance = np.random.Generator
Colour = tuple[float, float, float]

_SKINS: tuple[Colour, ...] = (
    (0.93, 0.76, 0.66), (0.87, 0.68, 0.55), (0.78, 0.58, 0.44),
    (0.64, 0.45, 0.33), (0.48, 0.33, 0.24), (0.36, 0.24, 0.18),
)  # fmt: skip
_HAIRS: tuple[Colour, ...] = (
    (0.09, 0.07, 0.06), (0.2, 0.13, 0.09), (0.35, 0.22, 0.13),
    (0.72, 0.56, 0.33), (0.5, 0.24, 0.12), (0.66, 0.66, 0.66),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """What stays the same in all photos of somebody."""

    skin: Colour
    hair: Colour
    width: float  # half the head's
    depth: float
    jaw: float  # how much the head narrows towards the chin
    eye_height: float
    eye_gap: float  # from the middle to an eye
    eye_width: float
    eye_open: float
    iris: float  # its brightness
    brow_gap: float  # above the eye
    brow_thick: float
    brow_dark: float
    brow_slope: float
    nose_length: float
    nose_width: float
    nose_high: float
    mouth_height: float
    mouth_width: float
    lip: float  # its thickness
    lip_dark: float
    chin: float
    cheek: float
    fold: float  # from nose to mouth
    beard: float  # 0 for none
    moustache: float
    hairline: float  # its height; the hair is above
    parting: float  # where the fringe turns
    fringe: float
    hair_volume: float
    hair_length: float  # down to this height at the sides
    strands: tuple[float, float, float]  # waves of the hair across and down, and their depth
    bald: bool
    glasses: float  # how likely a photo shows them; 0 for people without
    glasses_size: float
    glasses_square: float
    ear: float
    marks: tuple[tuple[float, float, float, float], ...]  # x, y, size, darkness


@dataclass(frozen=True)
class Shot:
    """What one photo adds: pose, expression, light and camera."""

    yaw: float = 0.0  # radians
    pitch: float = 0.0
    roll: float = 0.0
    scale: float = 1.0
    right: float = 0.0  # shift in half-heights of the head
    down: float = 0.0
    smile: float = 0.2
    open_mouth: float = 0.0
    raised: float = 0.0  # brows
    lids: float = 1.0  # 1 open, 0 closed
    gaze: float = 0.0
    glasses: bool = False
    light: tuple[float, float, float] = (0.2, -0.4, 0.9)  # towards it; z to the camera
    ambient: float = 0.45
    gain: float = 1.0
    paper: Colour = (0.6, 0.63, 0.66)  # behind the head
    cloth: Colour = (0.25, 0.3, 0.4)
    noise: float = 0.01


def invent(chance: Chance) -> Person:
    """Somebody new."""

    def between(low: float, high: float) -> float:
        return float(chance.uniform(low, high))

    def likely(share: float) -> bool:
        return bool(chance.random() < share)

    tint = between(0.85, 1.1)
    skin = _SKINS[int(chance.integers(len(_SKINS)))]
    marks = tuple(
        (between(-0.6, 0.6), between(-0.7, 0.8), between(0.03, 0.25), between(-0.2, 0.3))
        for _ in range(8)
    )
    return Person(
        skin=(skin[0] * tint, skin[1] * tint, skin[2] * tint),
        hair=_HAIRS[int(chance.integers(len(_HAIRS)))],
        width=between(0.64, 0.84), depth=between(0.8, 1.0), jaw=between(0.05, 0.35),
        eye_height=between(-0.14, 0.06), eye_gap=between(0.25, 0.37),
        eye_width=between(0.1, 0.16), eye_open=between(0.035, 0.08), iris=between(0.05, 0.4),
        brow_gap=between(0.1, 0.2), brow_thick=between(0.015, 0.05),
        brow_dark=between(0.3, 0.85), brow_slope=between(-0.25, 0.25),
        nose_length=between(0.25, 0.42), nose_width=between(0.07, 0.15),
        nose_high=between(0.1, 0.3), mouth_height=between(0.47, 0.64),
        mouth_width=between(0.17, 0.32), lip=between(0.025, 0.075),
        lip_dark=between(0.15, 0.5), chin=between(0.0, 0.2), cheek=between(0.0, 0.2),
        fold=between(0.0, 0.25), beard=between(0.3, 0.85) if likely(0.22) else 0.0,
        moustache=between(0.3, 0.8) if likely(0.26) else 0.0, hairline=between(-0.75, -0.4),
        parting=between(-0.5, 0.5), fringe=between(-0.2, 0.25),
        hair_volume=between(0.04, 0.22), hair_length=between(-0.2, 1.3),
        strands=(between(4, 50), between(-45, 45), between(0.05, 0.35)), bald=likely(0.12),
        glasses=between(0.7, 1.0) if likely(0.42) else 0.0, glasses_size=between(0.17, 0.25),
        glasses_square=between(2.0, 5.0), ear=between(0.08, 0.18), marks=marks,
    )  # fmt: skip


def photograph(person: Person, chance: Chance, variety: float = 1.0) -> Shot:
    """A photo of that person at random; `variety` 0 is the same every time but for the camera."""

    def about(spread: float) -> float:
        return float(np.clip(chance.normal(0, spread), -2.2 * spread, 2.2 * spread)) * variety

    side, above = about(0.45), about(0.3) - 0.35
    grey = 0.55 + about(0.25)
    cloth = 0.35 + about(0.25)
    return Shot(
        yaw=about(0.24), pitch=about(0.13), roll=about(0.06),
        scale=float(np.exp(about(0.06))), right=about(0.05), down=about(0.05),
        smile=0.3 + about(0.45), open_mouth=max(0.0, about(0.5) - 0.25 * variety),
        raised=about(0.03), lids=0.0 if chance.random() < 0.06 * variety else 1.0 + about(0.12),
        gaze=about(0.3), glasses=bool(chance.random() < person.glasses),
        light=(side, above, 0.9), ambient=0.45 + about(0.1), gain=float(np.exp(about(0.15))),
        paper=(grey, grey * 1.02, grey * 1.05), cloth=(cloth * 0.9, cloth, cloth * 1.15),
        noise=0.012,
    )  # fmt: skip
