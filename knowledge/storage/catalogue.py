"""Reading courses, sections and terms with their seats."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownCourse, UnknownSection
from knowledge.model.courses import Course, Department, Section
from knowledge.model.terms import AcademicCalendar, Term, TermDates
from knowledge.storage import mapping
from knowledge.storage.audit import AuditLog
from knowledge.storage.cache import CatalogueCache
from knowledge.storage.orm import CourseCodeRow, CourseRow, DepartmentRow, SectionRow, TermRow
from knowledge.storage.seats import Seats

T = TypeVar("T")
_MOST_PARENTS = 1_000  # of more changes than this nothing is kept anyway


class CatalogueRepository:
    """The catalogue as one transaction sees it."""

    def __init__(self, session: Session, audit: AuditLog, cache: CatalogueCache) -> None:
        self._session = session
        self._audit = audit
        self._cache = cache
        self._version: int | None = None
        self.seats = Seats(session)

    def _kept(self, key: Hashable, load: Callable[[], T]) -> T:
        """A static value from the cache, unless this transaction itself changes the catalogue."""
        if self._audit.changes_catalogue:
            return load()
        if self._version is None:
            self._version = self._audit.catalogue_version()
        self._cache.advance(self._version, self._changes)
        return self._cache.get(self._version, key, load)

    def _changes(self, since: int) -> list[tuple[str, str]]:
        """What was changed since a version; of a discussion or lab also its lecture."""
        told = self._audit.catalogue_changes(since)
        numbers = [int(key) for table, key in told if table == "sections" and key.isdigit()]
        query = select(SectionRow.parent).where(
            SectionRow.class_id.in_(numbers[:_MOST_PARENTS]), SectionRow.parent.is_not(None)
        )
        parents = self._session.scalars(query).all() if numbers else []
        return list({*told, *(("sections", str(number)) for number in parents)})

    def hold(self, class_ids: Iterable[int]) -> None:
        """Hold sections with their discussions or labs until the end of the transaction.

        What was known of the catalogue is read afresh when it is held: an admin's change may have
        been committed while we waited. Until then a look at what is kept is good enough.
        """
        lectures = set(class_ids)
        if self._version is None and self._cache.version >= 0:
            self._version = self._cache.version
        held: set[int] = set()
        while not (wanted := lectures | self._children_of(lectures)) <= held:
            self._version = self.seats.hold(wanted)
            held = wanted

    def hold_family(self, class_id: int) -> int:
        """Hold a section with its lecture and all of its labs; the lecture's class id."""
        lecture = self.listed(class_id).parent or class_id
        self.hold([lecture, class_id])
        return lecture

    def _children_of(self, class_ids: Iterable[int]) -> set[int]:
        return {child.class_id for number in class_ids for child in self.children(number)}

    def departments(self) -> list[Department]:
        """All departments by code."""
        rows = self._session.scalars(select(DepartmentRow).order_by(DepartmentRow.code))
        return [mapping.department(row) for row in rows]

    def calendar(self) -> AcademicCalendar:
        """All terms."""

        def load() -> AcademicCalendar:
            rows = self._session.scalars(select(TermRow).execution_options(populate_existing=True))
            return AcademicCalendar.of(mapping.term(row) for row in rows)

        return self._kept("calendar", load)

    def dates(self, term: Term) -> TermDates:
        """The dates of a term that sections refer to."""
        dates = self.calendar().find(term)
        if dates is None:  # sections refer to terms by foreign key
            raise LookupError(term)
        return dates

    def courses(self) -> list[Course]:
        """Every course."""
        return [mapping.course(row) for row in self._session.scalars(select(CourseRow))]

    def course(self, code: str) -> Course:
        """The course of a code, cross-listings included; raise UnknownCourse."""
        link = self._session.get(CourseCodeRow, code)
        if link is None:
            raise UnknownCourse(code)
        return mapping.course(self._session.get_one(CourseRow, link.course_id))

    def course_of(self, section: Section) -> Course:
        """The course of a section."""
        number = section.course_id

        def load() -> Course:
            row = self._session.get_one(CourseRow, number, populate_existing=True)
            return mapping.course(row)

        return self._kept(("course", number), load)

    def sections(self, course_id: int | None = None, term: Term | None = None) -> list[Section]:
        """Sections with their seats counted, of one course or term or all."""
        query = select(SectionRow).order_by(SectionRow.term_id, SectionRow.number)
        if course_id is not None:
            query = query.where(SectionRow.course_id == course_id)
        if term is not None:
            query = query.where(SectionRow.term_id == term.term_id)
        rows = self._session.scalars(query).unique().all()
        wanted = None if course_id is None else [row.class_id for row in rows]
        enrolled, waitlisted = self.seats.counts(wanted)
        return [
            mapping.section(row, enrolled[row.class_id], waitlisted[row.class_id]) for row in rows
        ]

    def section(self, class_id: int) -> Section:
        """One section with its seats counted; raise UnknownSection."""
        return self.counted([self.listed(class_id)])[0]

    def listed(self, class_id: int) -> Section:
        """One section as the catalogue has it, its seats not counted; raise UnknownSection."""
        section = self._kept(("section", class_id), lambda: self._section(class_id))
        if section is None:
            raise UnknownSection(class_id)
        return section

    def _section(self, class_id: int) -> Section | None:
        row = self._session.get(SectionRow, class_id, populate_existing=True)
        return None if row is None else mapping.section(row)

    def children(self, class_id: int) -> tuple[Section, ...]:
        """The discussions or labs of a lecture, their seats not counted."""

        def load() -> tuple[Section, ...]:
            query = select(SectionRow).where(SectionRow.parent == class_id)
            rows = self._session.scalars(query.order_by(SectionRow.number)).unique()
            return tuple(mapping.section(row) for row in rows)

        return self._kept(("children", class_id), load)

    def counted(self, sections: Iterable[Section]) -> list[Section]:
        """The same sections with their seats counted now."""
        listed = list(sections)
        enrolled, waitlisted = self.seats.counts([section.class_id for section in listed])
        return [
            replace(s, enrolled=enrolled[s.class_id], waitlisted=waitlisted[s.class_id])
            for s in listed
        ]
