"""Draws one thing on a transparent square, in units of its side, and what of it gives light."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]
Corners = tuple[float, float, float, float]  # left, top, right, bottom
SIDE = 176  # pixels of the square: the largest things are drawn about so large


def shaded(colour: Colour, gain: float) -> Colour:
    """The colour brighter or darker."""
    red, green, blue = (min(255, max(0, round(part * gain))) for part in colour)
    return red, green, blue


class Pen:
    """All coordinates run from 0 to 1, across and down."""

    def __init__(self, side: int = SIDE) -> None:
        self.side = side
        self.image = Image.new("RGBA", (side, side))
        self.light = Image.new("RGBA", (side, side))  # only what shines
        self._draw = ImageDraw.Draw(self.image)
        self._shine = ImageDraw.Draw(self.light)

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled outline."""
        self._draw.polygon([(x * self.side, y * self.side) for x, y in points], fill=fill)

    def rectangle(self, corners: Corners, fill: Colour, radius: float = 0.0) -> None:
        """A filled rectangle, its corners rounded."""
        self._draw.rounded_rectangle(self._scaled(corners), radius * self.side, fill=fill)

    def oval(self, corners: Corners, fill: Colour) -> None:
        """A filled ellipse."""
        self._draw.ellipse(self._scaled(corners), fill=fill)

    def ring(self, corners: Corners, fill: Colour, width: float) -> None:
        """The rim of an ellipse."""
        self._draw.ellipse(self._scaled(corners), outline=fill, width=self._wide(width))

    def arc(self, corners: Corners, start: float, end: float, fill: Colour, width: float) -> None:
        """A part of a rim, in degrees clockwise from the right."""
        self._draw.arc(self._scaled(corners), start, end, fill=fill, width=self._wide(width))

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """Joined strokes."""
        scaled = [(x * self.side, y * self.side) for x, y in points]
        self._draw.line(scaled, fill=fill, width=self._wide(width), joint="curve")

    def lamp(self, corners: Corners, fill: Colour) -> None:
        """An ellipse that shines in the dark."""
        self._draw.ellipse(self._scaled(corners), fill=fill)
        self._shine.ellipse(self._scaled(corners), fill=fill)

    def _scaled(self, corners: Corners) -> tuple[float, float, float, float]:
        left, top, right, bottom = (each * self.side for each in corners)
        return left, top, max(left, right), max(top, bottom)

    def _wide(self, width: float) -> int:
        return max(1, round(width * self.side))
