"""Trains the network that looks at pictures on CIFAR-10, and makes it ready for styles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import torch
from torch import Tensor, nn

from skills.kit.learning import Plan, learn
from skills.style.features import Features, Layout, bias_of

CLASSES = 10


@dataclass(frozen=True)
class BackboneConfig:
    """Hyperparameters of its training."""

    layout: Layout = field(default_factory=Layout)
    plan: Plan = field(default_factory=lambda: Plan(epochs=12, batch=64, rate=4e-3))
    jitter: float = 0.3  # of brightness, contrast and each colour: a style is more than its colours
    zoom: float = 0.5  # least share of the side that is seen: strokes come in several sizes


class Classifier(nn.Module):
    """The features in training: a batch normalisation after each convolution, a linear head."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self.features = Features(layout, "zeros")  # cheaper; the edges matter later
        self.norms = nn.ModuleDict({name: nn.BatchNorm2d(out) for name, _, out in layout.layers()})
        self.head = nn.Linear(layout.widths[-1], CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 32, 32] in 0..1 → logits [batch, 10]."""
        maps = (x - self.features.mean) / self.features.spread
        for name, conv in self.features.convs.items():
            if name.endswith("_1") and name != "conv1_1":
                maps = nn.functional.avg_pool2d(maps, 2)
            maps = torch.relu(self.norms[name](conv(maps)))
        logits: Tensor = self.head(maps.mean(dim=(2, 3)))  # [batch, channels] → [batch, 10]
        return logits


def varied(x: Tensor, config: BackboneConfig, chance: torch.Generator) -> Tensor:
    """Mirrored, zoomed and with other colours. x: [batch, 3, side, side] → the same."""
    if torch.rand((), generator=chance) < 0.5:
        x = x.flip(3)
    side = x.shape[-1]
    seen = int(side * (1 - config.zoom * float(torch.rand((), generator=chance)) ** 2))
    top, left = (int(torch.randint(side - seen + 1, (), generator=chance)) for _ in range(2))
    cut = x[:, :, top : top + seen, left : left + seen]
    x = nn.functional.interpolate(cut, (side, side), mode="bilinear", align_corners=False)
    gain = 1 + config.jitter * (2 * torch.rand((len(x), 3, 1, 1), generator=chance) - 1)
    shift = config.jitter / 2 * (2 * torch.rand((len(x), 1, 1, 1), generator=chance) - 1)
    return (x * gain + shift).clamp(0, 1)


def fit(pictures: Tensor, labels: Tensor, config: BackboneConfig, seed: int) -> Classifier:
    """Train on pictures (uint8 [n, 3, 32, 32]) and their classes [n]."""
    torch.manual_seed(seed)
    net = Classifier(config.layout)

    def loss(model: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        x = varied(pictures[rows].float() / 255, config, chance)
        where = next(model.parameters()).device
        return nn.functional.cross_entropy(
            model(x.to(where)), labels[rows].to(where), label_smoothing=0.1
        )

    learn(net, len(pictures), loss, config.plan, seed)
    return net


@torch.no_grad()
def accuracy_hits(net: Classifier, pictures: Tensor, labels: Tensor) -> Tensor:
    """Which pictures (uint8 [n, 3, 32, 32]) get their own class: [n] of 0 and 1."""
    guesses = [net(part.float() / 255).argmax(1) for part in pictures.split(256)]
    return (torch.cat(guesses) == labels).int()


@torch.no_grad()
def folded(net: Classifier) -> Features:
    """The features with each batch normalisation worked into its convolution's weights."""
    features = Features(net.features.layout)
    for (name, conv), (_, target) in zip(
        net.features.named_convs(), features.named_convs(), strict=True
    ):
        norm = cast("nn.BatchNorm2d", net.norms[name])
        mean, variance = cast("Tensor", norm.running_mean), cast("Tensor", norm.running_var)
        scale = norm.weight / torch.sqrt(variance + norm.eps)  # [out]
        target.weight.copy_(conv.weight * scale.view(-1, 1, 1, 1))
        bias_of(target).copy_((bias_of(conv) - mean) * scale + norm.bias)
    return features.frozen()


@torch.no_grad()
def evened(features: Features, pictures: Tensor) -> Features:
    """The same features with each channel's mean activation over the pictures ([n, 3, height,
    width] in 0..1) made 1, so that no channel rules a Gram matrix (Gatys et al. 2016, section 2).

    A scaled channel is scaled back on its way into the next convolution: what is computed stays.
    """
    before: Tensor | None = None
    for name, conv in features.named_convs():
        if before is not None:
            conv.weight.mul_(before.view(1, -1, 1, 1))
        mean = features(pictures, [name])[name].mean(dim=(0, 2, 3))  # [out]
        mean = mean.clamp(min=float(mean.mean()) * 0.05)  # a silent channel is not blown up
        conv.weight.div_(mean.view(-1, 1, 1, 1))
        bias_of(conv).div_(mean)
        before = mean
    return features
