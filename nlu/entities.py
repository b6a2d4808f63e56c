"""Quad's own spans: decoded tags with their roles, at the characters of the original text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nlu.decoding import Chain, Scores, best_tags, log_softmax, spans_of
from nlu.roles import with_both_roles
from nlu.schema import TAGS, split_label
from nlu.words import Word


@dataclass(frozen=True)
class Entity:
    """A decoded span with the mean probability of its tags."""

    slot: str
    role: str | None
    start: int
    end: int
    confidence: float

    @property
    def label(self) -> str:
        """The slot with its role, as the labelled data writes it."""
        return f"{self.slot}:{self.role}" if self.role else self.slot


def entities(words: tuple[Word, ...], scores: Scores, chain: Chain) -> list[Entity]:
    """The spans of an utterance; scores: [words, tags] in the order of schema.TAGS."""
    if not len(scores):
        return []
    logs = log_softmax(scores)
    tags = with_both_roles(best_tags(scores, chain), logs)
    sure = np.exp(logs)
    found: list[Entity] = []
    for first, last, label in spans_of([TAGS[tag] for tag in tags]):
        confidence = float(np.mean([sure[i, tags[i]] for i in range(first, last + 1)]))
        slot, role = split_label(label)
        found.append(Entity(slot, role, words[first].start, words[last].end, confidence))
    return found
