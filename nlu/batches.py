"""Items as tensors: pieces, masks, intents and the tags of first pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from nlu.data.items import Item, tags_of
from nlu.model import IGNORED
from nlu.pieces import PieceMaker
from nlu.schema import INTENTS, TAGS
from nlu.words import split

_TAG_INDEX = {tag: index for index, tag in enumerate(TAGS)}
_INTENT_INDEX = {intent: index for index, intent in enumerate(INTENTS)}


@dataclass(frozen=True)
class Encoded:
    """One item ready for a batch."""

    pieces: tuple[int, ...]
    tags: tuple[int, ...]
    intent: int


@dataclass(frozen=True)
class Batch:
    """pieces, mask, tags: [batch, length]; intent: [batch]."""

    pieces: Tensor
    mask: Tensor
    tags: Tensor
    intent: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__dataclass_fields__))


def encode(item: Item, maker: PieceMaker) -> Encoded:
    """Label each word's first piece; the others are ignored by the loss."""
    words = split(item.text).words
    pieces = maker.pieces(words)
    tags = [IGNORED] * len(pieces.ids)
    for place, tag in zip(pieces.first, tags_of(item), strict=True):
        if place is not None:
            tags[place] = _TAG_INDEX[tag]
    return Encoded(pieces.ids, tuple(tags), _INTENT_INDEX[item.intent])


def collate(items: Sequence[Encoded]) -> Batch:
    """Pad to the longest."""
    length = max(len(item.pieces) for item in items)
    rows = [(*item.pieces, *[0] * (length - len(item.pieces))) for item in items]
    tags = [(*item.tags, *[IGNORED] * (length - len(item.tags))) for item in items]
    mask = [[1] * len(item.pieces) + [0] * (length - len(item.pieces)) for item in items]
    return Batch(
        torch.tensor(rows),
        torch.tensor(mask),
        torch.tensor(tags),
        torch.tensor([item.intent for item in items]),
    )


def shuffled(
    items: Sequence[Encoded], size: int, chance: random.Random
) -> Iterator[Sequence[Encoded]]:
    """Batches of similar lengths in random order: little padding, still random."""
    order = sorted(items, key=lambda item: len(item.pieces) + chance.uniform(0, 6))
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    chance.shuffle(batches)
    return iter(batches)
