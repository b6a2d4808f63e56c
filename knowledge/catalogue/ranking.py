"""BM25 over the words of a course; the title counts more than topics, these more than prose.

Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework", with k1 = 1.2 and b = 0.75.
Courses are known by their slot in the catalogue's tables.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.model.courses import Course

_K1, _B = 1.2, 0.75
STOP = frozenset(
    (
        "a an and any are about class classes course courses for from how i in into is it like me "
        "my of on or some something that the there this to want what which with would learn show "
        "find give list offered taught intro"
    ).split()
)
Posting = tuple[NDArray[np.int32], NDArray[np.float32]]  # slots, and the word's weight in each

_NOWHERE: Posting = (np.empty(0, np.int32), np.empty(0, np.float32))


def surface(text: str) -> list[str]:
    """Lower-case words as written, stop words too."""
    return re.findall(r"[a-z][a-z0-9+]+", text.lower())


def words(text: str) -> list[str]:
    """Lower-case word stems without stop words: "Deep Learning classes" → ["deep", "learn"]."""
    return [stem(word) for word in surface(text) if word not in STOP]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Cut the commonest English endings; crude, but the same for query and course."""
    for ending in ("ational", "ization", "isation", "ings", "ing", "ies", "ics", "ical", "al"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    for ending in ("es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@dataclass(frozen=True)
class FieldWeights:
    """How often a word counts, by where it stands."""

    title: float = 4.0
    topics: float = 3.0
    description: float = 1.0


@dataclass(frozen=True)
class WordIndex:
    """An inverted index of courses; an index is never changed, only followed by another."""

    weights: FieldWeights = FieldWeights()
    postings: Mapping[str, Posting] = field(default_factory=dict)
    lengths: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    seen: Mapping[str, int] = field(default_factory=dict)  # words as written, how often

    @classmethod
    def of(cls, courses: Iterable[Course], weights: FieldWeights | None = None) -> WordIndex:
        """Index every course once, in slots from 0 on."""
        return cls(weights or FieldWeights()).extended(courses)

    def extended(self, courses: Iterable[Course]) -> WordIndex:
        """The index with more courses, in the slots that follow."""
        added: dict[str, list[tuple[int, float]]] = defaultdict(list)
        lengths: list[float] = []
        seen = Counter(self.seen)
        for slot, course in enumerate(courses, len(self.lengths)):
            counts = self._counts(course, seen)
            for word, count in counts.items():
                added[word].append((slot, count))
            lengths.append(sum(counts.values()))
        postings = {
            **self.postings,
            **{word: _joined(self.postings.get(word), rows) for word, rows in added.items()},
        }
        joined = np.concatenate([self.lengths, np.array(lengths, np.float32)])
        return WordIndex(self.weights, postings, joined, seen)

    def _counts(self, course: Course, seen: Counter[str]) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        fields = (
            (course.title, self.weights.title),
            (" ".join(course.topics), self.weights.topics),
            (course.description, self.weights.description),
        )
        for text, weight in fields:
            for word in surface(text):
                seen[word] += 1
                if word not in STOP:
                    counts[stem(word)] += weight
        return counts

    def scores(
        self, text: str, alive: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """By slot: BM25 as a share of what a course made of these words alone would come near (0 to
        1), and the share of the text's words that the course holds.
        """
        size = len(self.lengths)
        current = np.ones(size, bool) if alive is None else alive
        scores, held = np.zeros(size, np.float32), np.zeros(size, np.float32)
        count = int(current.sum())
        average = float(self.lengths[current].mean()) if count else 1.0
        asked = set(words(text))
        ideal = 1e-6
        for word in sorted(asked):
            slots, weights = self.postings.get(word, _NOWHERE)
            among = int(current[slots].sum())  # of the dead, no trace
            rarity = math.log(1 + (count - among + 0.5) / (among + 0.5))
            ideal += rarity * (_K1 + 1)
            norm = _K1 * (1 - _B + _B * self.lengths[slots] / max(average, 1e-6))
            scores[slots] += rarity * weights * (_K1 + 1) / (weights + norm)
            held[slots] += 1
        scores /= ideal
        held /= max(1, len(asked))
        scores[~current] = 0.0
        held[~current] = 0.0
        return scores, held

    def held(self, text: str, slot: int) -> tuple[str, ...]:
        """The words of the text that the course holds, as they were written."""
        found = [word for word in dict.fromkeys(surface(text)) if word not in STOP]
        return tuple(word for word in found if self._holds(stem(word), slot))

    def _holds(self, word: str, slot: int) -> bool:
        if word not in self.postings:
            return False
        slots = self.postings[word][0]
        place = int(np.searchsorted(slots, slot))
        return place < len(slots) and int(slots[place]) == slot


def _joined(before: Posting | None, rows: list[tuple[int, float]]) -> Posting:
    slots = np.array([slot for slot, _ in rows], np.int32)
    weights = np.array([weight for _, weight in rows], np.float32)
    if before is None:
        return slots, weights
    return np.concatenate([before[0], slots]), np.concatenate([before[1], weights])
