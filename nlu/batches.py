"""Conversations as tensors: pieces, masks, labels, and who said what before."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from nlu.encoders.location import coder_folder
from nlu.labels import Labels
from nlu.model import IGNORED
from nlu.pieces import PieceMaker
from nlu.schema import QUAD
from nlu.turns import REMEMBERED, Turn


@dataclass(frozen=True)
class Encoded:
    """One turn ready for a batch; `first` and `tags` by word."""

    pieces: tuple[int, ...]
    first: tuple[int, ...]
    tags: tuple[int, ...]
    intent: int
    of_user: bool


@dataclass(frozen=True)
class Batch:
    """pieces, mask: [batch, length]; first, tags: [batch, words]; intent, of_user: [batch];
    history: [batch, remembered], as JointModel.forward takes it.
    """

    pieces: Tensor
    mask: Tensor
    first: Tensor
    tags: Tensor
    intent: Tensor
    of_user: Tensor
    history: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__dataclass_fields__))


class Coder:
    """Turns labelled words into indices."""

    def __init__(self, maker: PieceMaker, labels: Labels) -> None:
        self.maker, self.labels = maker, labels

    def encode(self, turn: Turn) -> Encoded:
        """Label each word's first piece; unknown labels raise KeyError."""
        pieces = self.maker.pieces(turn.words)
        first = tuple(place for place in pieces.first if place is not None)
        tags = [IGNORED] * len(first)
        if turn.tags is not None:
            kept = (t for t, p in zip(turn.tags, pieces.first, strict=True) if p is not None)
            tags = [self.labels.tag_index[tag] for tag in kept]
        intent = IGNORED if turn.intent is None else self.labels.intent_index[turn.intent]
        return Encoded(pieces.ids, first, tuple(tags), intent, turn.of_user)

    def conversation(self, turns: Sequence[Turn]) -> tuple[Encoded, ...]:
        """All turns of a conversation, in order."""
        return tuple(self.encode(turn) for turn in turns)


def coder_of(encoder: str) -> Coder:
    """Words to indices for an encoder, in Quad's label space."""
    return Coder(PieceMaker.load(coder_folder(encoder)), QUAD)


def collate(conversations: Sequence[Sequence[Encoded]]) -> Batch:
    """Pad to the longest; turns remember those before them in the same conversation."""
    turns = [turn for conversation in conversations for turn in conversation]
    history: list[list[int]] = []
    for conversation in conversations:
        begin = len(history)
        for place in range(len(conversation)):
            before = [begin + i for i in range(place - 1, -1, -1)][:REMEMBERED]
            history.append(before + [-1] * (REMEMBERED - len(before)))
    return Batch(
        pieces=_padded([turn.pieces for turn in turns], 0),
        mask=_padded([(1,) * len(turn.pieces) for turn in turns], 0),
        first=_padded([turn.first for turn in turns], 0),
        tags=_padded([turn.tags for turn in turns], IGNORED),
        intent=torch.tensor([turn.intent for turn in turns]),
        of_user=torch.tensor([int(turn.of_user) for turn in turns]),
        history=torch.tensor(history),
    )


def _padded(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    length = max(1, *(len(row) for row in rows))
    return torch.tensor([[*row, *[filler] * (length - len(row))] for row in rows])


def shuffled(
    conversations: Sequence[tuple[Encoded, ...]], size: int, chance: random.Random
) -> Iterator[list[tuple[Encoded, ...]]]:
    """Batches of about `size` turns, of similar lengths, in random order."""

    def length(turns: tuple[Encoded, ...]) -> float:
        return max(len(turn.pieces) for turn in turns) + chance.uniform(0, 6)

    batches: list[list[tuple[Encoded, ...]]] = [[]]
    for conversation in sorted(conversations, key=length):
        if batches[-1] and sum(map(len, batches[-1])) + len(conversation) > size:
            batches.append([])
        batches[-1].append(conversation)
    chance.shuffle(batches)
    return iter(batches)
