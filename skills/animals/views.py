"""Pictures as the network sees them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor

from skills.kit.cifar import SIDE

_LARGEST = 256  # pixels of the shorter side that are kept for showing


def framed(image: Image.Image) -> Image.Image:
    """The middle of the picture, its longer side twice the shorter one at most."""
    side = min(image.size)
    width, height = (min(2 * side, each) for each in image.size)
    left, upper = (image.width - width) // 2, (image.height - height) // 2
    scale = min(1.0, _LARGEST / side)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    box = (left, upper, left + width, upper + height)
    return image.convert("RGB").resize(size, Image.Resampling.BOX, box)


def abreast(images: Sequence[Image.Image]) -> Image.Image:
    """The middle squares of pictures side by side, each 256 pixels wide."""
    sheet = Image.new("RGB", (_LARGEST * len(images), _LARGEST))
    for number, image in enumerate(images):
        square = ImageOps.fit(image.convert("RGB"), (_LARGEST, _LARGEST))
        sheet.paste(square, (number * _LARGEST, 0))
    return sheet


def as_seen(image: Image.Image) -> Tensor:
    """uint8 [3, h, w] of a framed picture: the shorter side 32 pixels, the other up to 64."""
    scale = SIDE / min(image.size)
    width, height = (min(2 * SIDE, max(SIDE, round(side * scale))) for side in image.size)
    small = image.resize((width, height), Image.Resampling.BOX)
    return torch.from_numpy(np.asarray(small, dtype=np.uint8).transpose(2, 0, 1).copy())


def squares(pixels: Tensor) -> list[Tensor]:
    """Both halves of two pictures in a row, else the middle square. uint8, each [3, 32, 32]."""
    _, height, width = pixels.shape
    if max(height, width) == 2 * SIDE:
        return list(pixels.split(SIDE, dim=1 if height > width else 2))
    upper, left = (height - SIDE) // 2, (width - SIDE) // 2
    return [pixels[:, upper : upper + SIDE, left : left + SIDE]]


def as_picture(pixels: Tensor, height: int) -> Image.Image:
    """The picture of pixels, so high. uint8 [3, h, w]."""
    image = Image.fromarray(pixels.permute(1, 2, 0).contiguous().numpy())
    size = (round(image.width * height / image.height), height)
    return image.resize(size, Image.Resampling.NEAREST)
