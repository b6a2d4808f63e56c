"""What is rated, and how: plain values, made by `collect`, kept by `storage`, read by all."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

SCORES = range(1, 6)  # the lecture's scale
MOST_CANDIDATES = 4


class Speaker(StrEnum):
    """Who says something in a conversation."""

    STUDENT = "student"
    QUAD = "quad"


@dataclass(frozen=True)
class Said:
    """One message; `buttons` are what the assistant offers below it."""

    speaker: Speaker
    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One reply of one or more messages, credited to every policy that gives it."""

    messages: tuple[Said, ...]
    policies: tuple[str, ...]
    acts: tuple[str, ...]
    candidate_id: int = 0

    @property
    def text(self) -> str:
        """All that a student would read, a line a message or button."""
        lines = ((message.text, *message.buttons) for message in self.messages)
        return "\n".join(line for message in lines for line in message)


@dataclass(frozen=True)
class Item:
    """A conversation so far and two to four different replies to its last message.

    `source` is "simulated" or "real"; `origin` tells where it came from, for whoever reads the
    table; `seed` orders the candidates for each rater.
    """

    context: tuple[Said, ...]
    candidates: tuple[Candidate, ...]
    source: str
    seed: int
    origin: Mapping[str, Any] = field(default_factory=dict)
    item_id: int = 0

    @property
    def key(self) -> str:
        """The same conversation with the same replies is the same item, however it was made."""
        said = [[message.speaker, message.text, message.buttons] for message in self.context]
        replies = sorted(candidate.text for candidate in self.candidates)
        return hashlib.sha256(json.dumps([said, replies]).encode()).hexdigest()

    def shown_to(self, rater: str) -> Item:
        """The candidates in this rater's own order, the same at every look."""
        order = list(self.candidates)
        random.Random(f"{self.seed}\0{self.item_id}\0{rater}").shuffle(order)
        return replace(self, candidates=tuple(order))


@dataclass(frozen=True)
class Preference:
    """A rater's answer about two candidates that had the same, best score; None: neither."""

    first: int
    second: int
    chosen: int | None


@dataclass(frozen=True)
class Rating:
    """One rater's scores of one item by candidate, in the order in which they were shown."""

    rating_id: int
    item_id: int
    rater: str
    scores: Mapping[int, int]
    preference: Preference | None = None

    def best_pair(self, seed: int) -> tuple[int, int] | None:
        """Two candidates that share the best score, in a random order; None where one is alone."""
        best = max(self.scores.values())
        tied = sorted(each for each, score in self.scores.items() if score == best)
        if len(tied) < 2:
            return None
        first, second = random.Random(f"{seed}\0{self.item_id}\0{self.rater}").sample(tied, 2)
        return first, second


@dataclass(frozen=True)
class Judged:
    """An item with the rating that counts of each of its raters."""

    item: Item
    ratings: tuple[Rating, ...]
