"""The network of colourisation: a small U-Net from lightness to chroma at half the resolution.

Half is enough: the eye sees chroma coarsely, and the pictures' JPEG files keep no more of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.colourisation.bins import annealed_mean, centres

NAME = "colourisation"  # of the folder of weights
SIDE = 32  # pixels of the pictures that it learns from
CHROMA_SCALE = 50.0  # regression answers a, b in this unit


@dataclass(frozen=True)
class Widths:
    """Channels at 32 and 16, at 8 and at 4 pixels."""

    fine: int = 48
    middle: int = 80
    coarse: int = 112


class Colouriser(nn.Module):
    """Down to an eighth of the resolution and up to half of it, with bridges (Ronneberger 2015)."""

    def __init__(self, outputs: int, widths: Widths | None = None) -> None:
        super().__init__()
        w = widths or Widths()
        self.outputs = outputs
        self.first = nn.Sequential(_block(1, w.fine // 2), _block(w.fine // 2, w.fine, 2))
        self.fine = _block(w.fine, w.fine)
        self.down = nn.Sequential(_block(w.fine, w.middle, 2), _block(w.middle, w.middle))
        self.bottom = nn.Sequential(
            _block(w.middle, w.coarse, 2), _block(w.coarse, w.coarse), _block(w.coarse, w.middle)
        )
        self.up = _block(2 * w.middle, w.fine)
        self.last = nn.Sequential(_block(2 * w.fine, w.fine), nn.Conv2d(w.fine, outputs, 1))

    def forward(self, lightness: Tensor) -> Tensor:
        """[n, 1, h, w] L in 0..100, h and w multiples of 8 → [n, outputs, h/2, w/2]."""
        fine = self.fine(self.first(lightness / 50 - 1))  # [n, fine, h/2, w/2]
        middle = self.down(fine)  # [n, middle, h/4, w/4]
        bottom = _twice(self.bottom(middle))  # [n, middle, h/4, w/4]
        up = _twice(self.up(torch.cat([middle, bottom], dim=1)))  # [n, fine, h/2, w/2]
        answer: Tensor = self.last(torch.cat([fine, up], dim=1))
        return answer


def regressor() -> Colouriser:
    """Answers a and b themselves; learnt with the squared error."""
    return Colouriser(2)


def classifier() -> Colouriser:
    """Answers how likely each class of chroma is."""
    return Colouriser(len(centres()))


def chroma_of(net: Colouriser, answers: Tensor) -> Tensor:
    """The colours a, b [n, 2, h, w] that a network's answers [n, outputs, h, w] mean."""
    return answers * CHROMA_SCALE if net.outputs == 2 else annealed_mean(answers)


def enlarged(chroma: Tensor, height: int, width: int) -> Tensor:
    """[n, 2, h, w] smoothly brought to [n, 2, height, width]."""
    return nn.functional.interpolate(chroma, (height, width), mode="bilinear", align_corners=False)


def _block(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


def _twice(x: Tensor) -> Tensor:
    return nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")
