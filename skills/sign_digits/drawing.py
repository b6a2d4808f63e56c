"""The photo of a hand before a backdrop."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from skills.kit.scenery import backdrop, photographed
from skills.sign_digits.hand import Hand, Pose
from skills.sign_digits.rendering import Relief, lit, relief
from skills.sign_digits.skeleton import bones_of, turned

SIZE = 64  # pixels of the network's pictures, a side
_OVER = 2  # pixels drawn for each of them
_WARM = np.array([0.85, 1.04, 1.12])  # shadows of skin are redder


def draw_sign(
    hand: Hand, pose: Pose, scene: str, chance: random.Random, scale: int = 1
) -> Image.Image:
    """The photo, SIZE · scale pixels a side, before a backdrop named in kit.scenery."""
    side = SIZE * _OVER * scale
    unit = 0.33 * side * pose.size
    middle = (side * (0.5 + pose.shift[0]), side * (0.54 + pose.shift[1]))
    seen = relief(turned(bones_of(hand, pose), pose), side, unit, middle)
    painted = _painted(hand, seen, lit(seen, unit, pose.light))
    behind = np.asarray(backdrop(scene, (side, side), chance), dtype=np.float64)
    shadow = _shadow(seen, unit, pose.light) * chance.uniform(0, 0.45)
    pixels = np.where(seen.covered[..., None], painted, behind * (1 - shadow[..., None]))
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return photographed(image.resize((SIZE * scale,) * 2, Image.Resampling.BOX), chance)


def _painted(hand: Hand, seen: Relief, bright: NDArray[np.float32]) -> NDArray[np.float64]:
    skin: NDArray[np.float64] = np.array(hand.skin) * bright[..., None] ** _WARM
    if hand.sleeve is None:
        return skin
    cloth = np.array(hand.sleeve) * bright[..., None]
    return np.where((seen.part == 3)[..., None], cloth, skin)


def _shadow(seen: Relief, unit: float, light: tuple[float, float]) -> NDArray[np.float64]:
    """The hand's soft shadow on what lies behind, away from the light."""
    shape = seen.covered.astype(np.float32)
    moved = np.array([[1, 0, -0.25 * unit * light[0]], [0, 1, 0.25 * unit * light[1]]])
    cast = cv2.warpAffine(shape, moved, shape.shape[::-1])
    return np.asarray(cv2.GaussianBlur(cast, (0, 0), max(1.0, 0.1 * unit)), dtype=np.float64)
