"""From tag scores to tags and spans: Viterbi over the BIO constraints, in numpy.

An I- may only follow a B- or I- of the same label, so no span begins in the middle; this costs
nothing at training time and repairs what a softmax per word gets wrong. A model with a chain field
adds its learned transitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.labels import Labels

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Chain:
    """Scores of a first tag, [tags], and of a step [before, after]; forbidden ones are hugely
    negative.
    """

    starts: Scores
    steps: Scores

    @classmethod
    def of(cls, labels: Labels) -> Chain:
        """The BIO constraints alone."""
        return cls(labels.forbidden_starts, labels.forbidden_steps)


def log_softmax(scores: Scores) -> Scores:
    """Over the last axis, without overflow."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_tags(scores: Scores, chain: Chain) -> list[int]:
    """The likeliest allowed tag sequence; scores: [words, tags]."""
    if not len(scores):
        return []
    best = scores[0] + chain.starts
    came_from: list[NDArray[np.intp]] = []
    for score in scores[1:]:
        paths = best[:, None] + chain.steps  # [before, after]
        came_from.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + score
    tags = [int(best.argmax())]
    for pointers in reversed(came_from):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """First word, last word and label of every span; a stray I- begins one, as conlleval has it."""
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag == "O":
            continue
        prefix, label = tag[:2], tag[2:]
        goes_on = prefix == "I-" and spans and spans[-1][1:] == (index - 1, label)
        if goes_on:
            spans[-1] = (spans[-1][0], index, label)
        else:
            spans.append((index, index, label))
    return spans
