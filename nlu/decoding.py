"""From tag scores to spans: Viterbi over the BIO constraints, in numpy.

An I- may only follow a B- or I- of the same label, so no span begins in the middle; this costs
nothing at training time and repairs what a softmax per word gets wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.roles import with_both_roles
from nlu.schema import TAGS, split_label
from nlu.words import Word

_FORBIDDEN = -1e4


def _transitions() -> NDArray[np.float32]:
    allowed = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if after.startswith("I-") and before[2:] != after[2:]:
                allowed[i, j] = _FORBIDDEN
    return allowed


_ALLOWED = _transitions()
_START = np.array([_FORBIDDEN if tag.startswith("I-") else 0.0 for tag in TAGS], dtype=np.float32)


@dataclass(frozen=True)
class Entity:
    """A decoded span with the mean probability of its tags."""

    slot: str
    role: str | None
    start: int
    end: int
    confidence: float


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Over the last axis, without overflow."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_tags(scores: NDArray[np.float32]) -> list[int]:
    """The likeliest allowed tag sequence; scores: [words, tags]."""
    if not len(scores):
        return []
    emissions = log_softmax(scores)
    best = emissions[0] + _START
    came_from: list[NDArray[np.intp]] = []
    for emission in emissions[1:]:
        paths = best[:, None] + _ALLOWED  # [before, after]
        came_from.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + emission
    tags = [int(best.argmax())]
    for pointers in reversed(came_from):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]


def entities(words: tuple[Word, ...], scores: NDArray[np.float32]) -> list[Entity]:
    """The spans of an utterance; scores: [words, tags]."""
    if not len(scores):
        return []
    logs = log_softmax(scores)
    tags = with_both_roles(best_tags(scores), logs)
    sure = np.exp(logs)
    found: list[Entity] = []
    start = 0
    for index, tag in enumerate(tags):
        name = TAGS[tag]
        if name.startswith("B-"):
            start = index
        ends = index + 1 == len(tags) or not TAGS[tags[index + 1]].startswith("I-")
        if name != "O" and ends:
            confidence = float(np.mean([sure[i, tags[i]] for i in range(start, index + 1)]))
            slot, role = split_label(name[2:])
            found.append(Entity(slot, role, words[start].start, words[index].end, confidence))
    return found
