"""A cat before its background, turned, lit, partly covered and with noise: what a net sees."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image

from skills.cat_portrait.brush import Brush
from skills.cat_portrait.cat import Cat, Colour
from skills.cat_portrait.face import draw_cat

SIZE = 64
_FINER = 3  # drawn so much larger and then made smaller, for smooth edges


def portrait(cat: Cat, size: int = SIZE) -> Image.Image:
    """The finished picture, size × size, RGB."""
    side = size * _FINER if size <= 128 else size * 2
    chance = random.Random(cat.seed + 1)
    picture = background(side, cat.clutter, chance)
    front = draw_cat(cat, side).image
    width = round(side * cat.scale)
    front = front.resize((width, width), Image.Resampling.BILINEAR)
    front = front.rotate(cat.tilt, Image.Resampling.BILINEAR, center=(width / 2, width * 0.7))
    left = round((side - width) / 2 + cat.shift[0] * side / 2)
    top = round(side - width + abs(cat.shift[1]) * side / 2)  # it sits on the lower edge
    picture.paste(front, (left, top), front)
    if cat.covered:
        _cover(picture, chance)
    small = picture.resize((size, size), Image.Resampling.BOX)
    return _lit(small, cat.light, cat.noise, cat.seed)


def background(side: int, clutter: int, chance: random.Random) -> Image.Image:
    """A wall that is lighter above, and things on it."""
    upper, lower = some_colour(chance, 130, 235), some_colour(chance, 90, 210)
    ramp = Image.linear_gradient("L").resize((side, side))
    wall = Image.composite(
        Image.new("RGB", (side, side), lower), Image.new("RGB", (side, side), upper), ramp
    )
    things = Brush(side)
    for _ in range(clutter):
        x, y = chance.uniform(-1, 1), chance.uniform(-1, 1)
        reach, colour = chance.uniform(0.06, 0.3), some_colour(chance, 70, 235)
        if chance.random() < 0.5:
            things.ellipse((x, y), (reach, reach * chance.uniform(0.5, 1.5)), colour)
        else:
            tall = reach * chance.uniform(0.3, 2)
            corners = [(x, y), (x + reach, y), (x + reach, y + tall), (x, y + tall)]
            things.polygon(corners, colour)
    wall.paste(things.image, (0, 0), things.image)
    return wall


def some_colour(chance: random.Random, least: int, most: int) -> Colour:
    """A colour whose parts lie between these."""
    return chance.randint(least, most), chance.randint(least, most), chance.randint(least, most)


def _cover(picture: Image.Image, chance: random.Random) -> None:
    """A leaf, a box or a rail before the cat, never in the middle of the face."""
    things = Brush(picture.width)
    x, y = chance.choice((-1, 1)) * chance.uniform(0.5, 0.9), chance.uniform(-0.6, 0.9)
    reach = chance.uniform(0.12, 0.3)
    things.ellipse((x, y), (reach, reach * chance.uniform(0.6, 2)), some_colour(chance, 40, 220))
    picture.paste(things.image, (0, 0), things.image)


def _lit(image: Image.Image, light: float, noise: float, seed: int) -> Image.Image:
    if light == 1 and not noise:
        return image
    pixels = np.asarray(image, dtype=np.float32) * light  # [size, size, 3]
    if noise:
        chance = np.random.default_rng(seed)
        pixels = pixels + chance.normal(0, noise, pixels.shape).astype(np.float32)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "RGB")
