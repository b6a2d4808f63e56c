"""Vectors of utterances and words from the pretrained encoder as it came, for the label audit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from nlu.batches import Coder, collate
from nlu.encoders.location import DEFAULT
from nlu.encoders.pooling import mean_pool
from nlu.encoders.transformer import TransformerEncoder
from nlu.turns import Turn

Floats = NDArray[np.float32]


@torch.no_grad()
def embeddings(coder: Coder, turns: Sequence[Turn]) -> tuple[Floats, list[Floats]]:
    """Sentences [n, width], and each one's words beside both neighbours [words, 3 * width]."""
    encoder = TransformerEncoder(DEFAULT, dropout=0.0).eval()
    sentences: list[Floats] = []
    words: list[Floats] = []
    for start in range(0, len(turns), 64):
        encoded = [coder.encode(turn) for turn in turns[start : start + 64]]
        batch = collate([[turn] for turn in encoded])
        states = encoder(batch.pieces, batch.mask)
        sentences += list(mean_pool(states, batch.mask).numpy())
        for row, turn in zip(states.numpy(), encoded, strict=True):
            words.append(_beside_neighbours(row[list(turn.first)]))
    return np.stack(sentences), words


def _beside_neighbours(rows: Floats) -> Floats:
    padded = np.pad(rows, ((1, 1), (0, 0)))
    return np.concatenate([padded[:-2], rows, padded[2:]], axis=1)
