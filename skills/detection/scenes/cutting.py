"""A drawn thing made ready to be pasted: lit from a side, grained, sized, turned, cut out."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image

from skills.detection.scenes.pen import Pen


@dataclass(frozen=True)
class Cutting:
    """A thing and what of it shines (RGBA, of one size), and nothing around."""

    body: Image.Image
    light: Image.Image | None


def cut(pen: Pen, longer: float, turn: float) -> Cutting:
    """The thing with its longer side `longer` pixels long, then turned by degrees."""
    box = pen.image.getchannel("A").getbbox() or (0, 0, 1, 1)
    share = max(3.0, longer) / max(box[2] - box[0], box[3] - box[1])
    size = (max(1, round((box[2] - box[0]) * share)), max(1, round((box[3] - box[1]) * share)))
    shines = pen.light.getbbox() is not None
    layers = [pen.image, pen.light] if shines else [pen.image]
    layers = [each.resize(size, Image.Resampling.BILINEAR, box=box) for each in layers]
    if turn:
        layers = [each.rotate(turn, Image.Resampling.BILINEAR, expand=True) for each in layers]
        edge = layers[0].getchannel("A").getbbox()
        layers = [each.crop(edge) for each in layers]
    return Cutting(layers[0], layers[1] if shines else None)


def varied(pen: Pen, chance: random.Random) -> None:
    """Light from one side and a grain on the thing's paint, in place."""
    alpha = pen.image.getchannel("A")
    across, down = chance.uniform(-0.35, 0.35), chance.uniform(-0.35, 0.15)
    ramp = np.linspace(-0.5, 0.5, pen.side, dtype=np.float32)
    shade = 1 + across * ramp[None, :] + down * ramp[:, None]  # [side, side]
    grain = np.random.default_rng(chance.randrange(2**32))
    cells = grain.normal(0, chance.uniform(0, 0.09), (22, 22)).astype(np.float32)
    shade = shade + np.asarray(Image.fromarray(cells).resize((pen.side, pen.side)))
    pixels = np.asarray(pen.image.convert("RGB"), dtype=np.float32) * shade[..., None]
    pen.image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    pen.image.putalpha(alpha)
