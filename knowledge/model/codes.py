"""Course codes such as CS106A: parsing, ordering and display; used everywhere below the doors."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.errors import InvalidCode

_PATTERN = re.compile(r"^\s*([A-Z][A-Z&]{0,7})[\s\-]*(\d{1,3})\s*([A-Z]{0,3})\s*$")
_LISTED = re.compile(r"^([A-Z][A-Z&]{0,11})\s?(\d{1,4})([A-Z]{0,3})$")


@dataclass(frozen=True, order=True)
class CourseCode:
    """A subject ("CS"), a catalogue number (106) and a suffix ("A")."""

    subject: str
    number: int
    suffix: str = ""

    @classmethod
    def parse(cls, text: str) -> CourseCode:
        """Read "CS106A", "cs 106 a" or "MS&E 120"; raise InvalidCode for anything else."""
        match = _PATTERN.match(text.upper())
        if match is None:
            raise InvalidCode(text)
        subject, number, suffix = match.groups()
        return cls(subject, int(number), suffix)

    @classmethod
    def listed(cls, text: str) -> CourseCode:
        """Read a code from the catalogue itself, where numbers may have four digits (LAW7001).

        In what students write four digits are a year, so `parse` does not take them for a code.
        """
        match = _LISTED.match(text)
        if match is None:
            raise InvalidCode(text)
        subject, number, suffix = match.groups()
        return cls(subject, int(number), suffix)

    @property
    def catalogue_number(self) -> str:
        """The part behind the subject: "106A"."""
        return f"{self.number}{self.suffix}"

    def __str__(self) -> str:
        return f"{self.subject}{self.catalogue_number}"
