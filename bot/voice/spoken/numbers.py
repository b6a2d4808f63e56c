"""Numbers of one to three digits, years and clock times: how they are said, and back."""

from __future__ import annotations

from collections.abc import Iterator

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = ("", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split())
DIGITS = {**{word: value for value, word in enumerate(_UNITS[:10])}, "oh": 0, "o": 0}
_TEENS = {word: value for value, word in enumerate(_UNITS) if value >= 10}
_WHOLE_TENS = {word: 10 * index for index, word in enumerate(_TENS) if word}
_LONGEST = 6  # words of a number below a thousand: "nine hundred and ninety nine" is five


def below_hundred(value: int) -> str:
    """0…99 as it is said: 51 → "fifty one"."""
    if value < 20:
        return _UNITS[value]
    return " ".join(part for part in (_TENS[value // 10], _digit_or_none(value % 10)) if part)


def _digit_or_none(value: int) -> str:
    return _UNITS[value] if value else ""


def cardinal(value: int) -> str:
    """0…9999 in full: 106 → "one hundred six", 2019 → "two thousand nineteen"."""
    if value < 100:
        return below_hundred(value)
    unit, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    head, rest = divmod(value, unit)
    return " ".join([_UNITS[head], name, *([cardinal(rest)] if rest else [])])


def digit_by_digit(digits: str, zero: str = "oh") -> str:
    """ "106" → "one oh six"."""
    return " ".join(zero if digit == "0" else _UNITS[int(digit)] for digit in digits)


def readings(number: int) -> tuple[str, ...]:
    """Every usual way to say the number of a course, the likeliest first."""
    digits = str(number)
    if number < 100:
        ways = [below_hundred(number), digit_by_digit(digits), digit_by_digit(digits, "zero")]
        return tuple(dict.fromkeys(ways[:1] if number < 10 else ways))
    head, rest = divmod(number, 100)
    full = cardinal(number)
    ways = [full, full.replace("hundred ", "hundred and "), *_paired(head, rest)]
    ways += [digit_by_digit(digits), digit_by_digit(digits, "zero")]
    first = 2 if rest else 0
    return tuple(dict.fromkeys([*ways[first:], *ways[:first]]))


def _paired(head: int, rest: int) -> list[str]:
    """ "two twenty one", "one oh six": the hundreds as a digit, then the rest."""
    if rest >= 10:
        return [f"{_UNITS[head]} {below_hundred(rest)}"]
    return [f"{_UNITS[head]} oh {_UNITS[rest]}"] if rest else []


def year_readings(year: int) -> tuple[str, ...]:
    """How a year of this century is said: "twenty nineteen", "two thousand nineteen"."""
    rest = year % 100
    short = f"twenty {below_hundred(rest)}" if rest >= 10 else f"twenty oh {_UNITS[rest]}"
    full = cardinal(year)
    return (short, full, full.replace("thousand ", "thousand and "))


def number_at(words: tuple[str, ...], position: int) -> Iterator[tuple[int, int]]:
    """Course numbers said from a position on, the longest first: (number, words taken)."""
    for length in range(min(_LONGEST, len(words) - position), 0, -1):
        value = number_of(words[position : position + length])
        if value is not None and 0 < value < 1000:
            yield value, length


def number_of(words: tuple[str, ...]) -> int | None:
    """The one number below a thousand that all these words say, or None."""
    if not words:
        return None
    if len(words) == 1 and words[0].isdecimal() and words[0].isascii():
        return int(words[0]) if len(words[0]) <= 3 else None
    for read in (_tens_of, _in_hundreds, _in_pairs, _in_digits):
        value = read(words)
        if value is not None:
            return value
    return None


def _tens_of(words: tuple[str, ...]) -> int | None:
    """0…99."""
    if len(words) == 1:
        word = words[0]
        return {**DIGITS, **_TEENS, **_WHOLE_TENS}.get(word)
    if len(words) == 2 and words[0] in _WHOLE_TENS and DIGITS.get(words[1], 0):
        return _WHOLE_TENS[words[0]] + DIGITS[words[1]]
    return None


def _in_hundreds(words: tuple[str, ...]) -> int | None:
    """ "one hundred and six"."""
    if len(words) < 2 or words[1] != "hundred":
        return None
    head = 1 if words[0] == "a" else DIGITS.get(words[0], 0)
    rest = words[3:] if words[2:3] == ("and",) else words[2:]
    if not head or (words[-1] == "and"):
        return None
    value = _tens_of(rest) if rest else 0
    return None if value is None else head * 100 + value


def _in_pairs(words: tuple[str, ...]) -> int | None:
    """ "two twenty one"."""
    head = DIGITS.get(words[0], 0)
    value = _tens_of(words[1:]) if head and len(words) > 1 else None
    return head * 100 + value if value is not None and value >= 10 else None


def _in_digits(words: tuple[str, ...]) -> int | None:
    """ "one oh six", never with a nought in front."""
    if not 2 <= len(words) <= 3 or any(word not in DIGITS for word in words):
        return None
    value = int("".join(str(DIGITS[word]) for word in words))
    return value if DIGITS[words[0]] else None
