"""Reading courses, sections and terms, and counting seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownCourse, UnknownSection
from knowledge.model.courses import Course, Department, Section
from knowledge.model.students import Status
from knowledge.model.terms import AcademicCalendar, Term
from knowledge.storage import mapping
from knowledge.storage.orm import (
    CourseCodeRow,
    CourseRow,
    DepartmentRow,
    EnrollmentRow,
    SectionRow,
    TermRow,
)


class CatalogueRepository:
    """The catalogue as one transaction sees it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def departments(self) -> list[Department]:
        """All departments by code."""
        rows = self._session.scalars(select(DepartmentRow).order_by(DepartmentRow.code))
        return [mapping.department(row) for row in rows]

    def calendar(self) -> AcademicCalendar:
        """All terms."""
        return AcademicCalendar.of(
            mapping.term(row) for row in self._session.scalars(select(TermRow))
        )

    def courses(self) -> list[Course]:
        """Every course."""
        return [mapping.course(row) for row in self._session.scalars(select(CourseRow))]

    def course(self, code: str) -> Course:
        """The course of a code, cross-listings included; raise UnknownCourse."""
        link = self._session.get(CourseCodeRow, code)
        if link is None:
            raise UnknownCourse(code)
        return mapping.course(self._session.get_one(CourseRow, link.course_id))

    def sections(self, course_id: int | None = None, term: Term | None = None) -> list[Section]:
        """Sections with their seats counted, of one course or term or all."""
        query = select(SectionRow).order_by(SectionRow.term_id, SectionRow.number)
        if course_id is not None:
            query = query.where(SectionRow.course_id == course_id)
        if term is not None:
            query = query.where(SectionRow.term_id == term.term_id)
        rows = self._session.scalars(query).unique().all()
        wanted = None if course_id is None else [row.class_id for row in rows]
        enrolled, waitlisted = self.seat_counts(wanted)
        return [
            mapping.section(row, enrolled[row.class_id], waitlisted[row.class_id]) for row in rows
        ]

    def seat_counts(
        self, class_ids: Iterable[int] | None = None
    ) -> tuple[Counter[int], Counter[int]]:
        """Enrolled and waitlisted students by class id."""
        query = select(EnrollmentRow.class_id, EnrollmentRow.status, func.count()).group_by(
            EnrollmentRow.class_id, EnrollmentRow.status
        )
        if class_ids is not None:
            query = query.where(EnrollmentRow.class_id.in_(list(class_ids)))
        enrolled: Counter[int] = Counter()
        waitlisted: Counter[int] = Counter()
        for class_id, status, count in self._session.execute(query):
            (enrolled if status == Status.ENROLLED else waitlisted)[class_id] = count
        return enrolled, waitlisted

    def section(self, class_id: int) -> Section:
        """One section with its seats counted; raise UnknownSection."""
        row = self._session.get(SectionRow, class_id)
        if row is None:
            raise UnknownSection(class_id)
        enrolled, waitlisted = self.seat_counts([class_id])
        return mapping.section(row, enrolled[class_id], waitlisted[class_id])

    def lock_sections(self, class_ids: Iterable[int]) -> None:
        """Hold these sections until the end of the transaction, in one order against deadlocks.

        PostgreSQL locks the rows; SQLite already holds its one write lock.
        """
        query = (
            select(SectionRow.class_id)
            .where(SectionRow.class_id.in_(sorted(set(class_ids))))
            .order_by(SectionRow.class_id)
            .with_for_update()
        )
        self._session.execute(query)

    def course_of(self, section: Section) -> Course:
        """The course of a section."""
        return mapping.course(self._session.get_one(CourseRow, section.course_id))

    def set_capacity(self, class_id: int, capacity: int) -> int:
        """Change a section's capacity and return the old one; raise UnknownSection."""
        row = self._session.get(SectionRow, class_id)
        if row is None:
            raise UnknownSection(class_id)
        before, row.capacity = row.capacity, capacity
        return before
