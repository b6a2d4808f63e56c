"""A network that paints in one style at once (Johnson et al. 2016), small enough for a phone."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def _conv(into: int, out: int, side: int, stride: int = 1) -> nn.Conv2d:
    # Reflected edges: zeros would be painted as a frame.
    return nn.Conv2d(into, out, side, stride, side // 2, padding_mode="reflect")


class _Residual(nn.Module):
    """Two convolutions beside the way straight on."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            _conv(width, width, 3), nn.InstanceNorm2d(width, affine=True), nn.ReLU(),
            _conv(width, width, 3), nn.InstanceNorm2d(width, affine=True),
        )  # fmt: skip

    def forward(self, maps: Tensor) -> Tensor:
        """maps: [batch, width, height, width of the picture] → the same."""
        changed: Tensor = maps + self.body(maps)
        return changed


class FastStyle(nn.Module):
    """Down to a quarter, residual blocks, up again; each norm is the picture's own (Ulyanov 2016).

    Its input has the style's colours already (`colours.matched`), so strokes are all it learns. It
    is enlarged before it is convolved, not by a transposed convolution: no checkerboards.
    """

    def __init__(self, widths: tuple[int, int, int] = (16, 32, 48), blocks: int = 4) -> None:
        super().__init__()
        one, two, three = widths

        def layer(conv: nn.Conv2d) -> list[nn.Module]:
            return [conv, nn.InstanceNorm2d(conv.out_channels, affine=True), nn.ReLU()]

        last = _conv(one, 3, 5)
        nn.init.normal_(last.weight, std=1e-3)
        self.body = nn.Sequential(
            *layer(_conv(3, one, 5)),
            *layer(_conv(one, two, 3, 2)), *layer(_conv(two, three, 3, 2)),
            *(_Residual(three) for _ in range(blocks)),
            nn.Upsample(scale_factor=2), *layer(_conv(three, two, 3)),
            nn.Upsample(scale_factor=2), *layer(_conv(two, one, 3)),
            last,
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, height, width] in 0..1, sides multiples of four → the same, painted."""
        # What it learns is the change: the content in the style's colours is a good beginning.
        return torch.sigmoid(torch.logit(x, eps=0.02) + self.body(x * 2 - 1))
