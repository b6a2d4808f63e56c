"""The lecture's losses: content as activations, style as Gram matrices, and the smoothness.

Lecture 2 (Gatys et al. 2016): ‖Style(S) − Style(G)‖² + ‖Content(C) − Content(G)‖². The lecture
states no weights of the two terms; they are ours (`optimise.TransferConfig`). It calls the Gram
matrix "a cross-correlation of all the features": the places are summed over, so what is kept is
which features occur together and not where.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

Activations = Mapping[str, Tensor]


def gram(maps: Tensor) -> Tensor:
    """Gram matrices of activations ([batch, channels, height, width] → [batch, channels,
    channels]), divided by the number of places: pictures of any size can be compared.
    """
    flat = maps.flatten(2)  # [batch, channels, places]
    return flat @ flat.transpose(1, 2) / flat.shape[2]


def relative(found: Tensor, target: Tensor) -> Tensor:
    """Squared distance in units of the target's own squared length, a scalar.

    Layers differ by orders of magnitude; so each counts alike before it is weighted.
    """
    return (found - target).square().sum() / target.square().sum().clamp(min=1e-12)


def content_loss(found: Activations, targets: Activations, weights: Mapping[str, float]) -> Tensor:
    """‖Content(C) − Content(G)‖² over the weighted layers (activations, place by place)."""
    parts = [weight * relative(found[name], targets[name]) for name, weight in weights.items()]
    return torch.stack(parts).sum()


def style_loss(found: Activations, targets: Activations, weights: Mapping[str, float]) -> Tensor:
    """‖Style(S) − Style(G)‖² over the weighted layers; `targets` are Gram matrices."""
    parts = [
        weight * relative(gram(found[name]), targets[name].expand(len(found[name]), -1, -1))
        for name, weight in weights.items()
    ]
    return torch.stack(parts).sum()


def total_variation(x: Tensor) -> Tensor:
    """Mean squared difference of neighbouring pixels. x: [batch, channels, height, width]."""
    down = (x[:, :, 1:] - x[:, :, :-1]).square().mean()
    across = (x[:, :, :, 1:] - x[:, :, :, :-1]).square().mean()
    return down + across
