"""Slips of the finger in a search's words, mended by the catalogue's own vocabulary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.catalogue.ranking import STOP, stem

_SHORTEST = 5  # of a shorter word, one letter is too much of it
_WORD = re.compile(r"[A-Za-z][A-Za-z+]+")


@dataclass(frozen=True)
class Speller:
    """The catalogue's words by length, with how often each is written."""

    counts: Mapping[str, int] = field(default_factory=dict)
    by_length: Mapping[int, list[str]] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    _mended: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, seen: Mapping[str, int]) -> Speller:
        """A speller of these words, and of those that carry no topic."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in STOP:
            by_length[len(word)].append(word)
        return cls({}, by_length).extended(seen)

    def extended(self, seen: Mapping[str, int]) -> Speller:
        """The speller of a vocabulary that has grown; the same one when it has not."""
        new = seen.keys() - self.counts.keys()
        if not new:
            return self
        by_length = {length: list(words) for length, words in self.by_length.items()}
        for word in new - STOP:
            by_length.setdefault(len(word), []).append(word)
        return Speller(seen, by_length, self.stems | {stem(word) for word in new})

    def mended(self, text: str, known: Callable[[str], bool]) -> str:
        """The text with misspelt words replaced; `known` tells words that are right elsewhere."""

        def better(match: re.Match[str]) -> str:
            word = match.group()
            return word if known(word.lower()) else self._word(word)

        return _WORD.sub(better, text)

    def _word(self, word: str) -> str:
        if word not in self._mended:
            if len(self._mended) > 10_000:
                self._mended.clear()  # it only saves time
            self._mended[word] = self._nearest(word.lower()) or word
        return self._mended[word]

    def _nearest(self, word: str) -> str | None:
        """The nearest word of the vocabulary, the commonest among equals, within the slips that a
        word of this length may have.
        """
        if len(word) < _SHORTEST or word in self.counts or word in STOP or stem(word) in self.stems:
            return None
        most = 1 if len(word) < 8 else 2
        lengths = range(len(word) - most, len(word) + most + 1)
        choices = [near for length in lengths for near in self.by_length.get(length, ())]
        found = process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=most, limit=8, processor=None
        )
        if not found:
            return None
        return min(found, key=lambda item: (item[1], item[0][0] != word[0], -self._count(item[0])))[
            0
        ]

    def _count(self, word: str) -> int:
        return self.counts.get(word, 1)
