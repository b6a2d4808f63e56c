"""The network that looks at pictures: a VGG's convolutions, cut in the middle (lecture 2).

Simonyan and Zisserman 2014: blocks of 3 × 3 convolutions with pooling between them; as Gatys et al.
2016 have it, the average is pooled, which leaves smoother gradients. The convolutions of the small
network of this project and those of an ImageNet VGG are the same class with other widths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor, nn

Padding = Literal["zeros", "replicate"]
CIFAR_MEAN, CIFAR_SPREAD = (0.491, 0.482, 0.447), (0.247, 0.244, 0.262)


@dataclass(frozen=True)
class Layout:
    """How many convolutions of which width a network has."""

    widths: tuple[int, ...] = (24, 48, 96, 128)  # channels of each block
    depths: tuple[int, ...] = (2, 2, 3, 1)  # convolutions of each block
    mean: tuple[float, ...] = CIFAR_MEAN  # of the pictures that it was trained on
    spread: tuple[float, ...] = CIFAR_SPREAD

    def layers(self) -> Iterator[tuple[str, int, int]]:
        """Name (as the papers': conv2_1), channels in and out of each convolution."""
        into = 3
        for block, (width, depth) in enumerate(zip(self.widths, self.depths, strict=True), 1):
            for number in range(1, depth + 1):
                yield f"conv{block}_{number}", into, width
                into = width


class Features(nn.Module):
    """Convolutions whose activations are read; their weights never learn from a style."""

    mean: Tensor
    spread: Tensor

    def __init__(self, layout: Layout, padding: Padding = "replicate") -> None:
        super().__init__()
        self.layout = layout
        # What lies beyond the edge is taken as the edge: zeros would be painted as a frame.
        self.convs = nn.ModuleDict(
            {
                name: nn.Conv2d(into, out, 3, padding=1, padding_mode=padding)
                for name, into, out in layout.layers()
            }
        )
        self.register_buffer("mean", torch.tensor(layout.mean).view(3, 1, 1), persistent=False)
        self.register_buffer("spread", torch.tensor(layout.spread).view(3, 1, 1), persistent=False)

    def forward(self, x: Tensor, wanted: Sequence[str]) -> dict[str, Tensor]:
        """x: [batch, 3, height, width] in 0..1 → activations of the wanted layers after the ReLU,
        [batch, channels, height / 2^(block - 1), ...]. Nothing is computed beyond the last one.
        """
        found: dict[str, Tensor] = {}
        maps = (x - self.mean) / self.spread
        for name, conv in self.convs.items():
            if name.endswith("_1") and name != "conv1_1":
                maps = nn.functional.avg_pool2d(maps, 2)  # [batch, channels, height / 2, ...]
            maps = torch.relu(conv(maps))
            if name in wanted:
                found[name] = maps
            if len(found) == len(wanted):
                break
        return found

    def named_convs(self) -> list[tuple[str, nn.Conv2d]]:
        """The convolutions in their order."""
        return [(name, cast("nn.Conv2d", conv)) for name, conv in self.convs.items()]

    def frozen(self) -> Features:
        """Itself, with weights that take no gradient: only the picture's pixels are changed."""
        for parameter in self.parameters():
            parameter.requires_grad_(False)
        self.eval()
        return self


def bias_of(conv: nn.Conv2d) -> Tensor:
    """The bias of a convolution; all of ours have one."""
    if conv.bias is None:
        raise ValueError(conv)
    return conv.bias


def random_features(seed: int, layout: Layout | None = None) -> Features:
    """A network that never learnt anything: He's random weights, a known good baseline for styles
    (Ustyuzhaninov et al. 2016).
    """
    net = Features(layout or Layout())
    chance = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in net.parameters():
            if parameter.dim() == 4:
                fan_in = parameter[0].numel()
                parameter.normal_(0, (2 / fan_in) ** 0.5, generator=chance)
            else:
                parameter.zero_()
    return net.frozen()
