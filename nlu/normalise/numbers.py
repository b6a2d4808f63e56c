"""Number words and digits, shared by years, units and times."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * (index + 2) for index, word in enumerate(_TENS)},
    "oh": 0,
}


def words_to_groups(text: str) -> list[int]:
    """Numbers spoken in a row: "twenty nineteen" → [20, 19], "two thousand nineteen" → [2019]."""
    groups: list[int] = []
    expects_unit = False
    for word in re.findall(r"[a-z]+|\d+", text.lower()):
        if word.isdigit():
            groups.append(int(word))
        elif word == "thousand" and groups:
            groups[-1] *= 1000
        elif word in _VALUES:
            _join(groups, _VALUES[word], expects_unit)
        expects_unit = word in _TENS
    return groups


def _join(groups: list[int], value: int, after_tens: bool) -> None:
    thousand = bool(groups) and groups[-1] >= 1000 and groups[-1] % 1000 == 0
    year = bool(groups) and groups[-1] >= 1000
    if groups and (thousand or (after_tens and (year or 0 < value < 10))):
        groups[-1] += value
    else:
        groups.append(value)


def first_number(text: str) -> int | None:
    """The first number in digits or words, or None."""
    groups = words_to_groups(text)
    return groups[0] if groups else None
