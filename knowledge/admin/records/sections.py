"""Sections with their meetings as facts; term, code and number are names, not ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session, aliased

from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.records.batches import batches, delete_where, insert_all, referring, table_of
from knowledge.admin.records.keys import (
    LISTING,
    SectionKeys,
    listing,
    parent_key,
    parent_text,
    term_named,
    term_text,
)
from knowledge.errors import UnknownCourse
from knowledge.formats.csv_cells import write_clock
from knowledge.storage.orm import (
    CourseCodeRow,
    EnrollmentRow,
    MeetingRow,
    PermissionRow,
    SectionRow,
    WithdrawalRow,
)

_TABLE, _MEETINGS = table_of(SectionRow), table_of(MeetingRow)
_PLAIN = (
    "number",
    "component",
    "capacity",
    "waitlist_capacity",
    "instructors",
    "add_consent",
    "cancelled",
    "reserved",
)
DEFAULTS: Mapping[str, Any] = {
    "component": "LEC",
    "waitlist_capacity": 0,
    "instructors": [],
    "parent": None,
    "add_consent": False,
    "cancelled": False,
    "reserved": [],
    "extras": {},
}


@dataclass(frozen=True)
class SectionRecords:
    """The sections of one transaction."""

    session: Session

    def load(self, keys: Collection[str] | None = None) -> Iterator[State]:
        """The sections of these class ids, or all."""
        wanted = self._ids() if keys is None else sorted(map(int, keys))
        query = _with_names().order_by(_TABLE.c.term_id, _TABLE.c.class_id)
        for piece in batches(wanted):
            meetings = self._meetings(piece)
            for row in self.session.execute(query.where(_TABLE.c.class_id.in_(piece))):
                *_, code, number, extras, parent_home = row
                own = listing(row.extras, code)
                parent = None
                if number is not None:
                    parent = parent_text(own, listing(extras, parent_home), number)
                facts = _facts(row, own, parent, meetings[row.class_id])
                yield State(Table.SECTIONS, str(row.class_id), row.version, facts)

    def _ids(self) -> list[int]:
        order = (SectionRow.term_id, SectionRow.class_id)
        return list(self.session.scalars(select(SectionRow.class_id).order_by(*order)))

    def _meetings(self, class_ids: list[int]) -> dict[int, list[dict[str, str]]]:
        found: dict[int, list[dict[str, str]]] = defaultdict(list)
        query = select(_MEETINGS).where(_MEETINGS.c.class_id.in_(class_ids))
        for row in self.session.execute(query.order_by(_MEETINGS.c.id)):
            times = {"start": write_clock(row.start), "end": write_clock(row.end)}
            found[row.class_id].append({"days": row.days, **times, "room": row.room})
        return found

    def insert(self, states: Sequence[State]) -> None:
        """Add sections; a lecture comes before or along with its discussions and labs."""
        codes = self._courses_of(states)
        rows = (_columns(state, codes) for state in states)
        insert_all(self.session, SectionRow, rows)
        insert_all(self.session, MeetingRow, _meeting_rows(states))
        self._set_parents([state for state in states if state.facts["parent"]], codes)

    def update(self, states: Sequence[State]) -> None:
        """Replace sections with their meetings."""
        codes = self._courses_of(states)
        by_id = update(_TABLE).where(_TABLE.c.class_id == bindparam("this"))
        for piece in batches(states):
            rows = [{"this": int(s.key), **_columns(s, codes)} for s in piece]
            for row in rows:
                del row["class_id"]
            self.session.connection().execute(by_id, rows)
        delete_where(self.session, MeetingRow.class_id, [int(s.key) for s in states])
        insert_all(self.session, MeetingRow, _meeting_rows(states))
        self._set_parents([state for state in states if state.facts["parent"]], codes)
        self.session.expire_all()

    def _set_parents(self, states: Sequence[State], codes: Mapping[str, tuple[int, str]]) -> None:
        if not states:
            return
        course_ids = {codes[state.facts["code"]][0] for state in states}
        known = SectionKeys.read(self.session, course_ids if len(course_ids) < 300 else None)
        rows = [{"this": int(s.key), "parent": known.class_of(_parent_of(s))} for s in states]
        by_id = update(_TABLE).where(_TABLE.c.class_id == bindparam("this"))
        self.session.connection().execute(by_id, rows)

    def _courses_of(self, states: Sequence[State]) -> dict[str, tuple[int, str]]:
        """By code: the course and its home code."""
        own, home = aliased(CourseCodeRow), aliased(CourseCodeRow)
        query = select(own.code, own.course_id, home.code).join(
            home, (home.course_id == own.course_id) & (home.position == 0)
        )
        found: dict[str, tuple[int, str]] = {}
        for piece in batches({state.facts["code"] for state in states}):
            for code, number, at_home in self.session.execute(query.where(own.code.in_(piece))):
                found[code] = number, at_home
        return found

    def delete(self, keys: Sequence[str]) -> None:
        """Remove sections with their meetings; what belonged to them is left without a lecture."""
        ids = [int(key) for key in keys]
        delete_where(self.session, MeetingRow.class_id, ids)
        for piece in batches(ids):
            self.session.execute(
                update(_TABLE).where(_TABLE.c.parent.in_(piece)).values(parent=None)
            )
        delete_where(self.session, SectionRow.class_id, ids)
        self.session.expire_all()

    def references(self, keys: Sequence[str]) -> Mapping[str, list[str]]:
        """Whoever is or was in a section holds it, and its permission numbers do."""
        kinds = (
            ("enrollments", EnrollmentRow.class_id),
            ("linked enrollments", EnrollmentRow.linked_class_id),
            ("withdrawals", WithdrawalRow.class_id),
            ("permission numbers", PermissionRow.class_id),
        )
        return referring(self.session, kinds, [int(key) for key in keys])

    def children(self, keys: Sequence[str]) -> set[str]:
        """The discussions and labs of these lectures."""
        found: set[str] = set()
        for piece in batches(map(int, keys)):
            query = select(SectionRow.class_id).where(SectionRow.parent.in_(piece))
            found |= {str(class_id) for class_id in self.session.scalars(query)}
        return found


def _with_names() -> Select[Any]:
    """Sections with their home code, and the number, extras and home code of their lecture."""
    above, home, above_home = (
        aliased(SectionRow),
        aliased(CourseCodeRow),
        aliased(CourseCodeRow),
    )
    return (
        select(_TABLE, home.code, above.number, above.extras, above_home.code)
        .join(home, (home.course_id == _TABLE.c.course_id) & (home.position == 0))
        .outerjoin(above, above.class_id == _TABLE.c.parent)
        .outerjoin(
            above_home,
            (above_home.course_id == above.course_id) & (above_home.position == 0),
        )
    )


def complete(facts: Mapping[str, Any]) -> Facts:
    """A new section's facts with those that were not said."""
    return {**DEFAULTS, **facts}


