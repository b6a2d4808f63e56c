"""What every encoder offers, and the choice of one by name."""

from __future__ import annotations

from typing import Protocol

from torch import Tensor, nn


class Encoder(Protocol):
    """Word pieces in, one vector a piece out."""

    width: int

    def __call__(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """pieces, mask: [batch, length] → [batch, length, width]."""
        ...

    def parameters(self) -> object:
        """Of the module."""
        ...


def build_encoder(name: str, dropout: float) -> nn.Module:
    """ "bilstm", "cnn", or the name or folder of a pretrained transformer (EncoderNotFound)."""
    if name == "bilstm":
        from nlu.encoders.bilstm import BiLSTMEncoder

        return BiLSTMEncoder(dropout)
    if name == "cnn":
        from nlu.encoders.cnn import CNNEncoder

        return CNNEncoder(dropout)
    from nlu.encoders.transformer import TransformerEncoder

    return TransformerEncoder(name, dropout)
