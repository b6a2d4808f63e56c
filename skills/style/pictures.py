"""Uploads as tensors and back, and the pictures of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor

_FRAME_MS, _LAST_MS = 250, 2000


def square(image: Image.Image, size: int) -> Image.Image:
    """The middle of a picture, `size` pixels square: so no strip or giant is looked at."""
    return ImageOps.fit(image.convert("RGB"), (size, size), Image.Resampling.LANCZOS)


def as_tensor(image: Image.Image) -> Tensor:
    """[1, 3, height, width] in 0..1."""
    pixels = np.asarray(image.convert("RGB"), dtype=np.float32) / np.float32(255)
    return torch.from_numpy(pixels.transpose(2, 0, 1).copy()).unsqueeze(0)


def as_image(x: Tensor) -> Image.Image:
    """The picture of [1, 3, height, width] in 0..1; what lies outside is cut off."""
    pixels = (x[0].clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()
    return Image.fromarray(pixels, "RGB")


def film(frames: Sequence[Image.Image]) -> bytes:
    """An animation of pictures of one size (GIF) that rests on the last one."""
    out = BytesIO()
    first, *rest = [frame.quantize(128) for frame in frames]
    times = [_FRAME_MS] * len(rest) + [_LAST_MS]
    first.save(out, "GIF", save_all=True, append_images=rest, duration=times, loop=0)
    return out.getvalue()
