"""Finds the face, shows what mattered in it, and the door."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageOps
from torch import Tensor, nn

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


def evidence(net: nn.Module, x: Tensor, copies: int = 16) -> Tensor:
    """Where a change of pixels would change the answer most, 0..1 [64, 64].

    The gradient's size, averaged over noisy copies (SmoothGrad, Smilkov 2017) and smoothed.
    x: [3, 64, 64].
    """
    chance = torch.Generator().manual_seed(0)
    noisy = x + 0.08 * torch.randn((copies, *x.shape), generator=chance)
    noisy.requires_grad_(True)
    (slope,) = torch.autograd.grad(net(noisy).sum(), noisy)
    heat = slope.abs().amax(dim=1).mean(dim=0)[None, None]  # [1, 1, 64, 64]
    smooth = nn.functional.avg_pool2d(heat, 5, stride=1, padding=2)[0, 0]
    return (smooth / smooth.max().clamp(min=1e-9)).detach()


def with_heat(face: Image.Image, heat: Tensor, side: int) -> Image.Image:
    """The grey face with what mattered glowing in red. heat: [64, 64] in 0..1."""
    small = Image.fromarray((heat.square() * 255).byte().numpy())
    mask = small.resize((side, side), Image.Resampling.BICUBIC)
    shown = face.resize((side, side)).convert("L").convert("RGB")
    shown.paste((230, 40, 20), (0, 0), mask.point(lambda value: value * 0.8))
    return shown


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
