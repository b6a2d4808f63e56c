"""Reading and changing enrollments, waitlists and withdrawals."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from knowledge.model.courses import Grading, Section
from knowledge.model.students import Enrollment, Status, Withdrawal
from knowledge.storage import mapping
from knowledge.storage.catalogue import CatalogueRepository
from knowledge.storage.orm import EnrollmentRow, WithdrawalRow


class EnrollmentRepository:
    """Enrollments as one transaction sees and changes them."""

    def __init__(self, session: Session, catalogue: CatalogueRepository) -> None:
        self._session = session
        self._catalogue = catalogue

    def enrollments(self, suid: str) -> list[Enrollment]:
        """All enrollments of a student, oldest first, with waitlist positions."""
        query = (
            select(EnrollmentRow)
            .where(EnrollmentRow.suid == suid)
            .order_by(EnrollmentRow.sequence)
            .execution_options(populate_existing=True)
        )
        return [self._value(row) for row in self._session.scalars(query)]

    def enrollment(self, suid: str, class_id: int) -> Enrollment | None:
        """The student's enrollment in that section, or None."""
        query = (
            select(EnrollmentRow)
            .where(EnrollmentRow.suid == suid, EnrollmentRow.class_id == class_id)
            .execution_options(populate_existing=True)
        )
        row = self._session.scalar(query)
        return None if row is None else self._value(row)

    def _value(self, row: EnrollmentRow) -> Enrollment:
        section = self._catalogue.listed(row.class_id)
        course = self._catalogue.course_of(section)
        return mapping.enrollment(row, section, course, self._position(row))

    def _position(self, row: EnrollmentRow) -> int | None:
        if row.status != Status.WAITLISTED:
            return None
        ahead = select(func.count()).where(
            EnrollmentRow.class_id == row.class_id,
            EnrollmentRow.status == Status.WAITLISTED.value,
            EnrollmentRow.sequence <= row.sequence,
        )
        return self._session.scalar(ahead)

    def add_enrollment(
        self,
        suid: str,
        section: Section,
        units: int,
        grading: Grading,
        status: Status,
        linked_class_id: int | None = None,
    ) -> None:
        """Put a student into a section or at the end of its waitlist."""
        row = {
            "suid": suid,
            "class_id": section.class_id,
            "linked_class_id": linked_class_id,
            "course_id": section.course_id,
            "term_id": section.term.term_id,
            "units": units,
            "grading": grading.value,
            "status": status.value,
            "created_at": datetime.now(UTC).replace(tzinfo=None),
        }
        self._session.execute(insert(EnrollmentRow).values(row))

    def remove_enrollment(self, suid: str, class_id: int) -> None:
        """Take a student out of a section or its waitlist."""
        self._session.execute(
            delete(EnrollmentRow).where(
                EnrollmentRow.suid == suid, EnrollmentRow.class_id == class_id
            )
        )

    def waitlist(self, class_id: int) -> list[EnrollmentRow]:
        """The waiting enrollments of a section in their order."""
        query = (
            select(EnrollmentRow)
            .where(
                EnrollmentRow.class_id == class_id,
                EnrollmentRow.status == Status.WAITLISTED.value,
            )
            .order_by(EnrollmentRow.sequence)
            .execution_options(populate_existing=True)
        )
        return list(self._session.scalars(query))

    def promote(self, suid: str, class_id: int, linked_class_id: int | None) -> None:
        """Give a waiting student a seat."""
        self._session.execute(
            update(EnrollmentRow)
            .where(EnrollmentRow.suid == suid, EnrollmentRow.class_id == class_id)
            .values(status=Status.ENROLLED.value, linked_class_id=linked_class_id)
        )

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
