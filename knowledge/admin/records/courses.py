"""Courses as facts; `code` is the home code, `cross_listings` the others in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.records.batches import batches, delete_where, insert_all, referring, table_of
from knowledge.storage.orm import CourseCodeRow, CourseRow, EnrollmentRow, SectionRow

_TABLE = table_of(CourseRow)
_PLAIN = (
    "title",
    "description",
    "units_min",
    "units_max",
    "usual_units",
    "level",
    "requirements",
    "gradings",
    "repeatable",
    "max_times",
    "prerequisites",
    "prerequisite_prose",
    "prerequisite_confidence",
    "topics",
    "sample_fields",
    "extras",
)
DEFAULTS: Mapping[str, Any] = {
    "cross_listings": [],
    "description": "",
    "requirements": [],
    "gradings": ["letter", "credit"],
    "repeatable": False,
    "max_times": None,
    "prerequisites": None,
    "prerequisite_prose": "",
    "prerequisite_confidence": 1.0,
    "topics": [],
    "sample_fields": [],
    "extras": {},
}


@dataclass(frozen=True)
class CourseRecords:
    """The courses of one transaction."""

    session: Session

    def load(self, keys: Collection[str] | None = None) -> Iterator[State]:
        """The courses of these ids, or all."""
        wanted = self._ids() if keys is None else sorted(map(int, keys))
        for piece in batches(wanted):
            codes: dict[int, list[str]] = defaultdict(list)
            listed = select(CourseCodeRow.course_id, CourseCodeRow.code)
            listed = listed.where(CourseCodeRow.course_id.in_(piece))
            for number, code in self.session.execute(listed.order_by(CourseCodeRow.position)):
                codes[number].append(code)
            for row in self.session.execute(
                select(_TABLE).where(_TABLE.c.id.in_(piece)).order_by(_TABLE.c.id)
            ):
                home, *others = codes[row.id]
                facts = {name: getattr(row, name) for name in _PLAIN}
                facts |= {"code": home, "cross_listings": others}
                yield State(Table.COURSES, str(row.id), row.version, facts)

    def _ids(self) -> list[int]:
        return list(self.session.scalars(select(CourseRow.id).order_by(CourseRow.id)))

    def insert(self, states: Sequence[State]) -> None:
        """Add courses with their codes."""
        insert_all(self.session, CourseRow, ({"id": int(s.key), **_columns(s)} for s in states))
        self._add_codes(states)

    def update(self, states: Sequence[State]) -> None:
        """Replace courses; their codes are taken away first, so that codes may change hands."""
        delete_where(self.session, CourseCodeRow.course_id, [int(s.key) for s in states])
        by_id = update(_TABLE).where(_TABLE.c.id == bindparam("this"))
        for piece in batches(states):
            rows = [{"this": int(s.key), **_columns(s)} for s in piece]
            self.session.connection().execute(by_id, rows)
        self._add_codes(states)
        self.session.expire_all()

    def _add_codes(self, states: Sequence[State]) -> None:
        rows = (
            {"code": code, "course_id": int(state.key), "position": position}
            for state in states
            for position, code in enumerate(codes_of(state.facts))
        )
        insert_all(self.session, CourseCodeRow, rows)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove courses with their codes."""
        ids = [int(key) for key in keys]
        delete_where(self.session, CourseCodeRow.course_id, ids)
        delete_where(self.session, CourseRow.id, ids)
        self.session.expire_all()

    def references(self, keys: Sequence[str]) -> Mapping[str, list[str]]:
        """Sections and enrollments hold a course."""
        kinds = (("sections", SectionRow.course_id), ("enrollments", EnrollmentRow.course_id))
        return referring(self.session, kinds, [int(key) for key in keys])

    def owners(self) -> dict[str, tuple[int, bool]]:
        """By code, the course that has it and whether it is the home code."""
        query = select(CourseCodeRow.code, CourseCodeRow.course_id, CourseCodeRow.position)
        return {code: (number, at == 0) for code, number, at in self.session.execute(query)}


def codes_of(facts: Mapping[str, Any]) -> list[str]:
    """All codes of a course, the home code first."""
    return list(dict.fromkeys([facts["code"], *facts["cross_listings"]]))


def complete(facts: Mapping[str, Any]) -> Facts:
    """A new course's facts with those that were not said."""
    return {**DEFAULTS, "usual_units": facts["units_max"], **facts}


def _columns(state: State) -> dict[str, Any]:
    return {"version": state.version, **{name: state.facts[name] for name in _PLAIN}}
