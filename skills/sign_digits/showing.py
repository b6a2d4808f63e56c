"""The answer as pictures: bars of six digits, and who is taken for whom."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

_INK, _PAPER, _GREY, _ACCENT = (30, 30, 30), (255, 255, 255), (176, 176, 176), (140, 21, 21)


def bars(ours: Sequence[float], theirs: Sequence[float], side: int) -> Image.Image:
    """For each digit the network's P above logistic regression's, `side` pixels square."""
    image = Image.new("RGB", (side, side), _PAPER)
    draw = ImageDraw.Draw(image)
    row, left = (side - 44) / len(ours), side * 0.12
    scale = side - left - side * 0.19
    large, small = ImageFont.load_default(side // 14), ImageFont.load_default(side // 22)
    for digit, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        y = row * digit + 6
        best = mine == max(ours)
        draw.text((side * 0.04, y + row * 0.14), str(digit), fill=_INK, font=large)
        tip = left + scale * mine
        fill = _ACCENT if best else (205, 150, 150)
        draw.rectangle((left, y, max(tip, left + 1), y + row * 0.5), fill=fill)
        draw.text((tip + 6, y + row * 0.06), f"{mine:.0%}", fill=_INK, font=small)
        below = (left, y + row * 0.54, max(left + scale * other, left + 1), y + row * 0.76)
        draw.rectangle(below, fill=_GREY)
    for x, fill, name in ((0.05, _ACCENT, "network"), (0.42, _GREY, "logistic regression")):
        y = side - 26
        draw.rectangle((side * x, y + 3, side * x + 12, y + 15), fill=fill)
        draw.text((side * x + 18, y), name, fill=_INK, font=small)
    return image


def confusion_picture(title: str, counts: Sequence[Sequence[int]], side: int = 480) -> Image.Image:
    """A square for each pair of true (row) and read (column) digit, the darker the more frequent.

    Each row is shaded by its own total.
    """
    image = Image.new("RGB", (side, side + 36), _PAPER)
    draw = ImageDraw.Draw(image)
    font, small = ImageFont.load_default(18), ImageFont.load_default(15)
    draw.text((10, 8), title, fill=_INK, font=font)
    edge, top = 64, 88
    cell = (side - edge - 12) / len(counts)
    draw.text((edge, 40), "read as", fill=_INK, font=small)
    draw.text((8, top - 20), "signed", fill=_INK, font=small)
    for row, line in enumerate(counts):
        y = top + row * cell
        draw.text((36, y + cell / 2 - 10), str(row), fill=_INK, font=font)
        draw.text((edge + row * cell + cell / 2 - 5, 62), str(row), fill=_INK, font=font)
        for column, count in enumerate(line):
            share = count / max(1, sum(line))
            x = edge + column * cell
            box = (x, y, x + cell - 2, y + cell - 2)
            draw.rectangle(box, fill=_shade(share, row == column), outline=(225, 225, 225))
            tone = _PAPER if share > 0.5 else _INK if count else _GREY
            draw.text((x + 8, y + cell / 2 - 10), str(count), fill=tone, font=font)
    return image


def _shade(share: float, right: bool) -> tuple[int, int, int]:
    """White to green where it is right, to red where it is wrong; small shares are seen too."""
    red, green, blue = (30, 110, 70) if right else _ACCENT
    weight = share**0.6
    return (
        round(255 + (red - 255) * weight),
        round(255 + (green - 255) * weight),
        round(255 + (blue - 255) * weight),
    )
