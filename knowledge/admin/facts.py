"""Records of the four editable tables as plain facts: what forms, imports and the log speak.

A record's facts are JSON values by field. Courses are keyed by course id, sections by class id,
terms by term id, students by SUID, always as text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

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


class Records(Protocol):
    """One table's records inside one transaction; the caller locks and audits.

    `insert` and `update` take whole facts; `update` writes the version that a state bears.
    """

    def load(self, keys: Collection[str] | None = None) -> Iterator[State]:
        """The records of these keys, or all; unknown keys are passed over."""

    def insert(self, states: Sequence[State]) -> None:
        """Add records."""

    def update(self, states: Sequence[State]) -> None:
        """Replace the fields of records that exist."""

    def delete(self, keys: Sequence[str]) -> None:
        """Remove records; what is theirs alone (codes, meetings, windows) goes with them."""

    def references(self, keys: Sequence[str]) -> Mapping[str, list[str]]:
        """Which other tables refer to a record, for those that are referred to."""


def canonical(facts: Mapping[str, Any]) -> str:
    """Facts as compact text, the same for equal facts."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def differing(old: Facts, new: Mapping[str, Any]) -> tuple[Facts, Facts]:
    """The fields of `new` that differ from `old`: as they were and as they will be."""
    after = {name: value for name, value in new.items() if old.get(name) != value}
    return {name: old.get(name) for name in after}, after
