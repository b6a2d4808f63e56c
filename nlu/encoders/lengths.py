"""Encoding a batch of mixed lengths without paying for the padding of its short utterances."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

_APART = 12  # pieces; nearer lengths are not worth a pass of their own


def by_length(encoder: Callable[[Tensor, Tensor], Tensor], pieces: Tensor, mask: Tensor) -> Tensor:
    """What `encoder` makes of the batch, its shorter half (and theirs) encoded apart.

    pieces, mask: [batch, length] → [batch, length, width], zero where only others reach.
    """
    lengths = mask.sum(dim=1)
    longest = int(lengths.max())
    short = lengths <= max(longest // 2, longest - 2 * _APART)
    if longest <= _APART or not bool(short.any()):
        return encoder(pieces, mask)
    middle = int(lengths[short].max())
    of_short = by_length(encoder, pieces[short, :middle], mask[short, :middle])
    of_long = encoder(pieces[~short], mask[~short])
    states = of_long.new_zeros(*pieces.shape, of_long.shape[-1])
    states[~short] = of_long
    states[short, :middle] = of_short
    return states
