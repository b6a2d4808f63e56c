"""Piece vectors for the encoders that are not pretrained themselves: MiniLM's, frozen."""

from __future__ import annotations

from safetensors import safe_open
from torch import Tensor, nn

from nlu.encoders.location import DEFAULT, folder_of

_TABLE = "embeddings.word_embeddings.weight"


def piece_vectors() -> nn.Embedding:
    """The default transformer's table of word pieces, [30,522, 384], not trained further."""
    with safe_open(folder_of(DEFAULT) / "model.safetensors", framework="pt") as tensors:
        table: Tensor = tensors.get_tensor(_TABLE).float()
    vectors: nn.Embedding = nn.Embedding.from_pretrained(table, freeze=True)
    return vectors
