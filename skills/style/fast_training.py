"""Trains a network for each style with the optimisation's losses (Johnson et al. 2016), and one
more: its colours must be the painting's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from skills.kit import cifar, weights
from skills.kit.learning import Plan, device, learn
from skills.style.colours import matched
from skills.style.fast_net import FastStyle
from skills.style.features import Features
from skills.style.optimise import Targets, TransferConfig, losses_of, targets_of
from skills.style.paintings import painting
from skills.style.palette import palette_loss, sorted_colours
from skills.style.pictures import as_tensor
from skills.style.scenes import scene

NAME = "fast_style_transfer"
STYLES = ("strokes", "waves", "mosaic")
_SCENE_SEED = 2000  # of the first place to learn from


@dataclass(frozen=True)
class FastConfig:
    """Hyperparameters of one style's training."""

    plan: Plan = field(default_factory=lambda: Plan(epochs=2, batch=1, rate=3e-3, weight_decay=0.0))
    losses: TransferConfig = field(default_factory=TransferConfig)
    palette: float = 20.0  # weight of the colours' distance
    places: int = 400  # generated
    photos: int = 320  # of CIFAR-10, enlarged
    place_size: int = 320  # of a place before a piece is cut from it
    size: int = 128  # of a piece to learn from
    style_size: int = 384  # of the painting: what a stroke measures in pixels
    half: bool = True  # convolutions learn in bfloat16: single precision takes a quarter longer


def contents(data: Path, config: FastConfig) -> Tensor:
    """Pieces to learn from: [n, 3, size, size] in 0..1."""
    found = []
    for seed in range(_SCENE_SEED, _SCENE_SEED + config.places):
        whole, free = as_tensor(scene(seed, config.place_size)), config.place_size - config.size
        top, left = (seed * 37) % (free + 1), (seed * 91) % (free + 1)
        found.append(whole[:, :, top : top + config.size, left : left + config.size])
    each = -(-config.photos // len(cifar.CLASSES))
    photos, _ = cifar.read(data, "train", each)
    large = nn.functional.interpolate(
        photos[: config.photos].float() / 255, (config.size, config.size), mode="bicubic"
    )
    return torch.cat([*found, large.clamp(0, 1)])


def fit(
    features: Features,
    manner: str,
    pieces: Tensor,
    config: FastConfig,
    seed: int,
    watch: Callable[[int, float], None] | None = None,
) -> FastStyle:
    """Train a network to paint in one manner. pieces: [n, 3, size, size]."""
    torch.manual_seed(seed)
    style = as_tensor(painting(manner, config.style_size))
    inputs = torch.cat([matched(piece.unsqueeze(0), style) for piece in pieces])
    net = FastStyle()
    where = device()
    features.to(where)
    styles = targets_of(features, style.to(where), style.to(where), config.losses).styles
    layers = list(config.losses.content_layers)
    colours = sorted_colours(style.to(where), sorted_colours(inputs[:1]).shape[2])

    def loss(model: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        x = inputs[rows].to(where)
        x = x.flip(3) if torch.rand((), generator=chance) < 0.5 else x
        with torch.no_grad():
            wanted = Targets(features(x, layers), styles)
        with torch.autocast(where.type, torch.bfloat16, enabled=config.half):
            painted = model(x)
            total = losses_of(features, painted, wanted, config.losses).total(config.losses)
        return total + config.palette * palette_loss(painted.float(), colours)

    learn(net, len(inputs), loss, config.plan, seed, watch)
    features.to("cpu")
    return net


def network(manner: str) -> FastStyle:
    """The committed network of a style; raise WeightsMissing."""
    return weights.load(FastStyle(), NAME, manner)
