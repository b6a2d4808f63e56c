"""A bidirectional LSTM over frozen piece vectors (the lecture's recurrent tagger)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from nlu.encoders.vectors import piece_vectors


class BiLSTMEncoder(nn.Module):
    """Two layers each way; the way back reads reversed sequences, so that padding never leads."""

    def __init__(self, dropout: float, hidden: int = 192) -> None:
        super().__init__()
        self.vectors = piece_vectors()
        size = self.vectors.embedding_dim
        self.onward = nn.ModuleList(_layer(width, hidden) for width in (size, 2 * hidden))
        self.backward = nn.ModuleList(_layer(width, hidden) for width in (size, 2 * hidden))
        self.dropout = nn.Dropout(max(dropout, 0.3))  # no pretraining: it needs more of it
        self.width = 2 * hidden

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """pieces, mask: [batch, length] → [batch, length, width]."""
        states: Tensor = self.dropout(self.vectors(pieces))
        mirror = _mirror(mask)
        for onward, backward in zip(self.onward, self.backward, strict=True):
            there, _ = onward(states)
            back, _ = backward(_taken(states, mirror))
            states = self.dropout(torch.cat([there, _taken(back, mirror)], dim=-1))
        return states


def _layer(width: int, hidden: int) -> nn.LSTM:
    return nn.LSTM(width, hidden, batch_first=True)


def _mirror(mask: Tensor) -> Tensor:
    """[batch, length]: the place each place is swapped with; padding keeps its own."""
    places = torch.cumsum(torch.ones_like(mask), dim=1) - 1
    return torch.where(mask > 0, mask.sum(dim=1, keepdim=True) - 1 - places, places)


def _taken(states: Tensor, places: Tensor) -> Tensor:
    return torch.gather(states, 1, places.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
