"""From written text to words: what a synthesiser reads well, and what a language model counts.

Codes become letters and digits, markup and pictures disappear. Nothing here is meant to be
turned back exactly; `writing` does that for what matters.
"""

from __future__ import annotations

import re
import unicodedata

from bot.voice.spoken.codes import parts_of, subject_forms
from bot.voice.spoken.letters import aloud, bare_name
from bot.voice.spoken.numbers import cardinal, digit_by_digit, readings, year_readings

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"https?://\S+")
_MARKS = re.compile(r"[*_`~#>|]+")
_CODE = re.compile(r"\b([A-Z][A-Z&]{1,11})[ \-]?(\d{1,3})([A-Z]{0,3})\b")
_YEARS = re.compile(r"\b(20\d\d)\s?[-–/]\s?(?:20)?(\d\d)\b")
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d\d))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_PLAIN_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)\b")
_RANGE = re.compile(r"\b(\d{1,3})\s?[-–]\s?(\d{1,3})\b")
_NUMBER = re.compile(r"\d+")
_LETTER = re.compile(r"(?<!\S)([a-z])\.(?=[\s,;:?!)]|$)")
_WAY = re.compile(r"\bWAY-([A-Z]{1,3})(?:-([A-Z]{2}))?\b")


def without_marks(text: str) -> str:
    """The text without markdown, addresses, emoji and control characters."""
    text = _ADDRESS.sub("", _LINK.sub(r"\1", text))
    kept = "".join(" " if _unsaid(character) else character for character in _MARKS.sub(" ", text))
    return " ".join(kept.split())


def _unsaid(character: str) -> bool:
    """Pictures, control characters and marks that join pictures."""
    category = unicodedata.category(character)
    return category in ("So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs", "Me") or character == "\ufe0f"


def read_out(text: str) -> str:
    """What a synthesiser is given: codes as letters and digits, years and times as words."""
    return _LETTER.sub(lambda match: aloud(match[1].upper()), _in_words(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the language model counts them: no punctuation, lower case."""
    plain = unicodedata.normalize("NFKD", _in_words(text).replace("’", "'"))
    kept = "".join(c for c in plain.lower() if not unicodedata.combining(c))
    return tuple(re.findall(r"[a-z]\.(?![a-z])|[a-z]+(?:'[a-z]+)*", kept))


def _in_words(text: str) -> str:
    """Codes, years, times and numbers in words; letters as "c."."""
    text = _WAY.sub(_way, without_marks(text))
    text = _CODE.sub(_code, text)
    text = _YEARS.sub(_years, text)
    text = _CLOCK.sub(_clock, text)
    text = _PLAIN_CLOCK.sub(lambda match: _hours(match[1], match[2]), text)
    text = _RANGE.sub(r"\1 to \2", text)
    return " ".join(_NUMBER.sub(_number, text.replace("&", " and ")).split())


def _code(match: re.Match[str]) -> str:
    parts = parts_of("".join(match.groups()))
    if parts is None or (match[1] in ("WAY", "AND", "OR")):
        return match.group()
    subject, number, suffix = parts
    letters = "".join(f" {bare_name(letter)}" for letter in suffix)
    return f"{subject_forms(subject)[0]} {readings(number)[0]}{letters}"


def _way(match: re.Match[str]) -> str:
    letters = "".join(group or "" for group in match.groups())
    return "way " + " ".join(bare_name(letter) for letter in letters)


def _years(match: re.Match[str]) -> str:
    return f"{year_readings(int(match[1]))[0]} {cardinal(int(match[2]))}"


def _clock(match: re.Match[str]) -> str:
    return f"{_hours(match[1], match[2])} {match[3].lower()}. m."


def _hours(hour: str, minutes: str | None) -> str:
    if not minutes or minutes == "00":
        return cardinal(int(hour))
    said = cardinal(int(minutes)) if minutes[0] != "0" else digit_by_digit(minutes)
    return f"{cardinal(int(hour))} {said}"


def _number(match: re.Match[str]) -> str:
    digits = match.group()
    value = int(digits) if len(digits) <= 8 else 0
    if len(digits) > 4 or digits[0] == "0":
        return digit_by_digit(digits)
    return year_readings(value)[0] if 2000 <= value < 2100 else cardinal(value)
