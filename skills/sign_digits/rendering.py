"""Bones to a lit picture: for each pixel the limb nearest to the viewer, and how steep it is."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from skills.sign_digits.skeleton import Bone

Map = NDArray[np.float32]
_FAR = np.float32(-9.0)  # behind everything
_PARTS = ("palm", "finger", "arm", "sleeve")
_CREASE = 0.035  # half a fold of skin, palm lengths
_STEEP = 4.0  # the largest slope that is lit


@dataclass(frozen=True)
class Relief:
    """What the viewer sees, all [side, side]."""

    height: Map  # towards the viewer, palm lengths; _FAR where there is nothing
    part: NDArray[np.int8]  # place in _PARTS, −1 where there is nothing
    folds: Map  # 0..1: how deep in a fold of skin

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Where the hand is."""
        return self.part >= 0


def relief(bones: list[Bone], side: int, unit: float, middle: tuple[float, float]) -> Relief:
    """`unit`: pixels of a palm length; `middle`: where the origin is, in pixels."""
    height = np.full((side, side), _FAR, dtype=np.float32)
    part = np.full((side, side), -1, dtype=np.int8)
    folds = np.zeros((side, side), dtype=np.float32)
    for bone in sorted(bones, key=lambda each: each.part != "palm"):
        window = _window(bone, side, unit, middle)
        rows, columns = np.mgrid[window].astype(np.float32)
        x, y = (columns + 0.5 - middle[0]) / unit, (middle[1] - rows - 0.5) / unit
        mine, fold = _limb(bone, x, y)
        nearer = mine > height[window]
        height[window][nearer] = mine[nearer]
        part[window][nearer] = _PARTS.index(bone.part)
        folds[window][nearer] = fold[nearer]
    return Relief(_smooth_palm(height, part, unit), part, folds)


def _window(bone: Bone, side: int, unit: float, middle: tuple[float, float]) -> tuple[slice, slice]:
    """Rows and columns that the limb can touch."""
    room = max(bone.radii)
    xs, ys = (bone.start[0], bone.end[0]), (bone.start[1], bone.end[1])
    left, right = (middle[0] + unit * (min(xs) - room), middle[0] + unit * (max(xs) + room))
    top, bottom = (middle[1] - unit * (max(ys) + room), middle[1] - unit * (min(ys) - room))
    low_high = [(max(0, int(low)), max(0, min(side, int(high) + 2)))
                for low, high in ((top, bottom), (left, right))]  # fmt: skip
    return slice(*low_high[0]), slice(*low_high[1])


def _limb(bone: Bone, x: Map, y: Map) -> tuple[Map, Map]:
    """Height of the limb above the picture's plane and its folds, at the pixels x, y."""
    start, along = bone.start, bone.end - bone.start
    flat = float(along[0] ** 2 + along[1] ** 2)
    share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / max(flat, 1e-9)
    share = share.clip(0, 1)
    found = np.maximum(_ball(bone, x, y, share), _ball(bone, x, y, np.zeros_like(x)))
    # A limb that points at the viewer shows its end.
    found = np.maximum(found, _ball(bone, x, y, np.ones_like(x)))
    folds = np.zeros_like(x)
    if bone.creased:
        away = share * np.sqrt(flat) / _CREASE
        folds = np.exp(-(away**2)).astype(np.float32)
    return found, folds


def _ball(bone: Bone, x: Map, y: Map, share: Map) -> Map:
    """The front of a ball that lies at `share` of the limb."""
    middle = [bone.start[k] + share * (bone.end[k] - bone.start[k]) for k in range(3)]
    radius = bone.radii[0] + share * (bone.radii[1] - bone.radii[0])
    rise = radius**2 - (x - middle[0]) ** 2 - (y - middle[1]) ** 2
    height: Map = np.where(rise > 0, middle[2] + np.sqrt(rise.clip(0)), _FAR).astype(np.float32)
    return height


def _smooth_palm(height: Map, part: NDArray[np.int8], unit: float) -> Map:
    """The palm's limbs melt into one plate."""
    palm = (part == 0).astype(np.float32)
    blur = (0, 0), max(0.5, 0.07 * unit)
    weight = cv2.GaussianBlur(palm, *blur)
    mean = cv2.GaussianBlur(height * palm, *blur) / np.maximum(weight, 1e-3)
    smooth: Map = np.where(part == 0, mean, height).astype(np.float32)
    return smooth


def lit(seen: Relief, unit: float, light: tuple[float, float]) -> Map:
    """Brightness [side, side], 1 where the light falls straight; the hollows are darker."""
    covered = seen.covered
    floor = float(seen.height[covered].min()) - 0.1 if covered.any() else 0.0
    height = np.where(covered, seen.height, floor).astype(np.float32)
    down, across = np.gradient(cv2.GaussianBlur(height, (0, 0), max(0.4, 0.02 * unit)))
    slope_x, slope_y = (
        each.clip(-0.06 * unit, 0.06 * unit) * unit / 1.0 for each in (across, -down)
    )
    length = np.sqrt(slope_x**2 + slope_y**2 + 1)
    towards = np.array([light[0], light[1], 1.3]) / np.sqrt(light[0] ** 2 + light[1] ** 2 + 1.69)
    facing = ((-slope_x * towards[0] - slope_y * towards[1] + towards[2]) / length).clip(0)
    around = cv2.GaussianBlur(height, (0, 0), max(1.0, 0.12 * unit))
    hollow = (around - height).clip(0, 0.35)
    bright: Map = (0.42 + 0.62 * facing - 0.9 * hollow) * (1 - 0.22 * seen.folds)
    return bright.clip(0.12, 1.15)
