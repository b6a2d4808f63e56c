"""An element's fields as typed values: a fault names line, field and value; oddities are noted."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import NoReturn

from knowledge.formats.faults import SHOWN, FieldInvalid
from knowledge.formats.xml_stream import Node
from knowledge.model.codes import CourseCode
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter, Term

DOUBLY_ESCAPED = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_SUBJECT = re.compile(r"[A-Z][A-Z&]{0,11}")
_NUMBER = re.compile(r"(\d{1,4})([A-Z]{0,3})", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_UNITS = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?", re.ASCII)
_DAYS = {day.full_name: day for day in Day} | {day.full_name[:3]: day for day in Day}


@dataclass
class Fields:
    """The children of one element, read by name; `oddities` collects what was strange.

    `record` says in faults which course or class they belong to.
    """

    node: Node
    record: str = ""
    oddities: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._children = {child.name: child for child in reversed(self.node.children)}

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return self._children.get(name)

    def odd(self, slug: str, when: bool = True) -> None:
        """Note an oddity, once."""
        if when and slug not in self.oddities:
            self.oddities.append(slug)

    def fail(self, name: str, value: str = "") -> NoReturn:
        """Refuse the record for this field."""
        at = self.child(name) or self.node
        raise FieldInvalid(at.line, at.column, name, value[:SHOWN], self.record)

    def text(self, name: str, *, optional: bool = False) -> str:
        """A text in one line; empty, and odd unless optional, when the element is missing."""
        child = self.child(name)
        self.odd(f"missing-{name}", child is None and not optional)
        text = " ".join(child.text.split()) if child else ""
        if DOUBLY_ESCAPED.search(text):
            self.odd("escaped-twice")
            text = " ".join(html.unescape(text).split())
        return text

    def needed(self, name: str) -> str:
        """A text that no record can be without."""
        return self.text(name) or self.fail(name)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number, not negative; the default, if there is one, stands for a missing one."""
        text = self.text(name)
        if not text and default is not None:
            return default
        if not re.fullmatch(r"\d{1,9}(\.0+)?", text, re.ASCII):
            self.fail(name, text)
        return int(text.partition(".")[0])

    def flag(self, name: str, *, optional: bool = False) -> bool:
        """Y or true; anything but their opposites is odd and false."""
        text = self.text(name, optional=optional).lower()
        self.odd(f"unclear-{name}", text not in ("", "y", "n", "true", "false"))
        return text in ("y", "true")

    def one_of(self, name: str, known: frozenset[str], default: str) -> str:
        """A word of a closed set; another one is odd and kept."""
        text = self.text(name) or default
        self.odd(f"unknown-{name}", text not in known)
        return text

    def code(self) -> CourseCode:
        """`subject` and `code`: some schools number with four digits, as no student says it."""
        subject, number = self.needed("subject").upper(), self.needed("code").upper()
        if not _SUBJECT.fullmatch(subject):
            self.fail("subject", subject)
        match = _NUMBER.fullmatch(number) or self.fail("code", number)
        return CourseCode(subject, int(match.group(1)), match.group(2))

    def academic_start(self) -> int:
        """`year`: 2021 for "2021-2022"."""
        text = self.needed("year")
        match = _YEARS.fullmatch(text)
        if match is None or int(match.group(2)) != int(match.group(1)) + 1:
            self.fail("year", text)
        return int(match.group(1))

    def term(self) -> Term:
        """`term` ("2021-2022 Winter"), which `termId` must agree with."""
        text = self.needed("term")
        years, _, name = text.partition(" ")
        match = _YEARS.fullmatch(years)
        if match is None or name not in {quarter.value for quarter in Quarter}:
            self.fail("term", text)
        first, last = int(match.group(1)), int(match.group(2))
        if last != first + 1:
            self.fail("term", text)
        term = Term(Quarter(name), first if name == Quarter.AUTUMN else last)
        self.odd("term-id-differs", self.text("termId") not in ("", str(term.term_id)))
        return term

    def units(self, low: int, high: int) -> tuple[int, int]:
        """`units` of a section ("3" or "3-5"); the course's own range when it is empty."""
        text = self.text("units")
        if not text:
            return low, high
        match = _UNITS.fullmatch(text) or self.fail("units", text)
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        if first > last:
            self.fail("units", text)
        self.odd("units-outside-course", first < low or last > high)
        return first, last

    def days(self) -> frozenset[Day]:
        """`days`: names between any white space; the original pads them with empty lines."""
        child = self.child("days")
        raw = "".join(child.parts) if child else ""
        words = raw.replace(",", " ").split()
        self.odd("days-padded", "\n" in raw)
        unknown = [word for word in words if word.capitalize() not in _DAYS]
        if unknown:
            self.fail("days", " ".join(words))
        return frozenset(_DAYS[word.capitalize()] for word in words)

    def day(self, name: str) -> date | None:
        """A date such as "Jan 3, 2022"; None when it is empty."""
        text = self.text(name)
        return self._read(name, text, "%b %d, %Y").date() if text else None

    def clock(self, name: str) -> time | None:
        """A time such as "2:45:00 PM"; None when it is empty or to be announced."""
        text = self.text(name)
        if not text or text.upper() in ("TBA", "TBD"):
            return None
        form = "%I:%M:%S %p" if text.count(":") == 2 else "%I:%M %p"
        return self._read(name, text.upper(), form).time()

    def _read(self, name: str, text: str, form: str) -> datetime:
        try:
            return _moment(text, form)
        except ValueError:
            self.fail(name, text)


@lru_cache(4096)  # a catalogue repeats few dates and times
def _moment(text: str, form: str) -> datetime:
    return datetime.strptime(text, form)  # noqa: DTZ007 - wall clock of the campus
