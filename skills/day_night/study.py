"""The lecture's human study: at which resolution do people still tell day from night?

A sheet to print: rows of pictures from coarse to fine, boxes to tick, and the key apart from them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from skills.day_night.net import as_tensor
from skills.day_night.photos import LAYOUT, labelled_files
from skills.day_night.training import generate
from skills.errors import DataLayoutInvalid
from skills.kit.images import open_image

RESOLUTIONS = (8, 16, 32, 64)
_COLUMNS = 5
_CELL, _ROW, _TOP = 190, 250, 90
_INK, _SOFT = (30, 30, 30), (120, 120, 120)
Shown = tuple[Image.Image, bool]  # a picture, and whether it was night


def pictures(data: Path | None, seed: int) -> list[Shown]:
    """Twenty pictures, each shown once (who saw it sharp knows it blurred): from the user's folder,
    or generated.
    """
    wanted = _COLUMNS * len(RESOLUTIONS)
    if data is None:
        return [(each.picture, each.night) for each in generate(wanted, 700 + seed, side=128)]
    files = labelled_files(data)
    if not files:
        raise DataLayoutInvalid(str(data), LAYOUT)
    chance = random.Random(seed)
    drawn = chance.sample(files, min(wanted, len(files)))
    return [(open_image(path.read_bytes()), night > 0.5) for path, night in drawn]


def sheet(shown: Sequence[Shown]) -> Image.Image:
    """The page to fill in; numbers go from the coarsest row to the finest."""
    page = Image.new("RGB", (_CELL * _COLUMNS + 70, _TOP + _ROW * len(RESOLUTIONS)), "white")
    draw = ImageDraw.Draw(page)
    draw.text((20, 14), "Day or night? Tick one box a picture, from the top.", _INK, _font(24))
    draw.text((20, 48), "Don't go back up: each row is sharper than the last. Name: __________  "
              "Date: __________", _SOFT, _font(15))  # fmt: skip
    for place, (picture, _) in enumerate(shown[: _COLUMNS * len(RESOLUTIONS)]):
        row, column = divmod(place, _COLUMNS)
        left, top = 70 + column * _CELL, _TOP + row * _ROW
        if column == 0:
            draw.text((12, top + 70), f"{RESOLUTIONS[row]} px", _SOFT, _font(15))
        coarse = as_tensor(picture, RESOLUTIONS[row])
        pixels = (coarse.permute(1, 2, 0) * 255).byte().numpy()
        enlarged = Image.fromarray(pixels, "RGB").resize((170, 170), Image.Resampling.NEAREST)
        page.paste(enlarged, (left, top))
        draw.text((left, top + 178), f"{place + 1}", _INK, _font(17))
        for offset, word in ((34, "day"), (98, "night")):
            draw.rectangle((left + offset, top + 181, left + offset + 14, top + 195), outline=_INK)
            draw.text((left + offset + 20, top + 178), word, _INK, _font(15))
    return page


def key(shown: Sequence[Shown]) -> Image.Image:
    """The answers, and how to count: the lowest row without a mistake is the resolution to take."""
    rows = -(-len(shown) // _COLUMNS)
    page = Image.new("RGB", (_CELL * _COLUMNS + 70, 110 + 34 * rows), "white")
    draw = ImageDraw.Draw(page)
    draw.text((20, 14), "Key (keep it apart from the sheet)", _INK, _font(22))
    draw.text((20, 48), "Take the coarsest row in which nobody was wrong, over several people.",
              _SOFT, _font(15))  # fmt: skip
    for place, (_, night) in enumerate(shown):
        row, column = divmod(place, _COLUMNS)
        said = f"{place + 1}: {'night' if night else 'day'}"
        draw.text((70 + column * _CELL, 90 + 34 * row), said, _INK, _font(17))
    return page


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
