"""How the text of one cell becomes a plain value and back, exactly invertible.

Lists are written with semicolons; a backslash keeps the next character as it is. Both directions
know nothing of columns: `csv_columns` says which cell is of which kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

from knowledge.errors import InvalidCode, InvalidPrerequisite, InvalidSuid
from knowledge.model import prerequisites
from knowledge.model.codes import CourseCode
from knowledge.model.courses import UNCAPPED
from knowledge.model.students import normalise_suid
from knowledge.model.terms import Quarter, Term

Read = Callable[[str], Any]
Write = Callable[[Any], str]
UNLIMITED = "unlimited"
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PIECE = re.compile(r"\\(.)|(;)|([^\\;]+)|(\\)$", re.DOTALL)


class CellInvalid(ValueError):
    """A cell that cannot be read: a stable slug, and the position of the fault where known."""

    def __init__(self, problem: str, position: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.position = position


def text(most: int, *, needed: bool = False) -> Read:
    """A reader of texts of at most so many characters, outer spaces removed."""

    def read(cell: str) -> str:
        value = cell.strip()
        if needed and not value:
            raise CellInvalid("missing")
        if len(value) > most:
            raise CellInvalid("too-long", most)
        if match := _CONTROL.search(value):
            raise CellInvalid("control-character", match.start())
        return value

    return read


def optional_text(most: int) -> Read:
    """The same, with None for an empty cell."""
    read = text(most)
    return lambda cell: read(cell) or None


def number(least: int, most: int) -> Read:
    """A reader of whole numbers within bounds."""

    def read(cell: str) -> int:
        value = cell.strip()
        if not value:
            raise CellInvalid("missing")
        if not _NUMBER.fullmatch(value):
            raise CellInvalid("no-number")
        if int(value) < 0 <= least:
            raise CellInvalid("negative")
        if not least <= int(value) <= most:
            raise CellInvalid("out-of-range")
        return int(value)

    return read


def optional_number(least: int, most: int) -> Read:
    """The same, with None for an empty cell."""
    read = number(least, most)
    return lambda cell: read(cell) if cell.strip() else None


def seats(cell: str) -> int:
    """A number of seats, or "unlimited"."""
    if cell.strip().lower() == UNLIMITED:
        return UNCAPPED
    found: int = number(0, UNCAPPED)(cell)
    return found


def write_seats(value: int) -> str:
    """The number, or "unlimited"."""
    return UNLIMITED if value >= UNCAPPED else str(value)


def write_plain(value: Any) -> str:
    """A text or number; empty for None."""
    return "" if value is None else str(value)


def flag(cell: str) -> bool:
    """Yes or no; an empty cell is no."""
    try:
        return _FLAGS[cell.strip().lower()]
    except KeyError:
        raise CellInvalid("no-flag") from None


def write_flag(value: bool) -> str:
    """Yes or no."""
    return "yes" if value else "no"


def split(cell: str) -> list[str]:
    """The items of a list, outer spaces removed and empty ones left out."""
    items, piece = [], ""
    for escaped, end, plain, _ in _PIECE.findall(cell):
        if end:
            items.append(piece)
            piece = ""
        else:
            piece += escaped or plain
    return [item for piece in [*items, piece] if (item := piece.strip())]


def join(items: list[str]) -> str:
    """Items as one cell."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def texts(most: int) -> Read:
    """A reader of lists of texts of at most so many characters each."""
    read = text(most)
    return lambda cell: [read(item) for item in split(cell)]


def one_of(kind: type[StrEnum]) -> Read:
    """A reader of a word of a closed set."""

    def read(cell: str) -> str:
        try:
            return kind(cell.strip().lower()).value
        except ValueError:
            raise CellInvalid("unknown-word") from None

    return read


def several_of(kind: type[StrEnum]) -> Read:
    """A reader of a list of words of a closed set, which may not be empty."""
    read = one_of(kind)

    def read_all(cell: str) -> list[str]:
        words = list(dict.fromkeys(read(item) for item in split(cell)))
        if not words:
            raise CellInvalid("missing")
        return words

    return read_all


def code(cell: str) -> str:
    """A course code in its usual form."""
    if not cell.strip():
        raise CellInvalid("missing")
    for read in (CourseCode.parse, CourseCode.listed):
        with suppress(InvalidCode):
            return str(read(cell.strip().upper()))
    raise CellInvalid("invalid-code")


def codes(cell: str) -> list[str]:
    """A list of course codes, each once."""
    return list(dict.fromkeys(code(item) for item in split(cell)))


@lru_cache(maxsize=1000)
def term(cell: str) -> str:
    """A term as "Winter 2019"."""
    match = re.fullmatch(r"\s*([A-Za-z]+)\s+(\d{4})\s*", cell, re.ASCII)
    if match is None or match.group(1).capitalize() not in list(Quarter):
        raise CellInvalid("missing" if not cell.strip() else "invalid-term")
    return str(Term(Quarter(match.group(1).capitalize()), int(match.group(2))))


def suid(cell: str) -> str:
    """An eight-digit student number; a spreadsheet may have eaten the leading zero."""
    try:
        return normalise_suid(cell)
    except InvalidSuid:
        raise CellInvalid("invalid-suid") from None


def prerequisite(cell: str) -> str | None:
    """The written form of a prerequisite tree, normalised; None for an empty cell."""
    if not cell.strip():
        return None
    try:
        return str(prerequisites.parse(cell))
    except InvalidPrerequisite as error:
        raise CellInvalid("invalid-prerequisite", error.position) from None
    except RecursionError:
        raise CellInvalid("invalid-prerequisite", 0) from None


def day(cell: str) -> str:
    """An ISO date."""
    value = cell.strip()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise CellInvalid("missing" if not value else "no-date")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise CellInvalid("no-date") from None


def optional_day(cell: str) -> str | None:
    """The same, with None for an empty cell."""
    return day(cell) if cell.strip() else None


def clock(value: str) -> str:
    """A time of the day as "HH:MM", with seconds only if there are any."""
    try:
        return write_clock(time.fromisoformat(value.zfill(5) if len(value) < 6 else value.zfill(8)))
    except ValueError:
        raise CellInvalid("no-time") from None


def write_clock(value: time) -> str:
    """A time as cells hold it."""
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
