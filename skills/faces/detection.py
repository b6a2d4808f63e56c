"""Finds the face in a photo and cuts it out in one framing (lecture 2: detect, then crop).

The detector is OpenCV's boosted cascade (Viola and Jones 2001), which comes with the package. A
picture is first framed by its own border, so that a photo that is already cut to the face works.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from skills.errors import NoFaceFound
from skills.faces.net import HEIGHT, WIDTH
from skills.kit.images import open_image

Grey = NDArray[np.uint8]
Box = tuple[float, float, float]  # middle x, middle y and side in pixels of the picture
_LONGEST = 640  # pixels a side when we look for a face: enough, and bounded in time
_FRAME = 0.2  # of the shorter side, repeated around the picture
_SMALLEST = 0.1  # of the shorter side: smaller faces are people in the background
_ROOM = 1.06  # the crop's width in sides of the box: as ORL's pictures are framed, on average
_UP = 0.07  # its middle lies that much of a side above the box's: hair tells people apart


@dataclass(frozen=True)
class Face:
    """A face cut out."""

    pixels: Tensor  # [1, 56, 46] in 0..1
    box: Box


@cache
def _cascade(kind: str) -> Any:
    folder = Path(cv2.__file__).parent / "data"  # cv2.data, which its types do not know
    return cv2.CascadeClassifier(str(folder / f"haarcascade_{kind}.xml"))


def find(grey: Grey) -> Box | None:
    """The largest upright face; None if there is none. `grey`: [height, width]."""
    shrink = min(1.0, _LONGEST / max(grey.shape))
    size = (max(1, round(grey.shape[1] * shrink)), max(1, round(grey.shape[0] * shrink)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    frame = round(min(size) * _FRAME)
    framed = cv2.copyMakeBorder(small, frame, frame, frame, frame, cv2.BORDER_REPLICATE)
    least = max(24, round(min(size) * _SMALLEST))
    for kind in ("frontalface_alt2", "frontalface_default"):
        boxes = _cascade(kind).detectMultiScale(framed, 1.05, 4, minSize=(least, least))
        if len(boxes):
            x, y, side, _ = max(boxes, key=lambda box: int(box[2]))
            middle = side / 2 - frame
            return (x + middle) / shrink, (y + middle) / shrink, side / shrink
    return None


def crop(grey: Grey, number: int) -> Face:
    """The face of a photo; raise NoFaceFound with the photo's number (from 1)."""
    box = find(grey)
    if box is None:
        raise NoFaceFound(number)
    x, y, side = box
    y -= _UP * side
    # Cut finely and averaged down: one photo pixel in four would be noise.
    fine = max(1, math.ceil(_ROOM * side / WIDTH))
    step = _ROOM * side / (WIDTH * fine)  # pixels of the photo
    size = (WIDTH * fine, HEIGHT * fine)
    left, top = x - step * (size[0] - 1) / 2, y - step * (size[1] - 1) / 2
    place = np.array([[step, 0, left], [0, step, top]], np.float32)
    cut = cv2.warpAffine(
        grey, place, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    cut = cv2.resize(cut, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return Face(torch.from_numpy(cut.astype(np.float32) / np.float32(255))[None], box)


@dataclass(frozen=True)
class Photo:
    """An upload: the picture and the face in it."""

    image: Image.Image
    face: Face


def open_photos(sources: Sequence[bytes]) -> list[Photo]:
    """All uploads with their faces; raise NotAnImage, ImageTooLarge or NoFaceFound."""
    photos = []
    for number, source in enumerate(sources, 1):
        image = open_image(source)
        image.thumbnail((2 * _LONGEST, 2 * _LONGEST))
        photos.append(Photo(image, crop(np.asarray(image.convert("L")), number)))
    return photos


def stack(photos: list[Photo]) -> Tensor:
    """Their crops, [n, 1, 56, 46]."""
    return torch.stack([photo.face.pixels for photo in photos])
