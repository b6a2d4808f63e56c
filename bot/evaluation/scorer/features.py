"""A reply in its conversation as numbers: its meaning, its shape, the acts it comes from."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.acts import Act
from bot.evaluation.model import Candidate, Item, Speaker

Floats = NDArray[np.float64]
_ACTS = tuple(act.value for act in Act)
_SHAPE = ("nearness", "words", "messages", "buttons", "asks")
# Columns change with the acts: a model made for others must not be used.
SIGNATURE = hashlib.sha256(" ".join((*_SHAPE, *_ACTS)).encode()).hexdigest()[:16]


class Encoder(Protocol):
    """Texts to unit vectors."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """[n, width]."""
        ...


@dataclass(frozen=True)
class Reply:
    """A candidate with what it answers."""

    item: Item
    candidate: Candidate

    @property
    def asked(self) -> str:
        """The student's last words."""
        said = (each.text for each in self.item.context[::-1] if each.speaker is Speaker.STUDENT)
        return next(said, "")


def features(replies: Sequence[Reply], encoder: Encoder) -> Floats:
    """[replies, 3 · width + shape + acts]: both texts, their product, the shape and the acts.

    Neither the policy's name nor the place on the page is among them.
    """
    asked = encoder.encode([reply.asked for reply in replies])  # [n, width]
    said = encoder.encode([reply.candidate.text for reply in replies])  # [n, width]
    both = asked * said * np.sqrt(asked.shape[1])  # as large as the vectors themselves
    nearness = (asked * said).sum(axis=1, keepdims=True)  # [n, 1]
    rest = np.array([_shape(reply.candidate) for reply in replies])  # [n, shape - 1 + acts]
    return np.hstack([asked, said, both, nearness, rest]).astype(float)


def _shape(candidate: Candidate) -> list[float]:
    text = candidate.text
    counted = [
        math.log1p(len(text.split())),
        float(len(candidate.messages)),
        math.log1p(sum(len(message.buttons) for message in candidate.messages)),
        float("?" in text),
    ]
    return [*counted, *(float(act in candidate.acts) for act in _ACTS)]
