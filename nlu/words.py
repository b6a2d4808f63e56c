"""Words with exact character offsets: what the tagger labels (label guide, rule 1).

A word is a whitespace token less its outer punctuation; hyphens and slashes inside stay. Outer
punctuation becomes words of its own, so that every visible character belongs to some word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

MAX_WORDS = 96
MAX_CHARACTERS = 2_000
_CHUNK = re.compile(r"\S+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
# Where a code in capitals is glued to small letters: "takeCS106Apls" is three words.
_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z]{2,}\d)|(?<=\d[A-Z])(?=[a-z])|(?<=[A-Z]\d{3})(?=[a-z]{2})")
_KEPT_BEFORE = "'’#"


@dataclass(frozen=True)
class Word:
    """A word and where it stands: `text[start:end]` of the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class WordList:
    """The words of a text; `truncated` tells that the text was longer than we read."""

    words: tuple[Word, ...]
    truncated: bool


def split(text: str) -> WordList:
    """The words of a text, at most MAX_WORDS of its first MAX_CHARACTERS."""
    words: list[Word] = []
    for chunk in _CHUNK.finditer(text[:MAX_CHARACTERS]):
        words.extend(_parts(chunk.group(), chunk.start()))
        if len(words) > MAX_WORDS:
            break
    truncated = len(text) > MAX_CHARACTERS or len(words) > MAX_WORDS
    return WordList(tuple(words[:MAX_WORDS]), truncated)


def _parts(chunk: str, offset: int) -> list[Word]:
    core = _CORE.search(chunk)
    if core is None:
        return [Word(chunk, offset, offset + len(chunk))]
    first, last = core.start(), core.end()
    if first and chunk[first - 1] in _KEPT_BEFORE and chunk[first].isdigit():
        first -= 1  # "'19" is one word
    inside = [first + match.start() for match in _GLUE.finditer(chunk[first:last])]
    borders = [0, first, *inside, last, len(chunk)]
    pieces = pairwise(borders)
    return [Word(chunk[a:b], offset + a, offset + b) for a, b in pieces if b > a]
