"""Which skill a student's words mean.

Each skill is known by phrases (its name, title and aliases). The phrase that is said whole, and of
those the one that explains most of what was said, wins: "fast style transfer" is more than "style
transfer". Words that many skills share weigh little, words of everyday ("photo") nothing at all.
Only where no phrase is said whole, parts of phrases and the description's words count. What is
equally likely is left to the student.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from os.path import commonprefix

from rapidfuzz import fuzz

Phrases = Mapping[str, tuple[Sequence[str], str]]  # name → (phrases, description)
_EMPTY = frozenset(
    (
        "a an and any are as at be black bot build by can could cs230 demo demos demonstration did do does"
        " for from get give go have he her his how i image images in into is it its let lets like"
        " look me model my network neural now of on one or our out own photo photograph photos pic"
        " picture pictures pics please run sample see seen show skill some start system take tell"
        " test that the their them thing this to try two use using want we what whether which with"
        " would you your works work lecture file upload here"
    ).split()
) - {"black"}
_SOUNDS_ALIKE = 86  # of 100, for words with a slip in them
_WHOLE, _ENOUGH, _LIKELY_TIE = 1.0, 0.5, 0.02
_DESCRIBED = 0.4  # a description's words are a hint


def matches(said: str, skills: Phrases) -> list[str]:
    """The names of the skills meant: one, several that are equally likely, or none."""
    words = _words(said)
    if not words or not skills:
        return []
    known = {name: [_words(each) for each in phrases] for name, (phrases, _) in skills.items()}
    hints = {name: _words(description) for name, (_, description) in skills.items()}
    weigh = _Weights([set(chain(*phrases)) for phrases in known.values()])
    scores = {name: max(map(weigh.of(words), phrases)) for name, phrases in known.items()}
    best = max(scores.values())
    if best < _WHOLE:
        scores = {
            name: max(score, weigh.hint(words, hints[name])) for name, score in scores.items()
        }
        best = max(scores.values())
    if best < _ENOUGH:
        return []
    return [name for name, score in scores.items() if score >= best - _LIKELY_TIE]


class _Weights:
    """How much a word tells, by how many skills have it."""

    def __init__(self, vocabularies: Sequence[set[str]]) -> None:
        self._vocabularies = vocabularies

    def weight(self, word: str) -> float:
        having = sum(any(_same(word, other) for other in each) for each in self._vocabularies)
        return math.log(1 + len(self._vocabularies) / max(having, 1))

    def of(self, words: Sequence[str]):  # type: ignore[no-untyped-def]
        """Scores a phrase against what was said: above one when it was said whole."""

        def score(phrase: Sequence[str]) -> float:
            if not phrase:
                return 0.0
            met = [word for word in phrase if any(_same(word, other) for other in words)]
            total, share = sum(map(self.weight, phrase)), sum(map(self.weight, met))
            if len(met) == len(phrase):
                return _WHOLE + share
            return 0.99 * share / total

        return score

    def hint(self, words: Sequence[str], described: Sequence[str]) -> float:
        """How much of what was said stands in a description."""
        met = [word for word in words if any(_same(word, other) for other in described)]
        total = sum(map(self.weight, words))
        return _ENOUGH + _DESCRIBED * sum(map(self.weight, met)) / total if met else 0.0


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", ""))
    return [word for word in plain.split() if word not in _EMPTY]


def _same(one: str, other: str) -> bool:
    """Whether two words are one: "colorize", "colourisation"; "cars", "car"; a slip of the keys."""
    one, other = _spelt(one), _spelt(other)
    if one == other:
        return True
    short, common = min(len(one), len(other)), len(commonprefix([one, other]))
    if common >= 4 and common > 0.75 * short:
        return True
    return short >= 5 and fuzz.ratio(one, other) >= _SOUNDS_ALIKE


def _spelt(word: str) -> str:
    american = word.replace("colour", "color").replace("isation", "ization").replace("ise", "ize")
    return american[:-1] if american.endswith("s") and len(american) > 3 else american
