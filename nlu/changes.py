"""What training changed of pretrained weights, in four bits a value: small enough to be committed.

Groups of values share a scale, chosen for the least squared error. The pretrained weights
themselves come with their package.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

GROUP = 64  # values with one scale
_LEVELS = 7  # on either side of zero
_SHRUNK = (1.0, 0.9, 0.8, 0.7, 0.6)  # a few large values may be cut for the sake of the others


def packed(change: Tensor) -> tuple[Tensor, Tensor]:
    """change: any shape → nibbles [groups, GROUP / 2] uint8, scales [groups] bfloat16."""
    flat = change.detach().float().flatten()
    groups = nn.functional.pad(flat, (0, -len(flat) % GROUP)).view(-1, GROUP)
    scales = _scales(groups)
    levels = (_levels(groups, scales) + _LEVELS).to(torch.uint8)
    return levels[:, 0::2] | (levels[:, 1::2] << 4), scales


def unpacked(nibbles: Tensor, scales: Tensor, shape: torch.Size) -> Tensor:
    """The change again, float32 of that shape; ValueError when it cannot be."""
    if nibbles.numel() * 2 < shape.numel() or len(nibbles) != len(scales):
        raise ValueError(f"{nibbles.numel()} packed bytes are no {tuple(shape)}")
    levels = torch.stack([nibbles & 15, nibbles >> 4], dim=-1).flatten(1).float() - _LEVELS
    return (levels * scales.float().unsqueeze(1)).flatten()[: shape.numel()].view(shape)


def _levels(groups: Tensor, scales: Tensor) -> Tensor:
    return (groups / scales.float().unsqueeze(1)).round().clamp(-_LEVELS, _LEVELS)


def _scales(groups: Tensor) -> Tensor:
    widest = groups.abs().amax(dim=1).clamp(min=1e-12) / _LEVELS
    tried = [(widest * share).bfloat16() for share in _SHRUNK]
    lost = torch.stack(
        [(_levels(groups, s) * s.float().unsqueeze(1) - groups).square().sum(dim=1) for s in tried]
    )
    chosen = torch.stack(tried).gather(0, lost.argmin(dim=0, keepdim=True))
    return chosen.squeeze(0)
