"""Finds the face, and draws the door."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageOps

_WALL, _WOOD, _DARK = (226, 206, 176), (122, 74, 40), (60, 40, 28)
_LIGHT, _GREEN, _RED = (255, 232, 150), (60, 150, 70), (190, 40, 40)


@cache
def _finder() -> Any:
    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_default.xml"))


def face_of(image: Image.Image) -> tuple[Image.Image, bool]:
    """The largest face with some room around it, or else the middle square; whether one was found.

    The cascade is Viola's and Jones's (2001), as OpenCV brings it.
    """
    image.thumbnail((640, 640))
    grey = np.asarray(image.convert("L"))
    boxes = _finder().detectMultiScale(grey, 1.1, 5, minSize=(40, 40))
    if not len(boxes):
        side = min(image.size)
        return ImageOps.fit(image, (side, side)), False
    x, y, side, _ = (int(value) for value in max(boxes, key=lambda box: box[2]))
    room = side // 4
    box = (x - room, y - room, x + side + room, y + side + room)
    return image.crop(box), True


def door(opens: bool, side: int) -> Image.Image:
    """The house's door, open with light behind it or shut."""
    image = Image.new("RGB", (side, side), _WALL)
    draw = ImageDraw.Draw(image)
    unit = side / 100

    def box(*edges: float) -> tuple[float, ...]:
        return tuple(edge * unit for edge in edges)

    for row in range(0, 100, 10):
        draw.line(box(0, row, 100, row), fill=(206, 182, 150), width=2)
    draw.rectangle(box(28, 18, 72, 92), fill=_DARK)
    draw.rectangle(box(31, 21, 69, 92), fill=_LIGHT if opens else _WOOD)
    if opens:
        draw.polygon(box(31, 92, 69, 92, 88, 100, 12, 100), fill=_LIGHT)
        draw.polygon(box(31, 21, 31, 92, 14, 98, 14, 15), fill=_WOOD)
        draw.ellipse(box(17, 54, 21, 58), fill=(230, 190, 70))
    else:
        for top in (27, 60):
            draw.rectangle(box(37, top, 63, top + 25), outline=_DARK, width=max(1, side // 100))
        draw.ellipse(box(63, 55, 67, 59), fill=(230, 190, 70))
    draw.rectangle(
        box(0, 92, 100, 100) if not opens else box(0, 98, 100, 100), fill=(150, 140, 130)
    )
    lamp = _GREEN if opens else _RED
    draw.ellipse(box(46, 6, 54, 14), fill=lamp, outline=_DARK)
    return image
