"""The bones of a hand in space: x to the right, y along the fingers, z towards the viewer.

The unit is the palm's length; the wrist is at the origin, and the palm looks at the viewer with its
thumb on the left (a right hand) before the pose turns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from skills.sign_digits.digits import FINGERS, THUMBS, Bends, Thumb
from skills.sign_digits.hand import Hand, Pose

Points = NDArray[np.float64]
Part = Literal["palm", "finger", "arm", "sleeve"]
_KNUCKLES = {
    "index": (-0.36, 0.98), "middle": (-0.12, 1.04), "ring": (0.12, 1.0), "little": (0.35, 0.88),
}  # fmt: skip
_LENGTHS = {
    "index": (0.44, 0.27, 0.2), "middle": (0.48, 0.31, 0.21),
    "ring": (0.45, 0.29, 0.21), "little": (0.34, 0.21, 0.18),
}  # fmt: skip
_OUTWARD = {"index": -9.0, "middle": -2.0, "ring": 5.0, "little": 14.0}  # degrees when spread
_THICK = {"index": 0.125, "middle": 0.13, "ring": 0.122, "little": 0.105}
_THUMB: dict[Thumb, tuple[tuple[float, float, float], ...]] = {
    "out": ((-0.62, 0.46, 0.1), (-0.86, 0.7, 0.12), (-1.02, 0.94, 0.12)),
    "over": ((-0.5, 0.5, 0.28), (-0.33, 0.78, 0.47), (-0.02, 0.86, 0.5)),
    "across": ((-0.5, 0.48, 0.22), (-0.27, 0.64, 0.34), (0.04, 0.7, 0.3)),
}


@dataclass(frozen=True)
class Bone:
    """A limb between two joints: round, its radius changing evenly."""

    start: Points  # [3]
    end: Points  # [3]
    radii: tuple[float, float]
    part: Part
    creased: bool = False  # whether the skin is folded at its start


def finger_chain(
    base: tuple[float, float], outward: float, bends: Bends, lengths: tuple[float, ...]
) -> Points:
    """The joints of a finger [4, 3]: each bend (degrees) turns the rest of it to the palm's side.

    `outward`: degrees away from straight up, in the palm's plane.
    """
    aside = np.radians(outward)
    along, joints = np.array([np.sin(aside), np.cos(aside), 0.0]), [np.array([*base, 0.0])]
    turned = np.radians(np.cumsum(bends))
    for turn, length in zip(turned, lengths, strict=True):
        step = np.cos(turn) * along + np.sin(turn) * np.array([0.0, 0.0, 1.0])
        joints.append(joints[-1] + length * step)
    return np.stack(joints)


def bones_of(hand: Hand, pose: Pose) -> list[Bone]:
    """All bones, unturned."""
    chains = [_chain(hand, pose, number) for number in range(len(FINGERS))]
    return [*_palm(hand), *_arm(hand), *_fingers(hand, chains), *_thumb(hand, pose, chains)]


def _chain(hand: Hand, pose: Pose, number: int) -> Points:
    finger = FINGERS[number]
    x, y = _KNUCKLES[finger]
    stretched = max(0.0, 1 - pose.bends[number][0] / 60)  # folded fingers lie side by side
    lengths = tuple(hand.long * each for each in _LENGTHS[finger])
    outward = _OUTWARD[finger] * pose.spread * stretched
    return finger_chain((x * hand.wide, y), outward, pose.bends[number], lengths)


def _palm(hand: Hand) -> list[Bone]:
    """A fan of nine limbs from the wrist to the knuckles, and the balls of thumb and little
    finger: together one rounded plate.
    """
    knuckles = np.array([[x * hand.wide, y, 0.0] for x, y in _KNUCKLES.values()])
    wrist = np.array([[x * hand.wide, 0.05, 0.0] for x in (-0.2, -0.07, 0.07, 0.2)])
    places = np.linspace(0, 3, 9)
    ends, starts = (
        np.stack([np.interp(places, range(4), each[:, axis]) for axis in range(3)], axis=1)
        for each in (knuckles, wrist)
    )
    plate = [Bone(start, end - np.array([0, 0.05, 0]), (0.2, 0.155), "palm")
             for start, end in zip(starts, ends, strict=True)]  # fmt: skip
    thumb_ball = (np.array([-0.17, 0.18, 0.06]), np.array([-0.38 * hand.wide, 0.45, 0.1]))
    other_ball = (np.array([0.22, 0.16, 0.04]), np.array([0.32 * hand.wide, 0.5, 0.04]))
    return [*plate, Bone(*thumb_ball, (0.2, 0.2), "palm"), Bone(*other_ball, (0.19, 0.16), "palm")]


def _arm(hand: Hand) -> list[Bone]:
    """The forearm, and the sleeve over it."""
    far = np.array([0.0, -2.6, 0.0])
    found = [
        Bone(np.array([side, 0.0, 0.0]), far + np.array([side, 0, 0]), (0.23, 0.3), "arm")
        for side in (-0.08 * hand.wide, 0.08 * hand.wide)
    ]
    if hand.sleeve is not None:
        cuff = np.array([0.0, -hand.cuff, 0.0])
        found += [
            Bone(cuff + np.array([side, 0, 0]), far + np.array([side, 0, 0]), (0.3, 0.42), "sleeve")
            for side in (-0.12, 0.0, 0.12)
        ]
    return found


def _fingers(hand: Hand, chains: list[Points]) -> list[Bone]:
    found = []
    for finger, chain in zip(FINGERS, chains, strict=True):
        wide = _THICK[finger] * hand.thick
        for number, tip in enumerate((1.0, 0.92, 0.8)):
            radii = (wide * (1.04, 1.0, 0.92)[number], wide * tip)
            found.append(Bone(chain[number], chain[number + 1], radii, "finger", creased=True))
    return found


def _thumb(hand: Hand, pose: Pose, chains: list[Points]) -> list[Bone]:
    base = np.array([-0.3 * hand.wide, 0.28, 0.06])
    placed = THUMBS[pose.digit]
    if placed == "meets":
        tip = chains[0][3] * 0.65 + chains[1][3] * 0.35 + np.array([-0.03, -0.1, 0.06])
        bulge = np.array([-0.14, -0.2, 0.2])  # the thumb's half of the O
        joints = np.stack([base + (tip - base) * share + bulge * np.sin(np.pi * share)
                           for share in (0.42, 0.74, 1.0)])  # fmt: skip
    else:
        joints = np.array(_THUMB[placed]) * np.array([hand.wide, 1, 1])
    joints = joints + np.array(pose.wobble).reshape(3, 3) * [[0.5], [1], [1]]
    chain, wide = np.vstack([base, joints]), 0.15 * hand.thick
    radii = ((0.19, wide), (wide, wide * 0.95), (wide, wide * 0.74))
    return [
        Bone(chain[number], chain[number + 1], radii[number], "finger", creased=number > 0)
        for number in range(3)
    ]


def turned(bones: list[Bone], pose: Pose) -> list[Bone]:
    """The bones as the pose holds them."""
    yaw, pitch, roll = (np.radians(each) for each in (pose.yaw, pose.pitch, pose.roll))
    around_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    around_x = np.array(
        [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
    )
    around_z = np.array(
        [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
    )
    matrix = around_z @ around_x @ around_y
    if pose.left:
        matrix = np.diag([-1.0, 1.0, 1.0]) @ matrix
    middle = np.array([0.0, 0.75, 0.0])  # of the hand: it is turned around that

    def moved(point: Points) -> Points:
        place: Points = matrix @ (point - middle)
        return place

    return [Bone(moved(each.start), moved(each.end), each.radii, each.part, each.creased)
            for each in bones]  # fmt: skip
