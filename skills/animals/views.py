"""Pictures as the network sees them."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from skills.kit.cifar import SIDE


def as_seen(image: Image.Image) -> Tensor:
    """uint8 [3, h, w]: the shorter side 32 pixels, of the longer one the middle 64 at most."""
    scale = SIDE / min(image.size)
    width, height = (min(2 * SIDE, max(SIDE, round(side * scale))) for side in image.size)
    box_width = min(image.width, width / scale)
    box_height = min(image.height, height / scale)
    left, upper = (image.width - box_width) / 2, (image.height - box_height) / 2
    box = (left, upper, left + box_width, upper + box_height)
    small = image.convert("RGB").resize((width, height), Image.Resampling.BOX, box)
    return torch.from_numpy(np.asarray(small, dtype=np.uint8).transpose(2, 0, 1).copy())


def as_square(image: Image.Image) -> Tensor:
    """uint8 [3, 32, 32]: the middle square."""
    side = min(image.size)
    left, upper = (image.width - side) / 2, (image.height - side) / 2
    box = (left, upper, left + side, upper + side)
    small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX, box)
    return torch.from_numpy(np.asarray(small, dtype=np.uint8).transpose(2, 0, 1).copy())


def as_picture(pixels: Tensor, scale: int = 1) -> Image.Image:
    """The picture of pixels, each `scale` wide. uint8 [3, h, w]."""
    image = Image.fromarray(pixels.permute(1, 2, 0).contiguous().numpy())
    size = (image.width * scale, image.height * scale)
    return image.resize(size, Image.Resampling.NEAREST)
