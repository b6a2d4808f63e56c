"""Which records a table has, and how a new record of it is completed and keyed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, Records, Table
from knowledge.admin.records import courses, sections, students, terms

_RECORDS: Mapping[Table, Callable[[Session], Records]] = {
    Table.COURSES: courses.CourseRecords,
    Table.SECTIONS: sections.SectionRecords,
    Table.TERMS: terms.TermRecords,
    Table.STUDENTS: students.StudentRecords,
}
_COMPLETE: Mapping[Table, Callable[[Mapping[str, Any]], Facts]] = {
    Table.COURSES: courses.complete,
    Table.SECTIONS: sections.complete,
    Table.TERMS: terms.complete,
    Table.STUDENTS: students.complete,
}


def records_of(table: Table, session: Session) -> Records:
    """The records of a table in this transaction."""
    return _RECORDS[table](session)


def complete(table: Table, facts: Mapping[str, Any]) -> Facts:
    """A new record's facts with those that were not said."""
    return _COMPLETE[table](facts)
