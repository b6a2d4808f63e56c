"""The answer as a picture: boxes with names on the left, how sure each cell is on the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from skills.detection.detect import Found

_SIDE, _HEAD = 500, 30
_PAPER, _INK, _FAINT = (255, 255, 255), (30, 30, 30), (130, 130, 130)
_COLOURS = (
    (214, 39, 40), (31, 119, 180), (152, 78, 163), (23, 139, 72),
    (230, 110, 0), (180, 30, 120), (0, 128, 140), (120, 80, 40),
)  # fmt: skip
Panel = tuple[str, Image.Image]


def with_boxes(
    image: Image.Image, found: Found, classes: Sequence[str], faint: bool = False
) -> Image.Image:
    """The picture, at most 500 pixels a side, with boxes (shares of it), names, confidences."""
    scale = _SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    shown = image.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(shown)
    for row in range(len(found.scores) - 1, -1, -1):  # the surest on top
        kind = int(found.kinds[row])
        colour = _FAINT if faint else _COLOURS[kind % len(_COLOURS)]
        box = [float(edge) * size[place % 2] for place, edge in enumerate(found.boxes[row])]
        draw.rectangle((box[0], box[1], max(box[0], box[2]), max(box[1], box[3])), None, colour, 3)
        _label(
            draw, f"{classes[kind]} {float(found.scores[row]):.0%}", (box[0], box[1]), size, colour
        )
    return shown


def _label(
    draw: ImageDraw.ImageDraw, words: str, corner: tuple[float, float], size: tuple[int, int],
    colour: tuple[int, int, int],
) -> None:  # fmt: skip
    """White words on the box's colour, over its upper edge, inside the picture."""
    font = ImageFont.load_default(15)
    width = draw.textlength(words, font) + 8
    left = max(0.0, min(corner[0], size[0] - width))
    top = max(0.0, corner[1] - 20)
    draw.rectangle((left, top, left + width, top + 20), fill=colour)
    draw.text((left + 4, top + 1), words, fill=_PAPER, font=font)


def with_cells(pixels: Tensor, sure: Tensor) -> Image.Image:
    """What the network sees [3, 128, 128], bright where a cell [16, 16] is sure of a thing."""
    seen = np.asarray(
        Image.fromarray(pixels.permute(1, 2, 0).numpy()).resize((_SIDE, _SIDE)), dtype=float
    )
    cells = Image.fromarray((sure * 255).byte().numpy())
    large = cells.resize((_SIDE, _SIDE), Image.Resampling.NEAREST)
    heat = np.asarray(large, dtype=float)[..., None] / 255
    warm = np.asarray((255.0, 196.0, 0.0))
    mixed = seen * 0.45 * (1 - 0.75 * heat) + warm * 0.75 * heat
    image = Image.fromarray(mixed.clip(0, 255).astype(np.uint8))
    draw, step = ImageDraw.Draw(image), _SIDE / sure.shape[0]
    for line in range(1, sure.shape[0]):
        draw.line((line * step, 0, line * step, _SIDE), fill=(90, 90, 90))
        draw.line((0, line * step, _SIDE, line * step), fill=(90, 90, 90))
    return image


def panels(shown: Sequence[Panel]) -> Image.Image:
    """Captions over pictures, side by side on white, each in the middle of its square."""
    sheet = Image.new("RGB", ((_SIDE + 8) * len(shown), _SIDE + _HEAD), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, (caption, image) in enumerate(shown):
        left = place * (_SIDE + 8) + 4
        draw.text((left, 6), caption, fill=_INK, font=ImageFont.load_default(16))
        middle = (left + (_SIDE - image.width) // 2, _HEAD + (_SIDE - image.height) // 2)
        sheet.paste(image, middle)
    return sheet