def _facts(row: Any, code: str, parent: str | None, meetings: list[dict[str, str]]) -> Facts:
    facts = {name: getattr(row, name) for name in _PLAIN}
    extras = {name: value for name, value in row.extras.items() if name != LISTING}
    named = {"term": term_text(row.term_id), "code": code, "class_id": row.class_id}
    return {**named, **facts, "parent": parent, "meetings": meetings, "extras": extras}


def _parent_of(state: State) -> tuple[int, str, str]:
    facts = state.facts
    return parent_key(term_named(facts["term"]).term_id, facts["code"], facts["parent"])


def _columns(state: State, codes: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    facts = state.facts
    if facts["code"] not in codes:
        raise UnknownCourse(facts["code"])
    course_id, home = codes[facts["code"]]
    listed = {} if facts["code"] == home else {LISTING: facts["code"]}
    return {
        "class_id": int(state.key),
        "course_id": course_id,
        "term_id": term_named(facts["term"]).term_id,
        "version": state.version,
        "parent": None,
        "extras": {**facts["extras"], **listed},
        **{name: facts[name] for name in _PLAIN},
    }


def _meeting_rows(states: Sequence[State]) -> Iterator[dict[str, Any]]:
    for state in states:
        for meeting in state.facts["meetings"]:
            yield {
                "class_id": int(state.key),
                "days": meeting["days"],
                "start": time.fromisoformat(meeting["start"]),
                "end": time.fromisoformat(meeting["end"]),
                "room": meeting["room"],
            }
