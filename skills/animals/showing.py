"""The answer as a picture: what was seen, and the bars of both output layers."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from skills.animals.outputs import THRESHOLD
from skills.animals.telling import Answer
from skills.animals.views import as_picture
from skills.kit.cifar import ANIMALS

_INK, _PAPER, _GREY, _RULE = (30, 30, 30), (255, 255, 255), (110, 110, 110), (205, 205, 205)
_YES, _NO = (140, 21, 21), (186, 182, 176)
_WIDTH, _TALL, _ROW, _PANEL = 1000, 220, 38, 490  # pixels
_LONGEST = 300  # of a bar that is 1


def answer_picture(shown: Image.Image, answer: Answer) -> Image.Image:
    """The picture, what the network sees of it, six sigmoids beside six softmax units."""
    image = Image.new("RGB", (_WIDTH, _TALL + 6 * _ROW + 190), _PAPER)
    draw = ImageDraw.Draw(image)
    _show_views(image, draw, shown, answer)
    top = _TALL + 58
    _draw_panel(draw, (20, top), "six sigmoids, multi-hot labels", answer.sigmoids,
                answer.thresholds)  # fmt: skip
    _draw_panel(draw, (20 + _PANEL, top), "one softmax, one-hot labels", answer.softmaxes,
                [THRESHOLD] * len(ANIMALS))  # fmt: skip
    draw.text((24, image.height - 66), _CAPTION, fill=_GREY, font=ImageFont.load_default(15))
    draw.text((24, image.height - 38), _start(answer), fill=_GREY, font=ImageFont.load_default(15))
    return image


_CAPTION = "black mark: above it a unit says yes (sigmoids: chosen on photos kept from training)"


def _start(answer: Answer) -> str:
    each = " and ".join(f"{value:.0%}" for value in answer.cat)
    of_each = ", of each half" if len(answer.cat) > 1 else ""
    return f"the lecture's start, a cat or not by one logistic unit on the pixels{of_each}: {each}"


def _show_views(
    image: Image.Image, draw: ImageDraw.ImageDraw, shown: Image.Image, answer: Answer
) -> None:
    """Both views at one height, or one above the other's width for upright pictures."""
    height = min(_TALL, round(_TALL * 2 * shown.height / max(shown.width, 1)))
    size = (max(1, round(shown.width * height / shown.height)), height)
    _, rows, columns = answer.pixels.shape
    views = [
        ("the picture", shown.resize(size, Image.Resampling.BICUBIC)),
        (f"what the network sees: {rows} by {columns} pixels", as_picture(answer.pixels, height)),
    ]
    for number, (caption, view) in enumerate(views):
        left = 24 + number * _PANEL
        draw.text((left, 8), caption, fill=_INK, font=ImageFont.load_default(17))
        image.paste(view, (left, 36))


def _draw_panel(
    draw: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    title: str,
    values: Sequence[float],
    marks: Sequence[float],
) -> None:
    left, top = corner
    draw.text((left + 4, top), title, fill=_INK, font=ImageFont.load_default(20))
    start, font = left + 76, ImageFont.load_default(18)
    for row, (name, value, mark) in enumerate(zip(ANIMALS, values, marks, strict=True)):
        y, says = top + 42 + row * _ROW, value > mark
        draw.text((left + 4, y + 2), name, fill=_INK, font=font)
        draw.line((start, y + 13, start + _LONGEST, y + 13), fill=_RULE)
        tip = start + max(1, round(value * _LONGEST))
        draw.rectangle((start, y, tip, y + 26), fill=_YES if says else _NO)
        place = start + round(mark * _LONGEST)
        draw.line((place, y - 4, place, y + 30), fill=_INK, width=2)
        ink = _YES if says else _GREY
        draw.text((start + _LONGEST + 12, y + 2), f"{value:.0%}", fill=ink, font=font)
