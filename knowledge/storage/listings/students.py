"""Students and petitions for admins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import Session

from knowledge.model.students import Decision, Petition, Student
from knowledge.storage import mapping
from knowledge.storage.listings.pages import Listing, cut, pattern
from knowledge.storage.orm import EnrollmentRow, PetitionRow, StudentRow, TermRow


@dataclass(frozen=True)
class StudentFilter:
    """What to look for; `held` asks for students with a hold alone."""

    text: str = ""
    held: bool = False


@dataclass(frozen=True)
class ListedStudent:
    """A student and how many courses they are in or wait for."""

    student: Student
    courses: int


@dataclass(frozen=True)
class ListedPetition:
    """A petition with what an advisor looks at: the name, the usual cap, the units carried."""

    petition: Petition
    name: str
    max_units: int
    carried: int


def students(session: Session, wanted: StudentFilter, number: int = 1) -> Listing[ListedStudent]:
    """A page of students by number."""
    taken = (
        select(func.count())
        .where(EnrollmentRow.suid == StudentRow.suid)
        .correlate(StudentRow)
        .scalar_subquery()
    )
    query = select(StudentRow, taken).order_by(StudentRow.suid)
    if wanted.text.strip():
        found = pattern(wanted.text)
        columns = (StudentRow.suid, StudentRow.name, StudentRow.programme)
        query = query.where(or_(*(column.ilike(found, escape="\\") for column in columns)))
    if wanted.held:
        query = query.where(cast(StudentRow.holds, String) != "[]")
    page = cut(session, query, number)
    records = tuple(ListedStudent(mapping.student(row), courses) for row, courses in page.records)
    return Listing(records, page.total, page.number, page.size)


def petitions(session: Session, decision: str = "", number: int = 1) -> Listing[ListedPetition]:
    """A page of petitions, the oldest first; of one decision alone if one is given."""
    carried = (
        select(func.coalesce(func.sum(EnrollmentRow.units), 0))
        .where(EnrollmentRow.suid == PetitionRow.suid, EnrollmentRow.term_id == PetitionRow.term_id)
        .correlate(PetitionRow)
        .scalar_subquery()
    )
    query = (
        select(PetitionRow, TermRow, StudentRow.name, StudentRow.max_units, carried)
        .join(TermRow, TermRow.id == PetitionRow.term_id)
        .join(StudentRow, StudentRow.suid == PetitionRow.suid)
        .order_by(PetitionRow.id)
    )
    if decision:
        query = query.where(PetitionRow.decision == decision)
    page = cut(session, query, number)
    records = tuple(ListedPetition(_petition(*row[:2]), *row[2:]) for row in page.records)
    return Listing(records, page.total, page.number, page.size)


def _petition(row: PetitionRow, term: TermRow) -> Petition:
    return Petition(row.id, row.suid, mapping.term_of(term), row.units, Decision(row.decision))
