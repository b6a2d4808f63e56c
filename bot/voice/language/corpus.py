"""Sentences the recogniser learns from: what students type, with their values as classes.

`("put", "me", "in", "[code]", "for", "[quarter]")`: the values themselves stand in `Classes`, so
that each course of the catalogue is as likely as any other. The NLU's test author is left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.voice.spoken import words_of
from nlu.data.generator import Vocabulary, templates
from nlu.data.items import Item
from nlu.data.reading import read_folder
from nlu.data.splits import TEST_AUTHORS

CLASSES = ("code", "bare", "title", "topic", "instructor", "subject", "year")
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_BARE_CODE = re.compile(r"\s*\d{1,3}\s*[A-Za-z]{0,2}\s*")
_FILLED = 3  # times each template is said, with other values
_PLAIN_TEMPLATE = 2.0  # how much more a template weighs than one person's sentence
Sentence = tuple[str, ...]


@dataclass(frozen=True)
class Weighted:
    """A sentence and how often it counts."""

    words: Sentence
    weight: float = 1.0


def sentences(vocabulary: Vocabulary, seed: int = 0) -> list[Weighted]:
    """All sentences: hand-written ones, then templates with the values that are no classes."""
    chance = random.Random(seed)
    hand = [Weighted(_classed(item)) for item in read_folder() if item.author not in TEST_AUTHORS]
    filled = [
        Weighted(_filled(template, vocabulary, chance), _PLAIN_TEMPLATE / _FILLED)
        for _, template in templates()
        for _ in range(_FILLED)
    ]
    return [sentence for sentence in (*hand, *filled) if sentence.words]


def _classed(item: Item) -> Sentence:
    """A labelled sentence with its spans as classes."""
    words: list[str] = []
    position = 0
    for span in sorted(item.spans, key=lambda span: span.start):
        words += words_of(item.text[position : span.start])
        words += _value(span.label.partition(":")[0], item.text[span.start : span.end])
        position = span.end
    return (*words, *words_of(item.text[position:]))


def _value(slot: str, text: str) -> Sentence:
    if slot == "code":
        return ("[bare]",) if _BARE_CODE.fullmatch(text) else ("[code]",)
    if slot == "year":
        return ("[year]",) if re.fullmatch(r"\s*20\d\d\s*", text) else words_of(text)
    return (f"[{slot}]",) if slot in CLASSES else words_of(text)


def _filled(template: str, vocabulary: Vocabulary, chance: random.Random) -> Sentence:
    words: list[str] = []
    position = 0
    for match in _PLACE.finditer(template):
        words += words_of(template[position : match.start()])
        words += _drawn(match[1], match[2], vocabulary, chance)
        position = match.end()
    return (*words, *words_of(template[position:]))


def _drawn(slot: str, role: str | None, vocabulary: Vocabulary, chance: random.Random) -> Sentence:
    if slot == "attribute" and role is not None:
        return words_of(chance.choice(vocabulary.question_words[role]))
    value = vocabulary.value(slot, chance)
    return ("[code]",) if slot == "code" else _value(slot, value)


def known_only(corpus: Iterable[Weighted], known: Mapping[str, object]) -> Iterator[Weighted]:
    """Sentences in pieces between the words nobody can pronounce (slips of the fingers, mostly)."""
    for sentence in corpus:
        for piece in _pieces(sentence.words, known):
            if len(piece) == len(sentence.words) or len(piece) > 1:
                yield Weighted(piece, sentence.weight)


def _pieces(words: Sequence[str], known: Mapping[str, object]) -> Iterator[Sentence]:
    piece: list[str] = []
    for word in words:
        if word in known or word.startswith("["):
            piece.append(word)
        elif piece:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)
