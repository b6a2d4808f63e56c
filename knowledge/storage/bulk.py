"""Reads the whole catalogue, or some courses of it, by columns: rows of the ORM cost much more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from knowledge.model.courses import Course, Section
from knowledge.storage import mapping
from knowledge.storage.orm import (
    Base,
    CourseCodeRow,
    CourseRow,
    MeetingRow,
    SectionRow,
    TermRow,
)

_AT_ONCE = 500  # SQLite binds some thousand values in a statement at most


@dataclass(frozen=True)
class _Joined:
    """A plain row with what the ORM would have joined to it, for `mapping`."""

    row: Row[Any]
    joined: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.joined[name] if name in self.joined else getattr(self.row, name)


class BulkReader:
    """Courses and sections without seat counts, of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def courses(self, course_ids: Sequence[int] | None = None) -> list[Course]:
        """Every course, or those of these ids that exist, by id."""
        codes = self._codes(course_ids)
        rows = self._rows(CourseRow, CourseRow.id, course_ids)
        joined = (_Joined(row, {"codes": codes[row.id]}) for row in rows)
        return [mapping.course(cast(CourseRow, row)) for row in joined]

    def sections(self, course_ids: Sequence[int] | None = None) -> list[Section]:
        """Every section, or those of these courses, by term and number."""
        terms = {row.id: row for row in self._rows(TermRow, TermRow.id, None)}
        homes = {
            key: _Joined(found[0], {"codes": found})
            for key, found in self._codes(course_ids).items()
        }
        meetings = self._meetings(course_ids)
        rows = self._rows(SectionRow, SectionRow.course_id, course_ids)
        rows.sort(key=lambda row: (row.term_id, row.number))
        joined = (
            _Joined(
                row,
                {
                    "course": homes[row.course_id],
                    "term": terms[row.term_id],
                    "meetings": meetings[row.class_id],
                },
            )
            for row in rows
        )
        return [mapping.section(cast(SectionRow, row)) for row in joined]

    def course_ids(self, class_ids: Iterable[int]) -> set[int]:
        """The courses that these sections belong to."""
        wanted = sorted(class_ids)
        return {
            course_id
            for start in range(0, len(wanted), _AT_ONCE)
            for course_id in self._session.scalars(
                select(SectionRow.course_id).where(
                    SectionRow.class_id.in_(wanted[start : start + _AT_ONCE])
                )
            )
        }

    def existing(self, course_ids: Iterable[int]) -> set[int]:
        """Those of these ids that are a course's."""
        return {row.id for row in self._rows(CourseRow, CourseRow.id, sorted(course_ids))}

    def _codes(self, course_ids: Sequence[int] | None) -> dict[int, list[Row[Any]]]:
        codes: dict[int, list[Row[Any]]] = defaultdict(list)
        rows = self._rows(CourseCodeRow, CourseCodeRow.course_id, course_ids)
        for row in sorted(rows, key=lambda row: row.position):
            codes[row.course_id].append(row)
        return codes

    def _meetings(self, course_ids: Sequence[int] | None) -> dict[int, list[Row[Any]]]:
        columns = MeetingRow.__table__.columns
        query = select(*columns).order_by(MeetingRow.id)
        if course_ids is not None:
            query = query.join(SectionRow, SectionRow.class_id == MeetingRow.class_id)
        meetings: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in self._all(query, SectionRow.course_id, course_ids):
            meetings[row.class_id].append(row)
        return meetings

    def _rows(
        self, table: type[Base], key: Any, course_ids: Sequence[int] | None
    ) -> list[Row[Any]]:
        return self._all(select(*table.__table__.columns).order_by(key), key, course_ids)

    def _all(
        self, query: Select[Any], key: Any, course_ids: Sequence[int] | None
    ) -> list[Row[Any]]:
        if course_ids is None:
            return list(self._session.execute(query))
        rows: list[Row[Any]] = []
        for start in range(0, len(course_ids), _AT_ONCE):
            part = course_ids[start : start + _AT_ONCE]
            rows += self._session.execute(query.where(key.in_(part)))
        return rows
