"""What leaves each layer, what its filters look like, and pictures that excite its units.

Lecture 2: an encoding is the numbers that leave a chosen layer, on the way from pixels to edges to
"eyes, nose, mouth"; the more complex the task, the deeper one goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.animals.net import LAYERS, AnimalNet
from skills.errors import InvalidOption
from skills.kit.cifar import SIDE


@dataclass(frozen=True)
class AscentConfig:
    """How pictures are made that excite a unit."""

    steps: int = 48
    rate: float = 0.06  # of Adam, in logits of brightness
    starts: int = 96  # pictures of soft noise, of which each unit takes the one it likes best
    start: float = 0.8  # standard deviation of that noise, and of the colour under it
    shift: int = 2  # pixels by which each step moves the picture, against fine grain
    smooth: float = 0.6  # weight of the differences between neighbouring pixels


def activations(net: AnimalNet, x: Tensor, layer: str) -> Tensor:
    """What leaves a layer of LAYERS; raise InvalidOption for another.

    x: [batch, 3, h, w] in 0..1 → [batch, maps, h', w'], or of "encoding" [batch, windows, 384].
    """
    if layer not in LAYERS:
        raise InvalidOption("layer")
    return net.up_to(x, layer)


def filters(net: AnimalNet) -> Tensor:
    """The first layer's filters as pictures [32, 3, 5, 5]: grey is a weight of 0."""
    first = net.edges.get_submodule("0")
    weights = first.get_parameter("weight").detach()
    return 0.5 + 0.5 * weights / weights.abs().amax(dim=(1, 2, 3), keepdim=True)


def strongest(maps: Tensor, count: int) -> list[int]:
    """The maps with the highest mean over places, in order. maps: [maps, h, w]."""
    return maps.mean(dim=(1, 2)).topk(min(count, len(maps))).indices.tolist()


def spokesmen(net: AnimalNet) -> list[int]:
    """Of each animal the number in the encoding whose weight to its sigmoid unit is highest.

    Among the means over a window, which ask for the whole picture rather than for one place.
    """
    weights = net.multi_label.weight.detach()
    return weights[:, : weights.shape[1] // 2].argmax(dim=1).tolist()


def unit_values(net: AnimalNet, x: Tensor, layer: str, units: Sequence[int]) -> Tensor:
    """Of each picture the units' values: a map's mean, or a number of the encoding.

    x: [n, 3, 32, 32] in 0..1 → [n, units].
    """
    out = activations(net, x, layer)
    flat = out.mean(dim=1) if layer == "encoding" else out.mean(dim=(2, 3))
    return flat[:, torch.tensor(units)]


def exciting(
    net: AnimalNet,
    layer: str,
    units: Sequence[int],
    config: AscentConfig,
    seed: int = 0,
    watch: Callable[[float], None] | None = None,
) -> Tensor:
    """Gradient ascent on the pixels: a picture for each unit. → [units, 3, 32, 32] in 0..1.

    Smoothness and small shifts keep it from noise that only a network sees (Olah 2017).
    """
    chance = torch.Generator().manual_seed(seed)
    canvas = nn.Parameter(_liked_start(net, layer, units, config, chance))
    optimiser = torch.optim.Adam([canvas], config.rate)
    for step in range(config.steps):
        x = torch.sigmoid(canvas)
        moved = x.roll(_shift(config.shift, chance), (2, 3))
        values = unit_values(net, moved, layer, units).diagonal()
        loss = config.smooth * _roughness(x).sum() * len(units) - values.sum()
        (canvas.grad,) = torch.autograd.grad(loss, [canvas])
        optimiser.step()
        if watch is not None:
            watch((step + 1) / config.steps)
    return torch.sigmoid(canvas).detach()


@torch.no_grad()
def _liked_start(
    net: AnimalNet, layer: str, units: Sequence[int], config: AscentConfig, chance: torch.Generator
) -> Tensor:
    """Logits of brightness. A unit that is silent at its start has no slope to climb."""
    coarse = torch.randn((config.starts, 3, SIDE // 4, SIDE // 4), generator=chance)
    soft = nn.functional.interpolate(coarse, size=(SIDE, SIDE), mode="bilinear")
    soft = config.start * (soft + torch.randn((config.starts, 3, 1, 1), generator=chance))
    return soft[unit_values(net, torch.sigmoid(soft), layer, units).argmax(dim=0)]


def _roughness(x: Tensor) -> Tensor:
    """The mean absolute difference of neighbouring pixels of each picture. [n, 3, h, w] → [n]."""
    down = (x[:, :, 1:] - x[:, :, :-1]).abs().mean(dim=(1, 2, 3))
    across = (x[:, :, :, 1:] - x[:, :, :, :-1]).abs().mean(dim=(1, 2, 3))
    return down + across


def _shift(most: int, chance: torch.Generator) -> list[int]:
    return torch.randint(-most, most + 1, (2,), generator=chance).tolist()
