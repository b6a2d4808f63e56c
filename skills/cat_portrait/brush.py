"""Draws in half-widths of the picture: (−1, −1) is its left upper corner, (1, 1) right below."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw

from skills.cat_portrait.cat import Colour

Spot = tuple[float, float]


class Brush:
    """A picture of `side` × `side` pixels (RGBA, empty) and what is drawn on it."""

    def __init__(self, side: int) -> None:
        self.image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.image)
        self._half = side / 2

    def ellipse(self, middle: Spot, radii: Spot, colour: Colour) -> None:
        """A filled ellipse."""
        (x, y), (across, down) = middle, radii
        corners = (self._at((x - across, y - down)), self._at((x + across, y + down)))
        self._draw.ellipse(corners, fill=colour)

    def polygon(self, spots: Iterable[Spot], colour: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([self._at(spot) for spot in spots], fill=colour)

    def line(self, spots: Iterable[Spot], width: float, colour: Colour) -> None:
        """A line with round joints."""
        pixels = max(1, round(width * self._half))
        places = [self._at(spot) for spot in spots]
        self._draw.line(places, fill=colour, width=pixels, joint="curve")

    def within(self, other: Brush) -> None:
        """Paint this picture onto another, only where that one has been drawn upon."""
        mask = Image.composite(
            self.image.getchannel("A"), Image.new("L", self.image.size), _opaque(other.image)
        )
        other.image.paste(self.image, (0, 0), mask)

    def _at(self, spot: Spot) -> Spot:
        return (spot[0] + 1) * self._half, (spot[1] + 1) * self._half


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the one."""
    share = min(1.0, max(0.0, share))
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _opaque(image: Image.Image) -> Image.Image:
    return image.getchannel("A").point([0] * 128 + [255] * 128)
