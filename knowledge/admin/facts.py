"""Records of the four editable tables as plain facts: what forms, imports and the log speak.

A record's facts are JSON values by field. Courses are keyed by course id, sections by class id,
terms by term id, students by SUID, always as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Facts = dict[str, Any]


class Table(StrEnum):
    """The tables whose records an admin may edit."""

    COURSES = "courses"
    SECTIONS = "sections"
    TERMS = "terms"
    STUDENTS = "students"


@dataclass(frozen=True)
class State:
    """A record as it stands now; forms are drawn from it and send `version` back."""

    table: Table
    key: str
    version: int
    facts: Facts
