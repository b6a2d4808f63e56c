"""Grounds of the campus that are no place in particular: a jumble to learn from, and the grounds of
the scenes by which what was learnt is chosen.
"""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw

from skills.detection.scenes.palette import Palette
from skills.detection.scenes.pen import shaded


def blotches(image: Image.Image, chance: random.Random, strength: float, cells: int) -> None:
    """Brighter and darker patches, in place."""
    grain = np.random.default_rng(chance.randrange(2**32))
    coarse = Image.fromarray(grain.normal(0, strength, (cells, cells)).astype(np.float32))
    shade = np.asarray(coarse.resize(image.size, Image.Resampling.BICUBIC))
    pixels = np.asarray(image, dtype=np.float32) * (1 + shade[..., None])
    image.paste(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))


def jumble(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Shapes of any size and colour over each other, so that no ground is always nothing."""
    draw, side = ImageDraw.Draw(image), image.width
    count, largest = chance.choice(((8, 0.7), (30, 0.4), (90, 0.15)))
    style = chance.choice(("boxes", "ovals", "shards", "lines", "all"))
    contrast = chance.uniform(0.05, 0.5)
    for _ in range(count):
        tone = palette.wall(chance) if chance.random() < 0.6 else palette.paint(chance)
        tone = shaded(tone, 1 + contrast * chance.uniform(-1, 1))
        x, y = chance.uniform(-0.1, 1) * side, chance.uniform(-0.1, 1) * side
        wide, tall = (side * largest * chance.uniform(0.1, 1) for _ in range(2))
        kind = chance.choice(("boxes", "ovals", "shards", "lines")) if style == "all" else style
        if kind == "boxes":
            draw.rectangle((x, y, x + wide, y + tall), fill=tone)
        elif kind == "ovals":
            draw.ellipse((x, y, x + wide, y + tall), fill=tone)
        elif kind == "shards":
            draw.polygon([(x + chance.uniform(0, wide), y + chance.uniform(0, tall))
                          for _ in range(4)], fill=tone)  # fmt: skip
        else:
            pen = max(1, round(side * chance.uniform(0.004, 0.04)))
            draw.line((x, y, x + 3 * wide * chance.uniform(-1, 1),
                       y + 3 * tall * chance.uniform(-1, 1)), fill=tone, width=pen)  # fmt: skip
    blotches(image, chance, chance.uniform(0, 0.12), chance.choice((6, 20, 60)))


def carpet(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Diamonds inside diamonds, with a border."""
    draw, side = ImageDraw.Draw(image), image.width
    tones = [palette.wall(chance), palette.wall(chance), shaded(palette.paint(chance), 0.8)]
    step = side * chance.uniform(0.14, 0.3)
    for row in range(int(side / step) + 2):
        for column in range(int(side / step) + 2):
            for ring, tone in enumerate(tones):
                far = step * (0.5 - 0.15 * ring)
                x, y = column * step, row * step
                draw.polygon([(x - far, y), (x, y - far), (x + far, y), (x, y + far)], fill=tone)
    wide = round(side * chance.uniform(0, 0.06))
    if wide:
        draw.rectangle((0, 0, side, side), outline=palette.paint(chance), width=wide)
    blotches(image, chance, 0.05, 50)


def gravel(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Pebbles from above."""
    draw, side = ImageDraw.Draw(image), image.width
    stone = palette.wall(chance)
    for _ in range(chance.choice((150, 500))):
        x, y, reach = chance.uniform(0, side), chance.uniform(0, side), chance.uniform(0.01, 0.04)
        wide, tall = side * reach, side * reach * chance.uniform(0.6, 1)
        tone = shaded(stone, chance.uniform(0.6, 1.25))
        draw.ellipse((x - wide, y - tall, x + wide, y + tall), fill=tone, outline=shaded(tone, 0.7))


def lockers(image: Image.Image, chance: random.Random, palette: Palette) -> None:
    """Rows of narrow doors with slits and handles, over a floor."""
    draw, side = ImageDraw.Draw(image), image.width
    doors, rows = chance.randint(4, 9), chance.randint(1, 2)
    floor = side * chance.uniform(0.75, 1.0)
    wide, tall, paint = side / doors, floor / rows, palette.wall(chance)
    for row in range(rows):
        for door in range(doors):
            x, y = door * wide, row * tall
            tone = shaded(paint, chance.uniform(0.85, 1.1))
            draw.rectangle((x, y, x + wide, y + tall), fill=tone, outline=shaded(paint, 0.5))
            for slit in range(3):
                high = y + tall * (0.1 + 0.05 * slit)
                draw.line((x + wide * 0.25, high, x + wide * 0.75, high), fill=shaded(tone, 0.6))
            draw.rectangle((x + wide * 0.8, y + tall * 0.5, x + wide * 0.87, y + tall * 0.6),
                           fill=(60, 60, 64))  # fmt: skip
    draw.rectangle((0, floor, side, side), fill=shaded(palette.wall(chance), 0.7))
