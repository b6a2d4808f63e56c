"""Takes what may name a person out of a conversation before people label or rate it.

Masked are student and telephone numbers, e-mail addresses (`knowledge.insights.masking`), signed
tokens, and names: those of students on record when written in full, all parts of the speaker's
own name, and whatever follows "my name is". Teachers' names stay, since courses are asked for by
them. A name that is on no record and introduced by nothing cannot be told from other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sqlalchemy import select

from knowledge.insights.masking import mask_line
from knowledge.logs.names import REMARK, WORD, Names
from knowledge.storage.orm import StudentRow
from knowledge.storage.unit_of_work import UnitOfWork

LONGEST = 4_000  # characters of a message that are kept; the doors take less
_NAME = "[name]"
_TOKEN = re.compile(r"\beyJ[\w\-]+(?:\.[\w\-]*){0,2}")
_UP_TO_THREE = rf"\s+(?P<name>{WORD}(?:\s{WORD}){{0,2}})"
_SURE = re.compile(
    r"\b(?P<lead>my (?:full |first |last )?name(?: is|['’]s)|call me)" + _UP_TO_THREE, re.IGNORECASE
)
_LIKELY = re.compile(r"\b(?P<lead>(?i:i am|i['’]m|im|this is))" + _UP_TO_THREE)
# Words that stand where a name may stand, and are none.
_NO_NAMES = frozenset(
    "a an and are as at autumn but can could do fall for friday from have here how i im in is"
    " it junior looking me monday my no not now of ok on or please quad saturday senior so"
    " sorry spring sunday summer taking that the then there this thursday to tuesday want"
    " wednesday what when where which who why winter with would yes you your".split()
)
_SHORTEST_PART = 3  # letters of a part of the speaker's name; shorter ones are words too often


class Masker:
    """Masks texts; knows the names that stand on record."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = Names(names)

    @classmethod
    def of(cls, units: UnitOfWork) -> Masker:
        """One that knows the students on record."""
        with units.read() as work:
            return cls(work.session.scalars(select(StudentRow.name)).all())

    def mask(self, text: str, own: str = "") -> str:
        """The text without what may name a person; `own` is the speaker's name, where known.

        Lines are kept. Masking what is masked changes nothing.
        """
        lines = text[:LONGEST].splitlines()
        masked = "\n".join(self._line(line, _parts(own)) for line in lines)
        return masked[:LONGEST].strip()

    def _line(self, line: str, own: frozenset[str]) -> str:
        line = mask_line(_TOKEN.sub("[token]", line))
        line = self._names.mask(line)
        line = _SURE.sub(_introduced, line)
        line = _LIKELY.sub(_perhaps_introduced, line)
        return re.sub(WORD, lambda found: _own(found.group(), own), line) if own else line


def _parts(own: str) -> frozenset[str]:
    parts = (part.casefold() for part in re.findall(WORD, REMARK.sub("", own)))
    return frozenset(p for p in parts if len(p) >= _SHORTEST_PART and p not in _NO_NAMES)


def _own(word: str, own: frozenset[str]) -> str:
    return _NAME if word.casefold() in own else word


def _introduced(match: re.Match[str]) -> str:
    """After "my name is", in any case, as far as the words may be a name."""
    return _without(match, lambda word: word.casefold() not in _NO_NAMES)


def _perhaps_introduced(match: re.Match[str]) -> str:
    """After "I am" only words written as names are: "I am Ada", not "I am in CS106A"."""
    return _without(match, lambda word: word.istitle() and word.casefold() not in _NO_NAMES)


def _without(match: re.Match[str], may_be_name: Callable[[str], bool]) -> str:
    words = match["name"].split()
    length = next((n for n, word in enumerate(words) if not may_be_name(word)), len(words))
    return " ".join((match["lead"], _NAME, *words[length:])) if length else match.group()
