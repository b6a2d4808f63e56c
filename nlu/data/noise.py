"""How students type: lower case, lost punctuation, slips of the finger, codes with spaces."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from nlu.data.items import Item, Span

_NEAR = {
    "a": "s", "b": "v", "c": "x", "d": "s", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o",
    "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "d", "t": "r",
    "u": "y", "v": "b", "w": "e", "y": "u",
}  # fmt: skip
_CODE = re.compile(r"([A-Z&]+)(\d+)([A-Z]*)")


# Intents whose utterances are often wrapped in greetings, reasons and politeness.
_REQUESTS = frozenset(
    "enroll drop swap inform my_schedule skill lecture_question handoff help".split()
)


@dataclass(frozen=True)
class Around:
    """What people say before and after a request."""

    lead_ins: tuple[str, ...]
    tails: tuple[str, ...]
    reasons: tuple[str, ...]


def vary(slot: str, value: str, chance: random.Random) -> str:
    """Another way of writing a value of this slot."""
    if slot == "code":
        return _vary_code(value, chance)
    if slot in ("title", "topic", "subject", "requirement", "skill") and chance.random() < 0.12:
        return _slip(value, chance)
    if slot in ("quarter", "day", "attribute") and len(value) > 5 and chance.random() < 0.06:
        return _slip(value, chance)
    return value


def _vary_code(code: str, chance: random.Random) -> str:
    match = _CODE.fullmatch(code)
    if match is None:
        return code
    subject, number, suffix = match.groups()
    form = chance.choice(("{s}{n}{x}", "{s} {n}{x}", "{s} {n}{x}", "{s} {n} {x}", "{s}-{n}{x}"))
    text = form.format(s=subject, n=number, x=suffix).strip()
    return text.lower() if chance.random() < 0.4 else text


def bare(code: str) -> str:
    """A code without its subject, as the second of two is often written."""
    return re.sub(r"^[A-Za-z&]+[\s\-]*", "", code)


def as_typed(item: Item, around: Around, chance: random.Random) -> Item:
    """The item with some of the noise of real typing; spans keep their places or move along."""
    text, spans = item.text, item.spans
    if item.intent in _REQUESTS:
        text, spans = _surrounded(text, spans, around, chance)
    return retyped(replace(item, text=text, spans=spans), chance)


def retyped(item: Item, chance: random.Random) -> Item:
    """In another case, without some punctuation, with slips of the finger."""
    text, spans = item.text, item.spans
    shape = chance.random()
    if shape < 0.5:
        text = text.lower()
    elif shape < 0.53:
        text = text.upper()
    if chance.random() < 0.35:
        text = text.rstrip(".?!") or text
    if chance.random() < 0.25:
        text, spans = _without(chance.choice("',"), text, spans)
    for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 1, 2))):
        text = _slip_outside(text, spans, chance)
    return Item(text, item.intent, spans, item.family, item.author)


def _surrounded(
    text: str, spans: tuple[Span, ...], around: Around, chance: random.Random
) -> tuple[str, tuple[Span, ...]]:
    """With something before or after it that means nothing for the request."""
    before = f"{chance.choice(around.lead_ins)} " if chance.random() < 0.25 else ""
    if chance.random() < 0.12:
        before = f"{chance.choice(around.reasons)} {before}"
    if before and (not spans or spans[0].start > 0) and text[:2] not in ("I ", "I'"):
        text = text[0].lower() + text[1:]
    after = ""
    if chance.random() < 0.2:
        tail = chance.choice(around.tails)
        after = tail if not tail[0].isalnum() else f" {tail}"
    elif chance.random() < 0.12:
        link = chance.choice((".", ",", " since", " because", " -"))
        after = f"{link} {chance.choice(around.reasons)}"
    body = text.rstrip(".?! ") if after else text
    moved = tuple(Span(s.start + len(before), s.end + len(before), s.label) for s in spans)
    return before + body + after, moved


def _without(mark: str, text: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """Without any apostrophe or comma outside the spans."""
    inside = {place for span in spans for place in range(span.start, span.end)}
    gone = [i for i, sign in enumerate(text) if sign == mark and i not in inside]

    def moved(place: int) -> int:
        return place - sum(1 for i in gone if i < place)

    kept = "".join(sign for i, sign in enumerate(text) if i not in set(gone))
    return kept, tuple(Span(moved(s.start), moved(s.end), s.label) for s in spans)


def _slip_outside(text: str, spans: tuple[Span, ...], chance: random.Random) -> str:
    """Exchange or replace one letter outside all spans: the length stays, and so do the spans."""
    inside = {place for span in spans for place in range(span.start, span.end)}
    free = [
        place
        for place in range(1, len(text) - 1)
        if place not in inside and place + 1 not in inside and text[place : place + 2].isalpha()
    ]
    if not free:
        return text
    place = chance.choice(free)
    if chance.random() < 0.5:
        pair = text[place + 1] + text[place]
        return text[:place] + pair + text[place + 2 :]
    return text[:place] + _NEAR.get(text[place], text[place]) + text[place + 1 :]


def _slip(text: str, chance: random.Random) -> str:
    if len(text) < 5:
        return text
    place = chance.randrange(1, len(text) - 2)
    if not text[place : place + 2].isalpha():
        return text
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
