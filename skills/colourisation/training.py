"""How the colourisers learn: squared error of a, b, or the rebalanced loss over classes."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.colourisation import bins, lab
from skills.colourisation.net import CHROMA_SCALE, Colouriser, classifier, regressor
from skills.kit.learning import Plan, learn

_CHUNK = 2000  # pictures whose colours are counted at a time


@dataclass(frozen=True)
class ColourConfig:
    """Hyperparameters."""

    plan: Plan = field(default_factory=lambda: Plan(epochs=12, batch=64, rate=4e-3))
    per_class: int = 1000  # training pictures of each of CIFAR-10's classes
    dev_per_class: int = 50  # of these, kept apart to choose epochs and widths
    smoothing: float = bins.SMOOTHING  # 1: no rebalancing


def split(pictures: Tensor) -> tuple[Tensor, Tensor]:
    """uint8 pictures [n, 3, h, w] → L [n, 1, h, w] and a, b at half the size [n, 2, h/2, w/2]."""
    colours = lab.from_rgb(pictures.float() / 255)
    return colours[:, :1], nn.functional.avg_pool2d(colours[:, 1:], 2)


def fit_regressor(pictures: Tensor, config: ColourConfig, seed: int) -> Colouriser:
    """A network that answers the expected a and b: where several colours are likely, grey."""
    lightness, chroma = split(pictures)

    def loss(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        x, target = _mirrored(lightness[rows], chroma[rows], chance)
        return nn.functional.mse_loss(net(x), target / CHROMA_SCALE)

    torch.manual_seed(seed)
    net = regressor()
    learn(net, len(pictures), loss, config.plan, seed)
    return net


def fit_classifier(pictures: Tensor, config: ColourConfig, seed: int) -> Colouriser:
    """A network that answers how likely each class of chroma is, rare ones weighing more."""
    lightness, chroma = split(pictures)
    weights = bins.rebalancing(shares(chroma), config.smoothing)

    def loss(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        x, target = _mirrored(lightness[rows], chroma[rows], chance)
        return cross_entropy(net(x), target, weights)

    torch.manual_seed(seed)
    net = classifier()
    learn(net, len(pictures), loss, config.plan, seed)
    return net


def cross_entropy(logits: Tensor, chroma: Tensor, weights: Tensor) -> Tensor:
    """−Σ v(z) Σ_q z_q log ẑ_q over pixels, by their number; v is the weight of the nearest class.

    `logits`: [n, q, h, w]; `chroma`: [n, 2, h, w]; `weights`: [q].
    """
    forecast = torch.log_softmax(logits, dim=1).permute(0, 2, 3, 1).flatten(0, 2)  # [m, q]
    places, parts = bins.soft(chroma.permute(0, 2, 3, 1).flatten(0, 2))  # [m, 5] each
    each = -(forecast.gather(1, places) * parts).sum(dim=1)  # [m]
    return (each * weights[places[:, 0]]).mean()


def shares(chroma: Tensor) -> Tensor:
    """[q]: the distribution of the classes over pictures' chroma [n, 2, h, w]."""
    parts = [
        bins.distribution(part.permute(0, 2, 3, 1).flatten(0, 2)) * len(part)
        for part in chroma.split(_CHUNK)
    ]
    return torch.stack(parts).sum(dim=0) / len(chroma)


def _mirrored(x: Tensor, target: Tensor, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Half of the batches left to right, with a little more or less contrast."""
    if torch.rand((), generator=chance) < 0.5:
        x, target = x.flip(3), target.flip(3)
    gain = 0.85 + 0.3 * torch.rand((len(x), 1, 1, 1), generator=chance)
    return (50 + (x - 50) * gain).clamp(0, 100), target
