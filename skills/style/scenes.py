"""Pictures of places drawn by code, to take content from: a palace, a bridge, a village, a lake.

Like a photograph they have soft light, shading and a little grain; by their seed they all differ,
so that networks learn from some and are scored on others.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]
_LARGER = 2


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (int(min(255, max(0, part * factor))) for part in colour)
    return red, green, blue


def _sky(side: int, chance: np.random.Generator) -> Image.Image:
    """A sky with clouds and a sun, from blue noon to a red evening."""
    high, low = [
        ((70, 120, 190), (200, 220, 235)), ((90, 80, 140), (250, 180, 120)),
        ((110, 160, 200), (240, 236, 220)), ((40, 60, 110), (230, 150, 130)),
    ][chance.integers(4)]  # fmt: skip
    share = np.linspace(0, 1, side)[:, None, None] ** 0.8
    pixels = np.array(high) * (1 - share) + np.array(low) * share
    image = Image.fromarray(np.broadcast_to(pixels, (side, side, 3)).astype(np.uint8), "RGB")
    clouds = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(clouds)
    for _ in range(int(chance.integers(3, 7))):
        x, y = chance.uniform(0, side), chance.uniform(0.03, 0.35) * side
        for _ in range(9):
            reach = chance.uniform(0.02, 0.06) * side
            left, top = x + chance.normal(0, 0.07) * side, y + chance.normal(0, 0.012) * side
            draw.ellipse((left - reach * 1.6, top - reach * 0.7, left + reach * 1.6,
                          top + reach * 0.7), fill=205)  # fmt: skip
    clouds = clouds.filter(ImageFilter.GaussianBlur(side / 70))
    image.paste((252, 248, 240), (0, 0), clouds)
    return image


def _hills(draw: Draw, side: int, horizon: float, chance: np.random.Generator) -> None:
    """Two ranges, the farther one paler."""
    for depth, tone in ((0.5, (140, 156, 176)), (0.25, (92, 120, 112))):
        phases = chance.uniform(0, 6.3, 4)
        points = [(0.0, horizon)]
        for x in range(0, side + 1, 8):
            rise = sum(math.sin(x / side * 6 * (k + 1) + phases[k]) / (k + 1.5) for k in range(4))
            points.append((x, horizon - side * (depth * 0.3 + 0.05 * rise)))
        draw.polygon([*points, (side, horizon)], fill=_shade(tone, chance.uniform(0.85, 1.15)))


def _water(image: Image.Image, side: int, horizon: int, chance: np.random.Generator) -> None:
    """What is above the horizon, mirrored, darker and rippled."""
    upper = np.asarray(image, dtype=np.float32)[:horizon][::-1]
    rows = np.arange(side - horizon)
    mirrored = upper[np.minimum(rows, horizon - 1)]
    ripple = (np.sin(rows**0.8 * 0.9) * (2 + rows / 40) + chance.normal(0, 1, len(rows))).astype(
        int
    )
    pixels = np.stack(
        [np.roll(row, move, axis=0) for row, move in zip(mirrored, ripple, strict=True)]
    )
    pixels = pixels * 0.72 + np.array([8, 26, 40])
    image.paste(Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "RGB"), (0, horizon))


def _windows(draw: Draw, box: tuple[float, float, float, float], across: int, down: int) -> None:
    left, top, right, bottom = box
    step_x, step_y = (right - left) / across, (bottom - top) / down
    for column in range(across):
        for row in range(down):
            x, y = left + (column + 0.28) * step_x, top + (row + 0.25) * step_y
            draw.rectangle((x, y, x + step_x * 0.44, y + step_y * 0.55), fill=(56, 62, 80))
            draw.pieslice((x, y - step_x * 0.22, x + step_x * 0.44, y + step_x * 0.22), 180, 360,
                          fill=(56, 62, 80))  # fmt: skip


def _palace(draw: Draw, side: int, horizon: float, chance: np.random.Generator) -> None:
    """A long palace with pavilions, and a glass pyramid in front of it."""
    stone: Colour = _shade((214, 190, 150), chance.uniform(0.85, 1.1))
    top = horizon - side * chance.uniform(0.2, 0.27)
    draw.rectangle((side * 0.04, top, side * 0.96, horizon), fill=stone)
    draw.rectangle((side * 0.04, top, side * 0.96, top + side * 0.012), fill=_shade(stone, 0.7))
    _windows(draw, (side * 0.05, top + side * 0.02, side * 0.95, horizon), 16, 2)
    for middle in (0.1, 0.5, 0.9):
        left, right = side * (middle - 0.075), side * (middle + 0.075)
        high = top - side * 0.06
        draw.rectangle((left, high, right, horizon), fill=_shade(stone, 1.08))
        draw.polygon([(left - 6, high), (left + side * 0.04, high - side * 0.1),
                      (right - side * 0.04, high - side * 0.1), (right + 6, high)],
                     fill=(84, 96, 118))  # fmt: skip
        _windows(draw, (left, high + side * 0.02, right, horizon), 3, 3)
    centre, base = side * chance.uniform(0.35, 0.65), horizon + side * 0.1
    tip = (centre, horizon - side * 0.2)
    left_foot, right_foot = (centre - side * 0.22, base), (centre + side * 0.22, base)
    draw.polygon([tip, left_foot, (centre + side * 0.05, base)], fill=(176, 204, 216))
    draw.polygon([tip, (centre + side * 0.05, base), right_foot], fill=(120, 156, 178))
    for share in np.linspace(0.12, 0.88, 7):
        y = tip[1] + (base - tip[1]) * share
        half = side * 0.22 * share
        draw.line((centre - half, y, centre + half, y), fill=(230, 238, 240), width=2)
        for foot in (left_foot, right_foot):
            x = foot[0] + (centre + side * 0.05 - foot[0]) * share
            draw.line((*tip, x, base), fill=(230, 238, 240), width=1)


def _bridge(draw: Draw, side: int, horizon: float, chance: np.random.Generator) -> None:
    """A red suspension bridge across the picture."""
    red: Colour = _shade((196, 72, 48), chance.uniform(0.85, 1.15))
    deck = horizon - side * 0.1
    towers = (side * chance.uniform(0.2, 0.28), side * chance.uniform(0.7, 0.8))
    top = horizon - side * chance.uniform(0.42, 0.5)
    for tower in towers:
        for leg in (-0.022, 0.014):
            left = tower + leg * side
            draw.rectangle((left, top, left + side * 0.012, horizon + side * 0.05), fill=red)
        for share in (0.08, 0.3, 0.55, 0.8):
            y = top + (deck - top) * share
            draw.rectangle(
                (tower - side * 0.022, y, tower + side * 0.026, y + side * 0.014), fill=red
            )
    span, cables = towers[1] - towers[0], []
    for x in range(0, side, 12):
        place = (x - towers[0]) / span
        sag = 4 * (place - 0.5) ** 2 if 0 <= place <= 1 else max(0.0, 1 - 2.6 * min(
            abs(place), abs(place - 1)))  # fmt: skip
        cable = deck - (deck - top) * sag
        draw.line((x, cable, x, deck), fill=_shade(red, 1.15), width=2)
        cables.append((x, cable))
    draw.line(cables, fill=red, width=7, joint="curve")
    draw.rectangle((0, deck, side, deck + side * 0.022), fill=_shade(red, 0.8))


def _village(draw: Draw, side: int, horizon: float, chance: np.random.Generator) -> None:
    """Houses with gables and a church."""
    places = sorted(chance.uniform(0, 0.95, 9))
    for place in places:
        left, wide = place * side, chance.uniform(0.1, 0.17) * side
        top = horizon - chance.uniform(0.1, 0.2) * side
        wall = _shade((226, 206, 172), chance.uniform(0.75, 1.1))
        draw.rectangle((left, top, left + wide, horizon + side * 0.02), fill=wall)
        gable = (left + wide / 2, top - wide * 0.55)
        draw.polygon([(left - 8, top), gable, (left + wide + 8, top)],
                     fill=_shade((168, 72, 52), chance.uniform(0.7, 1.15)))  # fmt: skip
        _windows(draw, (left, top, left + wide, horizon), 3, 2)
    x, wide = chance.uniform(0.25, 0.7) * side, side * 0.09
    top = horizon - side * 0.36
    draw.rectangle((x, top, x + wide, horizon + side * 0.02), fill=(200, 186, 168))
    draw.polygon([(x - 6, top), (x + wide / 2, top - side * 0.2), (x + wide + 6, top)],
                 fill=(70, 84, 96))  # fmt: skip
    _windows(draw, (x, top, x + wide, horizon), 1, 3)


def _trees(draw: Draw, side: int, horizon: float, chance: np.random.Generator) -> None:
    for _ in range(int(chance.integers(3, 8))):
        x = chance.uniform(0, side)
        base, height = horizon + side * chance.uniform(0, 0.05), side * chance.uniform(0.1, 0.2)
        draw.rectangle((x - 4, base - height * 0.4, x + 4, base), fill=(70, 52, 40))
        for _ in range(26):
            reach = height * chance.uniform(0.08, 0.2)
            left, top = x + chance.normal(0, height * 0.2), base - height * chance.uniform(0.3, 1)
            tone = _shade((70, 112, 58), chance.uniform(0.6, 1.4))
            draw.ellipse((left - reach, top - reach, left + reach, top + reach), fill=tone)


def _lawn(draw: Draw, side: int, horizon: float, chance: np.random.Generator) -> None:
    tone = ((122, 150, 84), (196, 176, 140))[chance.integers(2)]
    for y in range(int(horizon), side, 4):
        draw.rectangle((0, y, side, y + 4), fill=_shade(tone, chance.normal(1, 0.03)))
    far, near = ((0.45, 0.55), (0.8, 0.2))
    path = [*((side * x, horizon) for x in far), *((side * x, side) for x in near)]
    draw.polygon(path, fill=(214, 198, 168))


_PLACES: dict[str, Callable[[Draw, int, float, np.random.Generator], None]] = {
    "palace": _palace, "bridge": _bridge, "village": _village,
}  # fmt: skip


def scene(seed: int, size: int = 256, kind: str = "") -> Image.Image:
    """A place, `size` pixels square; `kind` is palace, bridge, village or, if empty, any."""
    chance = np.random.default_rng(seed)
    kind = kind or str(chance.choice(list(_PLACES)))
    side = size * _LARGER
    image = _sky(side, chance)
    draw = ImageDraw.Draw(image)
    horizon = int(side * chance.uniform(0.64, 0.72))
    _hills(draw, side, horizon, chance)
    if kind != "bridge":
        _lawn(draw, side, horizon, chance)
        _trees(draw, side, horizon, chance)
    _PLACES[kind](draw, side, horizon, chance)
    if kind == "bridge" or chance.random() < 0.35:
        _water(image, side, horizon + (0 if kind == "bridge" else side // 12), chance)
    small = image.resize((size, size), Image.Resampling.LANCZOS)
    grain = chance.normal(0, 4, (size, size, 1))
    pixels = np.asarray(small, dtype=np.float32) + grain
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "RGB")
