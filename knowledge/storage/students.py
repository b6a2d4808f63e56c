"""Reading and changing students' records."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownStudent
from knowledge.model.codes import CourseCode
from knowledge.model.students import Student
from knowledge.storage import mapping
from knowledge.storage.catalogue import CatalogueRepository
from knowledge.storage.enrollments import EnrollmentRepository
from knowledge.storage.orm import CompletionRow, StudentRow

_TABLE = StudentRow.__table__
_ONE = select(_TABLE).where(_TABLE.c.suid == bindparam("who"))
# Key-share: rows that only refer to this student need not wait for it.
_LOCKED = _ONE.with_for_update(key_share=True)


class StudentRepository(EnrollmentRepository):
    """Students and their enrollments as one transaction sees and changes them."""

    def __init__(self, session: Session, catalogue: CatalogueRepository) -> None:
        super().__init__(session, catalogue)
        self._held: dict[str, Student] = {}

    def get(self, suid: str, lock: bool = False) -> Student:
        """A student's record, locked until the end of the transaction if asked; UnknownStudent."""
        held = self._held.get(suid)
        if held is not None:
            return held
        query = _LOCKED if lock else _ONE
        row = self._session.connection().execute(query, {"who": suid}).one_or_none()
        if row is None:
            raise UnknownStudent(suid)
        student = mapping.student(row)
        if lock:  # nobody else can change it now
            self._held[suid] = student
        return student

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
        row = self._session.get(StudentRow, student.suid, with_for_update=True)
        self._held.pop(student.suid, None)
        if row is None:
            row = StudentRow(suid=student.suid, sign_in=False, version=0)
        row.name, row.programme = student.name, student.programme
        row.completed = sorted(str(code) for code in student.completed)
        row.completed_all, row.max_units = student.completed_all, student.max_units
        row.holds = list(student.holds)
        row.window_opens, row.window_closes = student.window or (None, None)
        row.groups = sorted(student.groups)
        row.version += 1
        self._session.add(row)
        self._session.flush()

    def times_passed(self, suid: str, codes: tuple[CourseCode, ...], completed: bool) -> int:
        """How often a repeatable course was passed: as counted, else once if it is completed."""
        query = select(func.max(CompletionRow.times)).where(
            CompletionRow.suid == suid, CompletionRow.code.in_([str(code) for code in codes])
        )
        return self._session.scalar(query) or int(completed)
