"""Reading and changing enrollments, waitlists and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from knowledge.model.courses import Grading
from knowledge.model.students import Enrollment, Status, Withdrawal
from knowledge.storage import moments
from knowledge.storage.catalogue import CatalogueRepository
from knowledge.storage.orm import EnrollmentRow, WithdrawalRow

# These run in every enrollment, so they are built once and read rows, not objects.
_TABLE = cast(Table, EnrollmentRow.__table__)
_AHEAD = _TABLE.alias("ahead")
_WAITING = Status.WAITLISTED.value
_POSITION = case(
    (
        _TABLE.c.status == _WAITING,
        select(func.count())
        .select_from(_AHEAD)
        .where(
            _AHEAD.c.class_id == _TABLE.c.class_id,
            _AHEAD.c.status == _WAITING,
            _AHEAD.c.sequence <= _TABLE.c.sequence,
        )
        .scalar_subquery(),
    )
)
_OF_STUDENT = (
    select(_TABLE, _POSITION.label("position"))
    .where(_TABLE.c.suid == bindparam("who"))
    .order_by(_TABLE.c.sequence)
)
_ONE = _OF_STUDENT.where(_TABLE.c.class_id == bindparam("class_id"))
_LINE = (
    select(_TABLE)
    .where(_TABLE.c.class_id == bindparam("class_id"), _TABLE.c.status == _WAITING)
    .order_by(_TABLE.c.sequence)
)
_INSERT = insert(_TABLE)


class EnrollmentRepository:
    """Enrollments as one transaction sees and changes them."""

    def __init__(self, session: Session, catalogue: CatalogueRepository) -> None:
        self._session = session
        self._catalogue = catalogue

    def enrollments(self, suid: str) -> list[Enrollment]:
        """All enrollments of a student, oldest first, with waitlist positions."""
        return [self._value(row) for row in self._rows(_OF_STUDENT, who=suid)]

    def enrollment(self, suid: str, class_id: int) -> Enrollment | None:
        """The student's enrollment in that section, or None."""
        found = [self._value(row) for row in self._rows(_ONE, who=suid, class_id=class_id)]
        return found[0] if found else None

    def _rows(self, query: Any, **parameters: Any) -> Iterable[Any]:
        return self._session.connection().execute(query, parameters)

    def _value(self, row: Any) -> Enrollment:
        section = self._catalogue.listed(row.class_id)
        course = self._catalogue.course_of(section)
        return Enrollment(
            class_id=row.class_id,
            code=course.code,
            title=course.title,
            term=section.term,
            units=row.units,
            grading=Grading(row.grading),
            status=Status(row.status),
            position=row.position,
            linked_class_id=row.linked_class_id,
        )

    def add_enrollment(self, suid: str, course_id: int, added: Enrollment) -> None:
        """Put a student into a section or at the end of its waitlist."""
        row = {
            "suid": suid,
            "class_id": added.class_id,
            "linked_class_id": added.linked_class_id,
            "course_id": course_id,
            "term_id": added.term.term_id,
            "units": added.units,
            "grading": added.grading.value,
            "status": added.status.value,
            "created_at": moments.now(),
        }
        self._session.connection().execute(_INSERT, row)
        self._catalogue.seats.changed()

    def remove_enrollment(self, suid: str, class_id: int) -> None:
        """Take a student out of a section or its waitlist."""
        mine = (_TABLE.c.suid == suid, _TABLE.c.class_id == class_id)
        self._session.execute(delete(_TABLE).where(*mine))
        self._catalogue.seats.changed()

    def waitlist(self, class_id: int) -> list[Any]:
        """The waiting enrollments of a section in their order, as rows."""
        return list(self._rows(_LINE, class_id=class_id))

    def promote(self, suid: str, class_id: int, linked_class_id: int | None) -> None:
        """Give a waiting student a seat."""
        self._session.execute(
            update(_TABLE)
            .where(_TABLE.c.suid == suid, _TABLE.c.class_id == class_id)
            .values(status=Status.ENROLLED.value, linked_class_id=linked_class_id)
        )
        self._catalogue.seats.changed()

    def withdraw(self, enrollment: Enrollment, suid: str, today: date) -> None:
        """Put a W on the transcript."""
        row = WithdrawalRow(
            suid=suid, class_id=enrollment.class_id, units=enrollment.units, on=today
        )
        self._session.add(row)
        self._session.flush()

    def withdrawals(self, suid: str) -> list[Withdrawal]:
        """The courses that a student has left with a W, oldest first."""
        query = select(WithdrawalRow).where(WithdrawalRow.suid == suid).order_by(WithdrawalRow.id)
        return [self._withdrawal(row) for row in self._session.scalars(query)]

    def _withdrawal(self, row: WithdrawalRow) -> Withdrawal:
        section = self._catalogue.listed(row.class_id)
        return Withdrawal(row.class_id, section.code, section.term, row.units, row.on)
