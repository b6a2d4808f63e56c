"""BM25 over the words of a course; the title counts more than topics, these more than prose.

Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework", with k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.model.courses import Course

_K1, _B = 1.2, 0.75
_WEIGHTS = (("title", 4), ("topics", 3), ("description", 1))
_STOP = frozenset(
    (
        "a an and any are about class classes course courses for from how i in into is it like me "
        "my of on or some something that the there this to want what which with would learn show "
        "find give list offered taught intro"
    ).split()
)


def words(text: str) -> list[str]:
    """Lower-case word stems without stop words: "Deep Learning classes" → ["deep", "learn"]."""
    found = re.findall(r"[a-z][a-z0-9+]+", text.lower())
    return [_stem(word) for word in found if word not in _STOP]


def _stem(word: str) -> str:
    """Cut the commonest English endings; crude, but the same for query and course."""
    for ending in ("ational", "ization", "isation", "ings", "ing", "ies", "ics", "ical", "al"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    for ending in ("es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@dataclass
class WordIndex:
    """An inverted index of courses by their id."""

    postings: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    lengths: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, courses: Iterable[Course]) -> WordIndex:
        """Index every course once."""
        index = cls()
        for course in courses:
            index._add(course)
        return index

    def _add(self, course: Course) -> None:
        counts: Counter[str] = Counter()
        texts = {
            "title": course.title,
            "topics": " ".join(course.topics),
            "description": course.description,
        }
        for name, weight in _WEIGHTS:
            for word in words(texts[name]):
                counts[word] += weight
        for word, count in counts.items():
            self.postings[word][course.course_id] = float(count)
        self.lengths[course.course_id] = float(sum(counts.values()))

    def scores(self, text: str) -> Mapping[int, float]:
        """BM25 scores of the courses that hold some word of the text."""
        scores: dict[int, float] = defaultdict(float)
        average = sum(self.lengths.values()) / max(1, len(self.lengths))
        for word in set(words(text)):
            found = self.postings.get(word, {})
            rarity = math.log(1 + (len(self.lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for course_id, count in found.items():
                norm = _K1 * (1 - _B + _B * self.lengths[course_id] / average)
                scores[course_id] += rarity * count * (_K1 + 1) / (count + norm)
        return scores

    def coverage(self, text: str) -> Mapping[int, float]:
        """The share of the text's words that each course holds."""
        asked = set(words(text))
        held: Counter[int] = Counter()
        for word in asked:
            held.update(self.postings.get(word, {}).keys())
        return {course_id: count / len(asked) for course_id, count in held.items()}
