"""From what was said to how students write it: "see ess one oh six a in winter twenty nineteen"
→ "CS106A in winter 2019". For every recogniser; a text that is written already stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from bot.voice.spoken.codes import SpokenCodes
from bot.voice.spoken.letters import letter_at
from bot.voice.spoken.numbers import DIGITS, below_hundred, number_at, number_of

_WORD = re.compile(r"\S+")
_COUNTED = frozenset("unit units credit credits".split())
_CENTURY = {below_hundred(rest): 2000 + rest for rest in range(10, 100)}
_LATE = {below_hundred(rest): f"{rest:02d}" for rest in range(10, 100)}
_REQUIREMENTS = ("AQR", "SMA", "AII", "CE", "ED", "EDP", "ER", "FR", "SI")
_MINUTES = frozenset({15, 30, 45, 10, 20, 40, 50})
Found = tuple[str, int]  # what to write, and how many words it stands for
_NOTHING: Found = ("", 0)


class Writer:
    """Writes down what was said about the courses of one catalogue."""

    def __init__(self, codes: Collection[str]) -> None:
        self._codes = SpokenCodes(codes)

    def write(self, said: str) -> str:
        """The same sentence with codes, years, units and times as people type them."""
        words = tuple(_WORD.findall(said))
        heard = tuple(word.lower().strip(",.?!;:\"'") for word in words)
        out: list[str] = []
        position = 0
        while position < len(words):
            text, taken = self._at(heard, position)
            if taken:
                tail = _punctuation(words[position + taken - 1])
                out.append(text + tail)
            else:
                out.append(words[position])
            position += taken or 1
        return " ".join(out)

    def _at(self, words: tuple[str, ...], position: int) -> Found:
        readers: tuple[Callable[[tuple[str, ...], int], Found], ...] = (
            self._codes.code_at, _requirement_at, _student_number_at, _time_at, _year_at, _units_at,
        )  # fmt: skip
        return next((found for read in readers if (found := read(words, position))[1]), _NOTHING)


def _punctuation(word: str) -> str:
    """What a word ends with, but for the dot of a letter's name."""
    tail = re.search(r"[,?!;:]+$", word)
    return tail.group() if tail else ""


def _year_at(words: tuple[str, ...], position: int) -> Found:
    """ "twenty nineteen", "two thousand nineteen", "twenty eighteen nineteen" (2018-19)."""
    if words[position] == "twenty":
        for length in (2, 1):
            rest = words[position + 1 : position + 1 + length]
            if " ".join(rest) in _CENTURY:
                return _academic(_CENTURY[" ".join(rest)], words, position, 1 + len(rest))
    if words[position : position + 2] == ("two", "thousand"):
        start = position + (3 if words[position + 2 : position + 3] == ("and",) else 2)
        for value, length in number_at(words, start):
            if value < 100 and _is_cardinal(words, start, length):
                return str(2000 + value), start + length - position
    return _NOTHING


def _is_cardinal(words: tuple[str, ...], start: int, length: int) -> bool:
    value = number_of(words[start : start + length])
    return value is not None and below_hundred(value) == " ".join(words[start : start + length])


def _academic(year: int, words: tuple[str, ...], position: int, taken: int) -> Found:
    for length in (2, 1):
        rest = words[position + taken : position + taken + length]
        if _LATE.get(" ".join(rest)) == f"{(year + 1) % 100:02d}":
            return f"{year}-{(year + 1) % 100:02d}", taken + len(rest)
    return str(year), taken


def _units_at(words: tuple[str, ...], position: int) -> Found:
    """ "three units" → "3 units"; "three to five units" → "3-5 units"."""
    for value, length in number_at(words, position):
        after = position + length
        if words[after : after + 1] and words[after] in _COUNTED and value < 30:
            return f"{value} {words[after]}", length + 1
        if words[after : after + 1] in (("to",), ("or",)):
            for upper, more in number_at(words, after + 1):
                end = after + 1 + more
                if words[end : end + 1] and words[end] in _COUNTED and value < upper < 30:
                    joined = "-" if words[after] == "to" else " or "
                    return f"{value}{joined}{upper} {words[end]}", end + 1 - position
    return _NOTHING


def _time_at(words: tuple[str, ...], position: int) -> Found:
    """ "ten thirty a m" → "10:30am"; "three p.m." → "3pm"; "one thirty" → "1:30"."""
    for length in (1, 2):
        hour = number_of(words[position : position + 1])
        if hour is None or not 1 <= hour <= 12:
            return _NOTHING
        minutes = number_of(words[position + 1 : position + length]) if length == 2 else 0
        if minutes is None or (length == 2 and minutes not in _MINUTES):
            continue
        half, taken = _half_at(words, position + length)
        clock = f"{hour}:{minutes:02d}" if minutes else str(hour)
        before = words[position - 1] if position else ""
        if taken or (minutes and before in ("at", "before", "after", "until", "from", "by", "and")):
            return clock + half, length + taken
    return _NOTHING


def _half_at(words: tuple[str, ...], position: int) -> Found:
    """The half of the day: "a m", "p. m.", "p.m"."""
    glued = words[position].replace(".", "") if position < len(words) else ""
    if glued in ("am", "pm"):
        return glued, 1
    first, taken = letter_at(words, position)
    second, more = letter_at(words, position + taken) if first in ("A", "P") else ("", 0)
    return (f"{first.lower()}m", taken + more) if second == "M" else _NOTHING


def _student_number_at(words: tuple[str, ...], position: int) -> Found:
    """Seven or eight digits in a row are a student's number."""
    end = position
    while end < len(words) and words[end] in DIGITS:
        end += 1
    if end - position not in (7, 8):
        return _NOTHING
    return "".join(str(DIGITS[word]) for word in words[position:end]), end - position


def _requirement_at(words: tuple[str, ...], position: int) -> Found:
    """ "way ess eye" → "WAY-SI"."""
    if words[position] not in ("way", "ways"):
        return _NOTHING
    letters, at, found = "", position + 1, _NOTHING
    while len(letters) < 3:
        said, taken = letter_at(words, at)
        if not taken:
            break
        letters, at = letters + said, at + taken
        if letters in _REQUIREMENTS:
            found = (f"WAY-{letters}", at - position)
    return found
