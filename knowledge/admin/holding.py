"""Holding a record until the end of the transaction, so that its version can be trusted."""

from __future__ import annotations

from sqlalchemy import select

from knowledge.admin.facts import Table
from knowledge.errors import (
    QuadError,
    UnknownCourse,
    UnknownSection,
    UnknownStudent,
    UnknownTerm,
)
from knowledge.storage.orm import CatalogueVersionRow, CourseRow, TermRow
from knowledge.storage.unit_of_work import Work


def hold(work: Work, table: Table, key: str) -> None:
    """Lock a record that exists; SQLite already holds its one write lock."""
    if table is Table.STUDENTS:
        work.students.get(key, lock=True)
    elif table is Table.SECTIONS:
        work.catalogue.hold_family(int(key))
    elif work.session.get_bind().dialect.name != "sqlite":
        column = CourseRow.id if table is Table.COURSES else TermRow.id
        query = select(column).where(column == int(key)).with_for_update(key_share=True)
        work.session.execute(query).all()


def hold_catalogue(work: Work) -> int:
    """Keep all other admins from changing the catalogue until the end; returns its version."""
    query = select(CatalogueVersionRow.version).with_for_update()
    return work.session.scalar(query) or 0


def unknown(table: Table, key: str) -> QuadError:
    """The fact that there is no such record."""
    number = int(key) if key.isascii() and key.isdigit() else 0
    if table is Table.COURSES:
        return UnknownCourse(key)
    if table is Table.SECTIONS:
        return UnknownSection(number)
    return UnknownTerm(number) if table is Table.TERMS else UnknownStudent(key)
