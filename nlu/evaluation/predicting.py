"""A torch model's answers over many conversations, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from nlu.batches import Batch, Encoded, collate
from nlu.decoding import Chain, best_tags
from nlu.model import JointModel, Output, at_words


@dataclass(frozen=True)
class Guess:
    """What a model makes of one turn: intent scores [intents], tag scores [words, tags], the
    likeliest allowed tags, the attention [remembered + 1] and the features under the intent head.
    """

    intents: NDArray[np.float32]
    scores: NDArray[np.float32]
    tags: list[str]
    attention: NDArray[np.float32] | None
    features: NDArray[np.float32]


def chain_of(model: JointModel) -> Chain:
    """The model's transitions, or the BIO constraints alone."""
    if model.chain is None:
        return Chain.of(model.labels)
    starts, steps = (part.detach().float().cpu().numpy() for part in model.chain.transitions())
    return Chain(starts, steps)


@torch.no_grad()
def guesses(
    model: JointModel,
    conversations: Sequence[Sequence[Encoded]],
    *,
    size: int = 64,
    remembers: bool = True,
) -> Iterator[list[Guess]]:
    """One list a conversation, in order. `remembers=False` empties every memory."""
    model.eval()
    device, chain = next(model.parameters()).device, chain_of(model)
    for chunk in _chunks(conversations, size):
        batch = collate(chunk).to(device)
        if not remembers:
            batch.history.fill_(-1)
        output = model(batch.pieces, batch.mask, batch.history, batch.of_user)
        flat = iter(_rows(model, output, batch, chain))
        for conversation in chunk:
            yield [next(flat) for _ in conversation]


def _rows(model: JointModel, output: Output, batch: Batch, chain: Chain) -> Iterator[Guess]:
    words = at_words(output.tags, batch.first).float().cpu().numpy()
    intents, features = (x.float().cpu().numpy() for x in (output.intents, output.features))
    attention = None if output.attention is None else output.attention.float().cpu().numpy()
    lengths = (batch.first > 0).sum(dim=1).tolist()  # place 0 is [CLS], never a word's
    for row, length in enumerate(lengths):
        scores = words[row, :length]
        tags = [model.labels.tags[tag] for tag in best_tags(scores, chain)]
        attended = None if attention is None else attention[row]
        yield Guess(intents[row], scores, tags, attended, features[row])


def _chunks(
    conversations: Sequence[Sequence[Encoded]], size: int
) -> Iterator[list[Sequence[Encoded]]]:
    chunk: list[Sequence[Encoded]] = []
    for conversation in conversations:
        chunk.append(conversation)
        if sum(map(len, chunk)) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
