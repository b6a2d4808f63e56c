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
    """A decoded span with the mean probability that its words belong to its slot."""

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
        # Beginning or inside together: the transitions choose between them, not the scores.
        either = [TAGS.index(f"{mark}-{label}") for mark in "BI"]
        confidence = min(1.0, float(sure[first : last + 1, either].sum(axis=1).mean()))
        slot, role = split_label(label)
        found.append(Entity(slot, role, words[first].start, words[last].end, confidence))
    return found
