"""Draws the pitch from above: what the network thinks of each spot, kicks, and the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from torch import Tensor

from skills.goalkeeper.match import LENGTH, WIDTH

_GRASS = ((74, 140, 76), (82, 150, 84))  # stripes
_TEAM, _OPPONENT, _CHALK, _INK = (28, 66, 168), (188, 36, 44), (240, 244, 238), (30, 30, 30)
_GOLD = (255, 214, 64)
_STRIPES = 14
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Boundary:
    """A line to draw: where logits (on the grid of `grid_points`) change their sign."""

    logits: Tensor  # [height, width]
    colour: tuple[int, int, int]
    width: int = 5  # pixels, odd
    dash: int = 0  # pixels of a dash; 0 is a whole line


def grid_points(scale: float) -> tuple[Tensor, tuple[int, int]]:
    """The middle of each pixel in metres [height · width, 2], and (height, width)."""
    width, height = round(LENGTH * scale), round(WIDTH * scale)
    y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1) / scale, (height, width)


def draw_pitch(
    scale: float,
    shade: Tensor,
    points: Tensor,
    labels: Tensor,
    boundaries: Sequence[Boundary],
    aim: Tensor | None = None,
) -> Image.Image:
    """The pitch at `scale` pixels a metre.

    shade: [height, width] P(team-mate), tints the grass; points: [n, 2] metres, labels: [n];
    aim: [2] metres, where to kick.
    """
    image = _tinted(_grass(scale), shade)
    for boundary in boundaries:
        _draw_boundary(image, boundary)
    draw = ImageDraw.Draw(image)
    radius = max(2.0, 0.42 * scale)
    for (x, y), label in zip(points.tolist(), labels.tolist(), strict=True):
        box = (x * scale - radius, y * scale - radius, x * scale + radius, y * scale + radius)
        draw.ellipse(box, fill=_TEAM if label else _OPPONENT, outline=_CHALK)
    if aim is not None:
        _draw_aim(draw, scale, aim.tolist())
    return image


def _grass(scale: float) -> Image.Image:
    width, height = round(LENGTH * scale), round(WIDTH * scale)
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for stripe in range(_STRIPES):
        left, right = (width * edge / _STRIPES for edge in (stripe, stripe + 1))
        draw.rectangle((left, 0, right, height), fill=_GRASS[stripe % 2])
    pen = max(1, round(0.25 * scale))

    def box(x: float, y: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        return x * scale, y * scale, x2 * scale, y2 * scale

    middle, half = WIDTH / 2, LENGTH / 2
    draw.rectangle((0, 0, width - 1, height - 1), outline=_CHALK, width=pen)
    draw.line(box(half, 0, half, WIDTH), fill=_CHALK, width=pen)
    circle = box(half - 9.15, middle - 9.15, half + 9.15, middle + 9.15)
    draw.ellipse(circle, outline=_CHALK, width=pen)
    for depth, breadth in ((16.5, 40.3), (5.5, 18.3)):
        for left, right in ((0.0, depth), (LENGTH - depth, LENGTH)):
            area = box(left, middle - breadth / 2, right, middle + breadth / 2)
            draw.rectangle(area, outline=_CHALK, width=pen)
    return image


def _tinted(image: Image.Image, shade: Tensor) -> Image.Image:
    """Blue where a team-mate is likely, red where an opponent is; even chances stay green."""
    p = shade.clamp(0, 1)[..., None].numpy()  # [height, width, 1]
    colour = np.where(p > 0.5, np.array(_TEAM), np.array(_OPPONENT))
    weight = 0.45 * np.abs(2 * p - 1)
    mixed = np.asarray(image) * (1 - weight) + colour * weight
    return Image.fromarray(mixed.astype(np.uint8))


def sign_changes(logits: Tensor) -> Bools:
    """Pixels [height, width] whose right or lower neighbour lies on the other side."""
    positive = (logits > 0).numpy()
    edge = np.zeros_like(positive)
    edge[:, :-1] |= positive[:, :-1] != positive[:, 1:]
    edge[:-1] |= positive[:-1] != positive[1:]
    return edge


def _draw_boundary(image: Image.Image, boundary: Boundary) -> None:
    edge = sign_changes(boundary.logits)
    if boundary.dash:
        rows, columns = np.indices(edge.shape)
        edge &= ((rows + columns) // boundary.dash) % 2 == 0
    mask = Image.fromarray((edge * 255).astype(np.uint8))
    mask = mask.filter(ImageFilter.MaxFilter(boundary.width)).filter(ImageFilter.SMOOTH)
    image.paste(boundary.colour, (0, 0), mask)


def _draw_aim(draw: ImageDraw.ImageDraw, scale: float, aim: Sequence[float]) -> None:
    """The goalkeeper at the left, the way of the ball, a ring where to kick."""
    x, y = aim[0] * scale, aim[1] * scale
    keeper = (3 * scale, WIDTH / 2 * scale)
    pen = max(2, round(0.35 * scale))
    draw.line((*keeper, x, y), fill=_GOLD, width=pen)
    for radius in (1.0 * scale, 2.2 * scale):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_GOLD, width=pen)
    size = 1.1 * scale
    body = (keeper[0] - size, keeper[1] - size, keeper[0] + size, keeper[1] + size)
    draw.ellipse(body, fill=_GOLD, outline=_INK)


def with_captions(panels: Sequence[tuple[str, Image.Image]], legend: str = "") -> Image.Image:
    """Pictures of one size side by side under their captions, a legend below."""
    gap, head, foot = 8, 34, 30 if legend else 0
    width, height = panels[0][1].size
    size = ((width + gap) * len(panels) - gap, height + head + foot)
    sheet = Image.new("RGB", size, (255, 255, 255))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(20 if len(panels) == 1 else 15)
    for index, (caption, picture) in enumerate(panels):
        left = index * (width + gap)
        sheet.paste(picture, (left, head))
        draw.text((left + 6, 7), caption, fill=_INK, font=font)
    draw.text((6, height + head + 6), legend, fill=_INK, font=ImageFont.load_default(15))
    return sheet
