"""What a student wrote, with personal data replaced by made-up data of the same kind.

`bot.masking` finds what may name a person and puts "[number]" or "[name]" there. A sentence to
learn from must read as students write, so each mark becomes a number, name or address that is
nobody's: a student number stays a span `suid`. The model's spans move along, word by word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from difflib import SequenceMatcher

from knowledge.model.labelling import Reading, SpanFact
from nlu.words import Word, split

NAMES = (
    "Alex", "Bailey", "Cameron", "Dana", "Emery", "Frankie", "Harper", "Indigo", "Jules", "Kit",
    "Logan", "Marlow", "Nico", "Oakley", "Parker", "Quinn", "Reese", "Skyler", "Tatum", "Wren",
)  # fmt: skip
_MARK = re.compile(r"\[(number|name|e-mail|token)\]")
_OPEN = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")"})  # the markup's own brackets
_NOBODY = "0500"  # no student number begins so: 05000000 to 05009999 are made up


def surrogate(
    text: str, reading: Reading, mask: Callable[[str], str], key: str
) -> tuple[str, Reading]:
    """The text in one line with made-up personal data, and the reading moved to it.

    `key` chooses what is made up: the same for the same turn, whoever asks again. A span whose
    words are gone is left out; what is left stands on whole words.
    """
    masked = " ".join(mask(text).split())
    places = iter(range(len(masked)))
    filled = _MARK.sub(lambda mark: _made_up(mark.group(1), f"{key} {next(places)}"), masked)
    filled = filled.translate(_OPEN)
    return filled, Reading(reading.intent, moved(text, reading.spans, filled))


def moved(text: str, spans: tuple[SpanFact, ...], target: str) -> tuple[SpanFact, ...]:
    """The spans of a text on the words of another one that is nearly the same."""
    old, new = split(text).words, split(target).words
    matcher = SequenceMatcher(None, _folded(old), _folded(new), autojunk=False)
    found: list[SpanFact] = []
    for start, end, label in spans:
        inside = [i for i, word in enumerate(old) if word.start < end and word.end > start]
        reached = [j for i in inside for j in _across(matcher, i)]
        if not reached or (found and new[min(reached)].start < found[-1][1]):
            continue
        found.append((new[min(reached)].start, new[max(reached)].end, label))
    return tuple(found)


def _across(matcher: SequenceMatcher[str], index: int) -> range:
    """Where a word went: to its equal, or to all that stands in place of its neighbourhood."""
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 <= index < i2:
            one_by_one = tag == "equal" or i2 - i1 == j2 - j1
            return range(j1 + index - i1, j1 + index - i1 + 1) if one_by_one else range(j1, j2)
    return range(0)


def _folded(words: tuple[Word, ...]) -> list[str]:
    return [word.text.casefold() for word in words]


def _made_up(kind: str, key: str) -> str:
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    if kind == "number":
        return f"{_NOBODY}{number % 10_000:04d}"
    if kind == "e-mail":
        return f"student{number % 1_000}@example.edu"
    return NAMES[number % len(NAMES)] if kind == "name" else "token"
