"""Hand-written items seen again with other values in their spans, so that contexts are learnt.

A small set of utterances holds few titles, topics and names; putting others in their place keeps
the tagger from knowing them by heart (mention replacement, Dai and Adel 2020).
"""

from __future__ import annotations

import random

from nlu.data.generator import Vocabulary
from nlu.data.items import Item, Misaligned, Span, tags_of
from nlu.data.noise import retyped, vary
from nlu.schema import split_label

_FREE = frozenset({"code", "title", "subject", "topic", "instructor", "requirement", "skill"})
_SHARE = 0.5


def varied(item: Item, vocabulary: Vocabulary, chance: random.Random) -> Item:
    """The item with about half of its free values replaced, typed a little differently."""
    if item.intent == "lecture_question":
        return retyped(item, chance)  # CS230 is what makes it one
    other = retyped(_replaced(item, vocabulary, chance), chance)
    try:
        tags_of(other)
    except Misaligned:
        return item  # a value with a sign that glues it to its neighbour
    return other


def _replaced(item: Item, vocabulary: Vocabulary, chance: random.Random) -> Item:
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for span in item.spans:
        before, value = item.text[position : span.start], item.text[span.start : span.end]
        slot = split_label(span.label)[0]
        if slot in _FREE and not _is_number(value) and chance.random() < _SHARE:
            value = _alike(value, vary(slot, vocabulary.value(slot, chance), chance))
        start = length + len(before)
        pieces += [before, value]
        spans.append(Span(start, start + len(value), span.label))
        length, position = start + len(value), span.end
    pieces.append(item.text[position:])
    return Item("".join(pieces), item.intent, tuple(spans), item.family, item.author)


def _is_number(value: str) -> bool:
    """A bare "106B" leans on a code before it and stays."""
    return value[:1].isdigit()


def _alike(old: str, new: str) -> str:
    """In lower case where the old value was."""
    return new.lower() if old == old.lower() else new
