"""A convolutional encoder over frozen piece vectors (Kim 2014; the lecture's second tagger)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from nlu.encoders.vectors import piece_vectors

_WIDTHS = (1, 3, 5)


class CNNEncoder(nn.Module):
    """Three residual blocks, each of filters over one, three and five neighbouring pieces."""

    def __init__(self, dropout: float, hidden: int = 288, depth: int = 3) -> None:
        super().__init__()
        self.vectors = piece_vectors()
        self.enter = nn.Linear(self.vectors.embedding_dim, hidden)
        self.blocks = nn.ModuleList(_Block(hidden) for _ in range(depth))
        self.dropout = nn.Dropout(max(dropout, 0.3))
        self.width = hidden

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """pieces, mask: [batch, length] → [batch, length, width]."""
        real = mask.unsqueeze(-1).to(self.enter.weight.dtype)
        states: Tensor = self.enter(self.dropout(self.vectors(pieces)))
        for block in self.blocks:
            states = states + self.dropout(block(states, real))
        return states


class _Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        share = width // len(_WIDTHS)
        self.norm = nn.LayerNorm(width)
        self.filters = nn.ModuleList(
            nn.Conv1d(width, share, size, padding=size // 2) for size in _WIDTHS
        )

    def forward(self, states: Tensor, real: Tensor) -> Tensor:
        across = (self.norm(states) * real).transpose(1, 2)  # the norm's bias is no word
        fired = [nn.functional.gelu(layer(across)) for layer in self.filters]
        return torch.cat(fired, dim=1).transpose(1, 2)
