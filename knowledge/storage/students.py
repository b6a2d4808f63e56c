"""Reading and changing students and their enrollments."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownStudent
from knowledge.model.courses import Grading
from knowledge.model.students import Enrollment, Status, Student
from knowledge.storage import mapping
from knowledge.storage.orm import EnrollmentRow, SectionRow, StudentRow


class StudentRepository:
    """Students and enrollments as one transaction sees and changes them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, suid: str, lock: bool = False) -> Student:
        """A student's record, locked until the end of the transaction if asked; UnknownStudent."""
        row = self._session.get(StudentRow, suid, with_for_update=lock or None)
        if row is None:
            raise UnknownStudent(suid)
        return mapping.student(row)

    def find(self, suid: str) -> Student | None:
        """A student's record, or None."""
        row = self._session.get(StudentRow, suid)
        return None if row is None else mapping.student(row)

    def all(self, sign_in_only: bool = False) -> list[Student]:
        """Every student by number, or only those the chat page offers."""
        query = select(StudentRow).order_by(StudentRow.suid)
        if sign_in_only:
            query = query.where(StudentRow.sign_in)
        return [mapping.student(row) for row in self._session.scalars(query)]

    def put(self, student: Student) -> None:
        """Add a student, or replace the record of that number."""
        row = self._session.get(StudentRow, student.suid) or StudentRow(
            suid=student.suid, sign_in=False
        )
        row.name, row.programme = student.name, student.programme
        row.completed = sorted(str(code) for code in student.completed)
        row.completed_all, row.max_units = student.completed_all, student.max_units
        row.holds = list(student.holds)
        row.window_opens, row.window_closes = student.window or (None, None)
        self._session.add(row)

    def enrollments(self, suid: str) -> list[Enrollment]:
        """All enrollments of a student, oldest first, with waitlist positions."""
        query = (
            select(EnrollmentRow, SectionRow)
            .join(SectionRow, SectionRow.class_id == EnrollmentRow.class_id)
            .where(EnrollmentRow.suid == suid)
            .order_by(EnrollmentRow.sequence)
        )
        return [
            mapping.enrollment(row, section, self._position(row))
            for row, section in self._session.execute(query).unique()
        ]

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
        self, suid: str, class_id: int, units: int, grading: Grading, status: Status
    ) -> None:
        """Put a student into a section or at the end of its waitlist."""
        self._session.add(
            EnrollmentRow(
                suid=suid,
                class_id=class_id,
                units=units,
                grading=grading.value,
                status=status.value,
                created_at=datetime.now(UTC).replace(tzinfo=None),
            )
        )
        self._session.flush()

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
        )
        return list(self._session.scalars(query))

    def promote(self, row: EnrollmentRow) -> None:
        """Give a waiting student a seat."""
        row.status = Status.ENROLLED.value
        self._session.flush()
