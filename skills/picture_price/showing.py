"""The answer as a picture: the bicycle's parts in the colour of what they add, and bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_INK, _PAPER, _GREY = (30, 30, 30), (255, 255, 255), (150, 150, 150)
_SIDE, _HEAD = 480, 40  # pixels
_HEAT = np.array([(255, 246, 190), (253, 174, 80), (215, 60, 40), (120, 0, 40)], dtype=float)


def heat_colour(share: float) -> tuple[int, int, int]:
    """Pale yellow at 0 to dark red at 1."""
    place = min(max(share, 0.0), 1.0) * (len(_HEAT) - 1)
    first = min(int(place), len(_HEAT) - 2)
    red, green, blue = _HEAT[first] + (place - first) * (_HEAT[first + 1] - _HEAT[first])
    return int(red), int(green), int(blue)


def tint_parts(
    image: Image.Image, labels: NDArray[np.uint8], dollars: Sequence[float]
) -> Image.Image:
    """Each part in the colour of its share; the backdrop paler. labels: of the image's size."""
    most = max(1.0, *dollars)
    pixels = np.asarray(image, dtype=float)
    grey = pixels.mean(axis=2, keepdims=True)
    tinted = 0.55 * grey + 0.45 * 255 + 0 * pixels
    for number, value in enumerate(dollars):
        shown = labels == number + 1
        tinted[shown] = 0.2 * pixels[shown] + 0.8 * np.array(heat_colour(value / most))
    return Image.fromarray(tinted.clip(0, 255).astype(np.uint8))


def tint_heat(image: Image.Image, heat: NDArray[np.floating]) -> Image.Image:
    """A heat map over the grey picture. heat: [height, width], any unit."""
    most = max(1.0, float(heat.max()))
    small = Image.fromarray((heat.clip(0) / most * 255).astype(np.uint8))
    shares = np.asarray(small.resize(image.size, Image.Resampling.BILINEAR), dtype=float) / 255
    table = np.array([heat_colour(step / 255) for step in range(256)], dtype=float)
    colours = table[(shares * 255).astype(int)]
    grey = np.asarray(image.convert("L"), dtype=float)[..., None]
    weight = (0.15 + 0.75 * shares)[..., None]
    return Image.fromarray((grey * (1 - weight) + colours * weight).clip(0, 255).astype(np.uint8))


def answer_picture(left: tuple[str, Image.Image], right: tuple[str, Image.Image]) -> Image.Image:
    """Two pictures under their captions."""
    height = max(left[1].height, right[1].height)
    sheet = Image.new("RGB", (2 * _SIDE + 24, height + _HEAD + 8), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for x, (caption, image) in ((8, left), (_SIDE + 16, right)):
        draw.text((x, 9), caption, fill=_INK, font=ImageFont.load_default(18))
        sheet.paste(image, (x, _HEAD))
    return sheet


def bars(found: Mapping[str, float], truth: Mapping[str, float]) -> Image.Image:
    """A bar for each part's dollars, a black mark at its true price."""
    row, left = 46, 120
    image = Image.new("RGB", (_SIDE, row * len(found) + 34), _PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(17)
    most = max(1.0, *found.values(), *truth.values())
    scale = (_SIDE - left - 80) / most
    for number, (part, value) in enumerate(found.items()):
        y = row * number + 8
        draw.text((8, y + 6), part, fill=_INK, font=font)
        tip = left + max(value, 0) * scale
        draw.rectangle((left, y, max(tip, left + 1), y + 30), fill=heat_colour(value / most))
        mark = left + truth[part] * scale
        draw.line((mark, y - 3, mark, y + 33), fill=_INK, width=3)
        draw.text((max(tip, mark) + 8, y + 6), f"${value:.0f}", fill=_INK, font=font)
    foot = "bar: what the network adds for it    black mark: its true price"
    draw.text((8, row * len(found) + 10), foot, fill=_GREY, font=ImageFont.load_default(14))
    return image
