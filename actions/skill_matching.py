"""Which skill a student's words mean.

Each skill is known by phrases (its name, title and aliases). The phrase that is said whole, and of
those the one that explains most of what was said, wins: "fast style transfer" is more than "style
transfer". Words that many skills share weigh little, words of everyday ("photo") nothing at all.
Only where no phrase is said whole, parts of names and phrases and the description's words count.
What is equally likely is left to the student.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, takewhile

from rapidfuzz import fuzz

Phrases = Mapping[str, tuple[Sequence[str], str]]  # name → (phrases, description)
_EMPTY = frozenset(
    (
        "a an and any are as at be bot build by can could cs230 demo demos demonstration did "
        "do does file for from get give go have he her his how i image images in into is it "
        "its lecture let lets like look me model my network neural now of on one or our out "
        "own photo photograph photos pic picture pictures pics please run sample see seen "
        "show skill some start system take tell test that the their them thing this to try "
        "two upload use using want we what whether which with work works would you your here "
    ).split()
)
_SOUNDS_ALIKE = 86  # of 100, for words with a slip in them
_WHOLE, _PART, _ENOUGH, _TIE = 1.0, 0.99, 0.5, 0.02
_DESCRIBED = 0.4  # a description's words are a hint


def matches(said: str, skills: Phrases) -> list[str]:
    """The names of the skills meant: one, several that are equally likely, or none."""
    words = _words(said)
    if not words or not skills:
        return []
    known = {name: [_words(each) for each in phrases] for name, (phrases, _) in skills.items()}
    hints = {name: _words(description) for name, (_, description) in skills.items()}
    weigh = _Weights([set(chain(*phrases)) for phrases in known.values()])
    scores = {
        name: max(weigh.score(words, phrase) for phrase in phrases)
        for name, phrases in known.items()
    }
    best = max(scores.values())
    if best < _WHOLE:
        if alike := [name for name in known if _all_in(words, _words(name))]:
            return alike
        scores = {
            name: max(score, weigh.hint(words, hints[name])) for name, score in scores.items()
        }
        best = max(scores.values())
    if best < _ENOUGH:
        return []
    return [name for name, score in scores.items() if score >= best - _TIE]


def named(said: str, skills: Phrases) -> list[str]:
    """The names of the skills of which a phrase is all that was said: "the happy house"."""
    words = _words(said)
    return [
        name
        for name, (phrases, _) in skills.items()
        if words and any(_alike(words, _words(phrase)) for phrase in phrases)
    ]


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    return len(words) == len(others) and all(map(_same, words, others))


class _Weights:
    """How much a word tells, by how many skills have it."""

    def __init__(self, vocabularies: Sequence[set[str]]) -> None:
        self._vocabularies = vocabularies
        self._known: dict[str, float] = {}

    def weight(self, word: str) -> float:
        """More for a word of few skills; looked up once."""
        if word not in self._known:
            self._known[word] = self._weighed(word)
        return self._known[word]

    def _weighed(self, word: str) -> float:
        having = sum(any(_same(word, other) for other in each) for each in self._vocabularies)
        return math.log(1 + len(self._vocabularies) / max(having, 1))

    def score(self, words: Sequence[str], phrase: Sequence[str]) -> float:
        """A phrase against what was said: above one when it was said whole."""
        met = [word for word in phrase if any(_same(word, other) for other in words)]
        share = sum(map(self.weight, met))
        if len(met) == len(phrase):
            return _WHOLE + share if phrase else 0.0
        return _PART * share / sum(map(self.weight, phrase))

    def hint(self, words: Sequence[str], described: Sequence[str]) -> float:
        """How much of what was said stands in a description."""
        met = [word for word in words if any(_same(word, other) for other in described)]
        total = sum(map(self.weight, words))
        return _ENOUGH + _DESCRIBED * sum(map(self.weight, met)) / total if met else 0.0


def _all_in(words: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(_same(word, other) for other in others) for word in words)


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", ""))
    return [word for word in plain.split() if word not in _EMPTY]


@lru_cache(maxsize=20_000)
def _same(one: str, other: str) -> bool:
    """Whether two words are one: "colorize", "colourisation"; "cars", "car"; a slip of the keys."""
    one, other = _spelt(one), _spelt(other)
    if one == other:
        return True
    pairs = zip(one, other, strict=False)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    short = min(len(one), len(other))
    if common >= 4 and common > 0.75 * short:
        return True
    return short >= 5 and fuzz.ratio(one, other) >= _SOUNDS_ALIKE


def _spelt(word: str) -> str:
    american = word.replace("colour", "color").replace("isation", "ization").replace("ise", "ize")
    return american[:-1] if american.endswith("s") and len(american) > 3 else american
