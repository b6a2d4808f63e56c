"""What the database holds that a file's rows are judged against, read once for an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from knowledge.admin.records.courses import CourseRecords
from knowledge.admin.records.keys import NaturalKey, SectionKeys
from knowledge.storage.orm import DepartmentRow, StudentRow, TermRow
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Known:
    """Codes with their courses, natural keys with their sections, terms, departments, students."""

    version: int
    owners: Mapping[str, tuple[int, bool]]
    sections: Mapping[NaturalKey, int]
    classes: frozenset[int]
    terms: frozenset[int]
    departments: frozenset[str]
    students: frozenset[str]
    enrolled: Mapping[int, int]

    @classmethod
    def read(cls, work: Work) -> Known:
        """As the transaction sees it."""
        session = work.session
        sections = SectionKeys.read(session).ids
        return cls(
            work.audit.catalogue_version(),
            CourseRecords(session).owners(),
            sections,
            frozenset(sections.values()),
            frozenset(session.scalars(select(TermRow.id))),
            frozenset(session.scalars(select(DepartmentRow.code))),
            frozenset(session.scalars(select(StudentRow.suid))),
            work.catalogue.seats.counts()[0],
        )

    def home(self, code: str) -> str:
        """The home code of the course that has this code."""
        number = self.owners[code][0]
        return next(c for c, (owner, home) in self.owners.items() if home and owner == number)
