"""One labelled utterance."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.words import split


@dataclass(frozen=True)
class Span:
    """A labelled piece of text: `text[start:end]`; `label` is a slot, with its role in a swap."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Item:
    """An utterance with its intent, spans and provenance."""

    text: str
    intent: str
    spans: tuple[Span, ...]
    family: str
    author: str

    @property
    def delexicalised(self) -> str:
        """The text with every span replaced by its slot and case folded."""
        pieces, position = [], 0
        for span in self.spans:
            pieces += [self.text[position : span.start], f"<{span.label}>"]
            position = span.end
        return " ".join("".join([*pieces, self.text[position:]]).lower().split())

    @property
    def outline(self) -> str:
        """The delexicalised form less its punctuation: equal outlines are near-duplicates."""
        return " ".join(re.sub(r"[^\w<>:\s]", "", self.delexicalised).split())


class Misaligned(ValueError):
    """A span that does not fall on word boundaries."""


def tags_of(item: Item) -> list[str]:
    """BIO tags of the item's words; raise Misaligned when a span cuts a word."""
    words = split(item.text).words
    tags = ["O"] * len(words)
    for span in item.spans:
        inside = [
            i for i, word in enumerate(words) if word.start >= span.start and word.end <= span.end
        ]
        if not inside or words[inside[0]].start != span.start or words[inside[-1]].end != span.end:
            raise Misaligned(f"{item.text[span.start : span.end]!r} in {item.text!r}")
        for place, index in enumerate(inside):
            tags[index] = f"{'I' if place else 'B'}-{span.label}"
    return tags
