"""A sent label, checked as the training data is: known names, whole words, the rules of the guide.

The page speaks of words by number, so that neither side counts characters in its own way.
"""

from __future__ import annotations

import json

from knowledge.errors import LabelRefused
from knowledge.model.labelling import Reading, SpanFact
from nlu.data.items import Item, Span
from nlu.data.validate import faults_of
from nlu.words import split

UNREADABLE = "unreadable spans"
MISPLACED = "spans outside the text, or over one another"
Placed = tuple[int, int, str]  # first and last word, label


def read_label(text: str, intent: str, sent: str) -> Reading:
    """The label that was sent for a text; raise LabelRefused with every fault."""
    reading = Reading.of(intent, _characters(text, _placed(sent)))
    if found := sorted(set(faults_of(item_of(text, reading)))):
        raise LabelRefused(found)
    return reading


def placed(text: str, reading: Reading) -> list[Placed]:
    """A reading's spans by the numbers of their words; a span that cuts words is left out."""
    words = split(text).words
    begins = {word.start: number for number, word in enumerate(words)}
    ends = {word.end: number for number, word in enumerate(words)}
    return [
        (begins[start], ends[end], label)
        for start, end, label in reading.spans
        if start in begins and end in ends
    ]


def item_of(text: str, reading: Reading, author: str = "") -> Item:
    """A reading as an item of the training data."""
    spans = tuple(Span(*span) for span in reading.spans)
    return Item(text, reading.intent, spans, f"{author}/{reading.intent}", author)


def _placed(sent: str) -> list[Placed]:
    """Read JSON `[[first, last, label], …]`: in order, without overlap."""
    try:
        spans = [(first, last, label) for first, last, label in json.loads(sent)]
    except (ValueError, TypeError, RecursionError) as error:
        raise LabelRefused([UNREADABLE]) from error
    plain = all(
        type(first) is int and type(last) is int and isinstance(label, str)
        for first, last, label in spans
    )
    if not plain:
        raise LabelRefused([UNREADABLE])
    return sorted(spans)


def _characters(text: str, spans: list[Placed]) -> list[SpanFact]:
    words = split(text).words
    found: list[SpanFact] = []
    free_from = 0
    for first, last, label in spans:
        if not free_from <= first <= last < len(words):
            raise LabelRefused([MISPLACED])
        found.append((words[first].start, words[last].end, label))
        free_from = last + 1
    return found
