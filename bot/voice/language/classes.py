"""The values a sentence may have in a place: each one word for the decoder, said in several ways.

The codes of the catalogue are words of their own ("CS106A" sounds like "see ess one oh six ay"
or "… one hundred six ay"): what the decoder hears there is a course that exists, the nearest by
sound, and needs no mending afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.voice.language.corpus import CLASSES
from bot.voice.language.pronunciations import Pronunciations
from bot.voice.spoken import spoken_forms, words_of
from bot.voice.spoken.codes import parts_of
from bot.voice.spoken.letters import bare_name
from bot.voice.spoken.numbers import readings, year_readings

_YEARS = range(2018, 2030)
_MOST_WAYS = 40  # of one code
_MOST_SOUNDS = 5  # of one way
# How likely a class is, beside what the sentences say: a number without its subject, which sounds
# like half of a code, must be heard clearly, names and titles more so than codes. Chosen on dev.
LIKELY = {"code": 1.0, "bare": 0.01, "title": 0.3, "topic": 0.3, "instructor": 0.3, "subject": 0.3,
          "year": 1.0}  # fmt: skip
_JOIN = "_"  # between the words of a member
_MARK = "~"  # before the class's name, so that a member is no plain word


@dataclass(frozen=True)
class Member:
    """One value of a class: the decoder's word, and the sounds it has."""

    word: str
    sounds: tuple[str, ...]


def members(
    values: Mapping[str, Sequence[str]], sounds: Pronunciations
) -> dict[str, tuple[Member, ...]]:
    """The members of every class, from the vocabulary's values by slot."""
    codes = [code for code in values["code"] if parts_of(code)]
    found = {
        "code": [_code(code, sounds) for code in codes],
        "bare": [
            _bare(bare, sounds) for bare in sorted({_without_subject(code) for code in codes})
        ],
        "year": [_year(year, sounds) for year in _YEARS],
    }
    for name in CLASSES:
        if name not in found:
            found[name] = list(_phrases(name, values[name], sounds))
    return {name: tuple(m for m in found[name] if m.sounds) for name in CLASSES}


def written(word: str) -> str:
    """What a decoder's word stands for: "machine_learning~title" → "machine learning"."""
    return word.partition(_MARK)[0].replace(_JOIN, " ")


def _code(code: str, sounds: Pronunciations) -> Member:
    return Member(f"{code}{_MARK}code", _said(spoken_forms(code), sounds))


def _said(forms: Iterable[str], sounds: Pronunciations) -> tuple[str, ...]:
    ways = (way for form in forms for way in sounds.of_phrase(form, most=_MOST_SOUNDS))
    return tuple(dict.fromkeys(ways))[:_MOST_WAYS]


def _without_subject(code: str) -> str:
    parts = parts_of(code)
    return f"{parts[1]}{parts[2]}" if parts else ""


def _bare(bare: str, sounds: Pronunciations) -> Member:
    digits = bare.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    suffix = "".join(f" {bare_name(letter)}" for letter in bare[len(digits) :])
    forms = (f"{reading}{suffix}" for reading in readings(int(digits)))
    return Member(f"{bare}{_MARK}bare", _said(forms, sounds))


def _year(year: int, sounds: Pronunciations) -> Member:
    return Member(f"{year}{_MARK}year", _said(year_readings(year), sounds))


def _phrases(name: str, values: Iterable[str], sounds: Pronunciations) -> Iterator[Member]:
    """Values said as they are written; abbreviations that are no words are left out."""
    seen: set[str] = set()
    for value in values:
        words = words_of(value)
        phrase = " ".join(words)
        if not words or phrase in seen or len(words) > 9:
            continue
        seen.add(phrase)
        yield Member(f"{_JOIN.join(words)}{_MARK}{name}", sounds.of_phrase(phrase))
