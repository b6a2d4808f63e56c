"""Grounds on which campus scenes are painted; some kinds stand in no training scene."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from skills.detection.scenes.grounds import blotches, carpet, gravel, jumble, lockers
from skills.detection.scenes.palette import Look, Palette
from skills.detection.scenes.patterns import marbled, wallpaper, waves
from skills.detection.scenes.pen import Colour, shaded

Painter = Callable[[Image.Image, random.Random, Palette], None]


def background(side: int, chance: random.Random, palette: Palette, look: Look) -> Image.Image:
    """[side × side], RGB."""
    image = Image.new("RGB", (side, side), palette.wall(chance))
    chance.choice(PAINTERS[look])(image, chance, palette)
    return image


def _lawn(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Sky, a row of bushes, grass with a path."""
    draw, side = ImageDraw.Draw(image), image.width
    horizon = side * chance.uniform(0.25, 0.5)
    _fade(image, (chance.randint(120, 190), 190, 230), (225, 232, 240), horizon)
    grass = (chance.randint(80, 130), chance.randint(140, 180), chance.randint(60, 90))
    draw.rectangle((0, horizon, side, side), fill=grass)
    for _ in range(chance.randint(0, 9)):
        x, r = chance.uniform(0, side), side * chance.uniform(0.03, 0.09)
        draw.ellipse((x - 2 * r, horizon - r, x + 2 * r, horizon + r), fill=shaded(grass, 0.7))
    if chance.random() < 0.6:
        x, wide = chance.uniform(0, side), side * chance.uniform(0.1, 0.3)
        end = chance.uniform(0, side)
        draw.polygon([(end - wide / 5, horizon), (end + wide / 5, horizon), (x + wide, side),
                      (x - wide, side)], fill=(196, 184, 160))  # fmt: skip
    blotches(image, chance, 0.12, 24)


def _bricks(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """A brick wall over a pavement."""
    draw, side, brick = ImageDraw.Draw(image), image.width, palette.wall(chance)
    high, floor = side * chance.uniform(0.04, 0.09), side * chance.uniform(0.55, 1.0)
    for row in range(int(side / high) + 1):
        for column in range(-1, int(side / high / 2) + 1):
            x, y = (column + (row % 2) / 2) * 2 * high, row * high
            tone = shaded(brick, chance.uniform(0.8, 1.15))
            draw.rectangle((x + 1, y + 1, x + 2 * high - 1, y + high - 1), fill=tone)
    draw.rectangle((0, floor, side, side), fill=palette.wall(chance))


def _room(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """A wall with frames or windows, a floor, a skirting board."""
    draw, side = ImageDraw.Draw(image), image.width
    floor = side * chance.uniform(0.5, 0.8)
    draw.rectangle((0, floor, side, side), fill=shaded(palette.wall(chance), 0.8))
    draw.rectangle((0, floor - side * 0.02, side, floor), fill=(235, 230, 225))
    for _ in range(chance.randint(0, 3)):
        x, y, s = chance.uniform(0, side), chance.uniform(0, floor), side * chance.uniform(0.1, 0.3)
        draw.rectangle(
            (x, y - s, x + s, y), fill=palette.wall(chance), outline=(90, 80, 70), width=3
        )
    blotches(image, chance, 0.06, 6)


def _plain(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Two colours that run into each other."""
    _fade(image, palette.wall(chance), palette.wall(chance), image.height)
    blotches(image, chance, 0.1, chance.choice((5, 12, 40)))


def _plaza(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Tiles of two tones, narrowing with distance, under a plain sky."""
    draw, side = ImageDraw.Draw(image), image.width
    tones = (palette.wall(chance), palette.wall(chance))
    horizon = side * chance.uniform(0.1, 0.35)
    edges = [horizon + (side - horizon) * (row / 9) ** 1.7 for row in range(10)]
    for row in range(9):
        spread = (edges[row + 1] - horizon) / (side - horizon) + 0.15
        for column in range(-14, 14):
            x = side / 2 + column * side * 0.16 * spread
            box = (x, edges[row], x + side * 0.16 * spread, edges[row + 1])
            draw.rectangle(box, fill=tones[(row + column) % 2])


def _planks(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """A wooden table from above."""
    draw, side = ImageDraw.Draw(image), image.width
    wood: Colour = shaded((176, 128, 84), chance.uniform(0.6, 1.2))
    wide = side * chance.uniform(0.1, 0.2)
    for plank in range(int(side / wide) + 1):
        tone, y = shaded(wood, chance.uniform(0.85, 1.12)), plank * wide
        draw.rectangle((0, y, side, y + wide), fill=tone)
        for _ in range(4):
            grain = y + chance.uniform(0, wide)
            draw.line(
                (0, grain, side, grain + chance.uniform(-4, 4)), fill=shaded(tone, 0.88), width=2
            )
        draw.line((0, y, side, y), fill=shaded(wood, 0.6), width=2)


def _shelves(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Pale upright stripes between boards, and a floor."""
    draw, side = ImageDraw.Draw(image), image.width
    high = side * chance.uniform(0.2, 0.3)
    for shelf in range(3):
        x = 0.0
        while x < side:
            wide, y = side * chance.uniform(0.02, 0.06), shelf * high
            top = y + high * chance.uniform(0.1, 0.4)
            draw.rectangle((x, top, x + wide, y + high), fill=palette.wall(chance))
            x += wide
        draw.rectangle((0, (shelf + 1) * high - 4, side, (shelf + 1) * high + 3), fill=(96, 70, 50))


def _fade(image: Image.Image, top: Colour, bottom: Colour, until: float) -> None:
    mask = Image.linear_gradient("L").resize((image.width, max(1, round(until))))
    image.paste(Image.new("RGB", mask.size, top))
    image.paste(bottom, (0, 0), mask)


PAINTERS: dict[Look, tuple[Painter, ...]] = {
    Look.SEEN: (_lawn, _bricks, _room, _plain),
    Look.CHANCE: (jumble, wallpaper, marbled, waves),
    Look.CHOICE: (carpet, gravel, lockers),
    Look.UNSEEN: (_plaza, _planks, _shelves),
}
