"""A scene under the brush: what is painted on what, and so where each thing can still be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from skills.detection.scenes.cutting import Cutting
from skills.detection.scenes.pen import Point

STILL_SEEN = 0.55  # share of a thing that must stay visible; what would hide more isn't painted
_CLUTTER = -1


@dataclass(frozen=True)
class Labelled:
    """A finished scene with its boxes."""

    pixels: NDArray[np.uint8]  # [side, side, 3]
    boxes: NDArray[np.float32]  # [things, 4]: left, top, right, bottom as shares of the side
    kinds: NDArray[np.int64]  # [things]: index of the class


class Scene:
    """Things are pasted back to front; each keeps the pixels that no later one covers."""

    def __init__(self, background: Image.Image) -> None:
        self.image = background.convert("RGB")
        self.side = background.width
        self.light = Image.new("RGB", background.size)
        self._owner = np.zeros((self.side, self.side), dtype=np.int16)  # 0 is the background
        self._kinds: list[int] = []
        self._full: list[int] = []  # pixels of each thing before others covered it

    def place(self, cutting: Cutting, middle: Point, kind: int | None) -> bool:
        """Paste a cutting around `middle` (shares of the side); `kind` None is clutter.

        False, and nothing is painted, if it would hide another, or itself stand mostly outside.
        """
        body, light = cutting.body, cutting.light
        left = round(middle[0] * self.side - body.width / 2)
        top = round(middle[1] * self.side - body.height / 2)
        solid = np.asarray(body.getchannel("A")) > 110
        window = _window(left, top, solid.shape, self.side)
        if window is None:
            return False
        here, part = window
        inside = solid[part]
        if inside.sum() < STILL_SEEN * solid.sum() or self._hides(here, inside):
            return False
        self.image.paste(body, (left, top), body)
        self.light.paste((0, 0, 0), (left, top), body)
        if light is not None:
            self.light.paste(light, (left, top), light)
        self._own(here, inside, int(solid.sum()), kind)
        return True

    def shadow(self, middle: Point, width: float, strength: float) -> None:
        """A soft dark patch under a thing."""
        wide = max(2, round(width * self.side))
        dark = Image.new("L", (wide, max(1, wide // 5)), round(255 * strength))
        mask = ImageChops.multiply(dark, Image.radial_gradient("L").resize(dark.size).point(_falls))
        place = (round(middle[0] * self.side) - wide // 2, round(middle[1] * self.side))
        self.image.paste((0, 0, 0), (place[0], place[1] - mask.height // 2), mask)

    def labels(self) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Boxes [things, 4] around what is visible, and classes [things]."""
        boxes = [self._box(number) for number in range(1, len(self._kinds) + 1)]
        return (
            np.asarray(boxes, dtype=np.float32).reshape(-1, 4),
            np.asarray(self._kinds, dtype=np.int64),
        )

    def _own(
        self, here: tuple[slice, slice], inside: NDArray[np.bool_], full: int, kind: int | None
    ) -> None:
        number = _CLUTTER
        if kind is not None:
            self._kinds.append(kind)
            self._full.append(full)
            number = len(self._kinds)
        self._owner[here][inside] = number

    def _hides(self, here: tuple[slice, slice], inside: NDArray[np.bool_]) -> bool:
        covered = self._owner[here][inside]
        for number in np.unique(covered[covered > 0]):
            left = int((self._owner == number).sum()) - int((covered == number).sum())
            if left < STILL_SEEN * self._full[number - 1]:
                return True
        return False

    def _box(self, number: int) -> tuple[float, float, float, float]:
        rows = np.flatnonzero((self._owner == number).any(axis=1))
        columns = np.flatnonzero((self._owner == number).any(axis=0))
        corners = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        left, top, right, bottom = (float(each) / self.side for each in corners)
        return left, top, right, bottom


def _window(
    left: int, top: int, shape: tuple[int, ...], side: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]] | None:
    """The part of the scene that a picture at that place covers, and which part of it that is."""
    height, width = shape
    x0, y0, x1, y1 = max(0, left), max(0, top), min(side, left + width), min(side, top + height)
    if x0 >= x1 or y0 >= y1:
        return None
    here = (slice(y0, y1), slice(x0, x1))
    return here, (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))


def _falls(value: int) -> int:
    return max(0, 255 - 2 * value)
