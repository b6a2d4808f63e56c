"""Counting seats and holding sections while they are given away.

What is held cannot be changed by others, so its count is kept until this transaction changes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from knowledge.model.students import Status
from knowledge.storage.orm import CatalogueVersionRow, EnrollmentRow, SectionRow, StudentRow

Counts = tuple[Counter[int], Counter[int]]
_TAKEN, _VERSION = EnrollmentRow.__table__.c, "version"
_DIRECT = select(_TAKEN.class_id, _TAKEN.status, func.count().label("many")).group_by(
    _TAKEN.class_id, _TAKEN.status
)
_LINKED = (
    select(_TAKEN.linked_class_id, _TAKEN.status, func.count())
    .where(_TAKEN.linked_class_id.is_not(None), _TAKEN.status == Status.ENROLLED.value)
    .group_by(_TAKEN.linked_class_id, _TAKEN.status)
)
_SOME = (
    _DIRECT.where(_TAKEN.class_id.in_(bindparam("ids", expanding=True))),
    _LINKED.where(_TAKEN.linked_class_id.in_(bindparam("ids", expanding=True))),
)
_ALL_COUNTS, _SOME_COUNTS = union_all(_DIRECT, _LINKED), union_all(*_SOME)
# One question less to the database: how the catalogue stands is asked with the counts.
_SOME_WITH_VERSION = union_all(
    *_SOME, select(null(), literal(_VERSION), func.max(CatalogueVersionRow.version))
)
_LOCK = (
    select(SectionRow.__table__.c.class_id)
    .where(SectionRow.__table__.c.class_id.in_(bindparam("ids", expanding=True)))
    .order_by(SectionRow.__table__.c.class_id)
    .with_for_update(key_share=True)
)


class Seats:
    """Enrolled and waiting students, as this transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: Counts = (Counter(), Counter())
        self._known_ids: set[int] = set()

    def counts(self, class_ids: Iterable[int] | None = None) -> Counts:
        """Enrolled and waitlisted students by class id; a linked section counts its enrolled."""
        if class_ids is None:
            return self._count(_ALL_COUNTS, {})[0]
        wanted = sorted(set(class_ids))
        if self._known_ids.issuperset(wanted):
            return self._known
        return self._count(_SOME_COUNTS, {"ids": wanted})[0]

    def hold(self, class_ids: Iterable[int]) -> int:
        """Hold these sections until the end, in one order against deadlocks, and count them.

        PostgreSQL locks the rows; SQLite already holds its one write lock. Returns the catalogue's
        version, read when everything is held.
        """
        wanted = sorted(set(class_ids))
        connection = self._session.connection()
        if connection.dialect.name != "sqlite":
            connection.execute(_LOCK, {"ids": wanted}).all()
        self._known, version = self._count(_SOME_WITH_VERSION, {"ids": wanted})
        self._known_ids = set(wanted)
        return version

    def changed(self) -> None:
        """This transaction has given or freed a seat: what was counted holds no more."""
        self._known_ids = set()

    def by_course(self) -> dict[int, int]:
        """Enrolled students by course id, over all terms."""
        row = EnrollmentRow
        query = select(row.course_id, func.count().label("seated")).group_by(row.course_id)
        counted = self._session.execute(query.where(row.status == Status.ENROLLED.value))
        return {found.course_id: found.seated for found in counted}

    def in_groups(self, class_id: int) -> Counter[str]:
        """How many of a section's enrolled students belong to each group."""
        query = (
            select(StudentRow.groups)
            .join(EnrollmentRow, EnrollmentRow.suid == StudentRow.suid)
            .where(
                EnrollmentRow.class_id == class_id,
                EnrollmentRow.status == Status.ENROLLED.value,
            )
        )
        return Counter(group for groups in self._session.scalars(query) for group in groups)

    def _count(self, query: Any, parameters: dict[str, Any]) -> tuple[Counts, int]:
        enrolled: Counter[int] = Counter()
        waitlisted: Counter[int] = Counter()
        version = 0
        connection: Connection = self._session.connection()
        for class_id, status, count in connection.execute(query, parameters):
            if status == _VERSION:
                version = count or 0
            else:
                (enrolled if status == Status.ENROLLED else waitlisted)[class_id] += count
        return (enrolled, waitlisted), version
