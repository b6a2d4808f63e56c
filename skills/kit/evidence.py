"""Which pixels an answer hangs on, and how that is shown."""

from __future__ import annotations

from collections.abc import Callable

import torch
from PIL import Image
from torch import Tensor, nn

_GLOW = (230, 40, 20)


def evidence(score: Callable[[Tensor], Tensor], x: Tensor, copies: int = 16) -> Tensor:
    """Where a change of pixels would change a score most, 0..1 [height, width].

    The gradient's size, averaged over noisy copies (SmoothGrad, Smilkov 2017) and smoothed.
    `score`: [n, 3, height, width] → [n]; x: [3, height, width].
    """
    chance = torch.Generator().manual_seed(0)
    noisy = x + 0.08 * torch.randn((copies, *x.shape), generator=chance)
    noisy.requires_grad_(True)
    (slope,) = torch.autograd.grad(score(noisy).sum(), noisy)
    heat = slope.abs().amax(dim=1).mean(dim=0)[None, None]  # [1, 1, height, width]
    smooth = nn.functional.avg_pool2d(heat, 5, stride=1, padding=2)[0, 0]
    return (smooth / smooth.max().clamp(min=1e-9)).detach()


def with_heat(picture: Image.Image, heat: Tensor, side: int) -> Image.Image:
    """The grey picture, `side` pixels square, with what mattered glowing in red. heat: 0..1."""
    small = Image.fromarray((heat.square() * 255).byte().numpy())
    mask = small.resize((side, side), Image.Resampling.BICUBIC)
    shown = picture.resize((side, side)).convert("L").convert("RGB")
    shown.paste(_GLOW, (0, 0), mask.point(lambda value: value * 0.8))
    return shown
