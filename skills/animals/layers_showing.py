"""Filters, maps and exciting pictures on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

_INK, _PAPER, _GREY = (30, 30, 30), (255, 255, 255), (110, 110, 110)
_WIDTH, _EDGE, _GAP, _HEAD = 1000, 20, 6, 44  # pixels
# Dark to light in even steps of brightness, so that a map reads the same in grey.
_HEAT = np.array([(8, 6, 30), (84, 20, 110), (180, 54, 92), (246, 138, 64), (252, 246, 190)])


@dataclass(frozen=True)
class Row:
    """Pictures of one height under a line of text, with a fainter line below it."""

    title: str
    under: str
    tiles: Sequence[Image.Image]
    high: int  # pixels of each
    names: Sequence[str] = ()  # under the tiles


def sheet(rows: Sequence[Row]) -> Image.Image:
    """The rows one below the other, 1000 pixels wide."""
    image = Image.new("RGB", (_WIDTH, 8 + sum(map(_height, rows))), _PAPER)
    draw, top = ImageDraw.Draw(image), 10
    for row in rows:
        draw.text((_EDGE, top), row.title, fill=_INK, font=ImageFont.load_default(17))
        draw.text((_EDGE, top + 21), row.under, fill=_GREY, font=ImageFont.load_default(14))
        for number, (tile, (left, upper)) in enumerate(zip(row.tiles, _places(row), strict=True)):
            size = (_wide(tile, row.high), row.high)
            corner = (left, top + _HEAD + upper)
            image.paste(tile.resize(size, Image.Resampling.NEAREST), corner)
            if row.names:
                place = (left + 2, corner[1] + row.high + 1)
                draw.text(place, row.names[number], fill=_INK, font=ImageFont.load_default(14))
        top += _height(row)
    return image


def fitting(columns: int, rows: int, high: int, lines: int) -> int:
    """How many tiles of a map's shape fit into so many lines, when each is `high` pixels high."""
    wide = max(1, round(columns * high / rows))
    return lines * ((_WIDTH - 2 * _EDGE + _GAP) // (wide + _GAP))


def _wide(tile: Image.Image, high: int) -> int:
    return max(1, round(tile.width * high / tile.height))


def _places(row: Row) -> list[tuple[int, int]]:
    """Left and upper edge of each tile, from left to right, in as many lines as it takes."""
    places: list[tuple[int, int]] = []
    left, upper = _EDGE, 0
    for tile in row.tiles:
        wide = _wide(tile, row.high)
        if places and left + wide > _WIDTH - _EDGE:
            left, upper = _EDGE, upper + _line(row)
        places.append((left, upper))
        left += wide + _GAP
    return places


def _line(row: Row) -> int:
    return row.high + _GAP + (18 if row.names else 0)


def _height(row: Row) -> int:
    return _HEAD + _places(row)[-1][1] + _line(row) + 10


def coloured(x: Tensor) -> Image.Image:
    """A small colour picture. [3, h, w] in 0..1."""
    return Image.fromarray((x * 255).round().byte().permute(1, 2, 0).contiguous().numpy())


def heated(map_: Tensor) -> Image.Image:
    """A map from its least (dark) to its most (light). [h, w]."""
    span = (map_.max() - map_.min()).clamp(min=1e-6)
    values = ((map_ - map_.min()) / span).numpy() * (len(_HEAT) - 1)
    places = np.arange(len(_HEAT))
    bands = [np.interp(values, places, _HEAT[:, band]) for band in range(3)]
    return Image.fromarray(np.stack(bands, axis=2).astype(np.uint8))


def strip(encoding: Tensor, columns: int = 48) -> Image.Image:
    """The numbers of an encoding as a small field. [numbers] → columns wide."""
    rows = -(-len(encoding) // columns)
    padded = torch.zeros(rows * columns)
    padded[: len(encoding)] = encoding
    return heated(padded.view(rows, columns))
