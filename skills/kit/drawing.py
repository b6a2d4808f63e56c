"""Small pictures with Pillow alone: tables, bars, pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_INK, _PAPER, _ACCENT = (30, 30, 30), (255, 255, 255), (140, 21, 21)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def png(image: Image.Image) -> bytes:
    """The picture as PNG bytes."""
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def table_picture(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table; the largest number of each row is in colour."""
    width, height = 120, 36
    image = Image.new("RGB", (width * len(head) + 1, height * (len(rows) + 1) + 1), _PAPER)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate([head, *rows]):
        values = [float(cell) for cell in row[1:]] if y else []
        for x, cell in enumerate(row):
            box = (x * width, y * height, (x + 1) * width, (y + 1) * height)
            best = bool(values) and x > 0 and values[x - 1] == max(values) > 0
            draw.rectangle(box, outline=_INK)
            place = (box[0] + 12, box[1] + 8)
            draw.text(place, cell, fill=_ACCENT if best else _INK, font=_font(16))
    return png(image)


def bars_picture(bars: Sequence[tuple[str, float]]) -> bytes:
    """Bars up and down from a zero line, with their values."""
    width, height, middle = 160, 260, 130
    image = Image.new("RGB", (width * len(bars), height), _PAPER)
    draw = ImageDraw.Draw(image)
    scale = 90 / max(1e-9, *(abs(value) for _, value in bars))
    for index, (label, value) in enumerate(bars):
        left, tip = index * width + 45, middle - value * scale
        draw.rectangle((left, min(tip, middle), left + 70, max(tip, middle)), fill=_ACCENT)
        draw.text(
            (left + 8, tip - 20 if value >= 0 else tip + 4),
            f"{value:.4g}",
            fill=_INK,
            font=_font(15),
        )
        draw.text((left - 20, height - 24), label, fill=_INK, font=_font(15))
    draw.line((0, middle, width * len(bars), middle), fill=_INK)
    return png(image)


def side_by_side(pictures: Sequence[tuple[str, Image.Image]], size: int = 256) -> bytes:
    """Pictures of one height with captions."""
    image = Image.new("RGB", (size * len(pictures), size + 28), _PAPER)
    draw = ImageDraw.Draw(image)
    for index, (caption, picture) in enumerate(pictures):
        image.paste(
            picture.convert("RGB").resize((size, size), Image.Resampling.NEAREST),
            (index * size, 28),
        )
        draw.text((index * size + 6, 5), caption, fill=_INK, font=_font(14))
    return png(image)
