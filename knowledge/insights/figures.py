"""The dashboard's figures, counted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select
from sqlalchemy.orm import Session

from knowledge.model.codes import CourseCode
from knowledge.model.students import Status
from knowledge.storage.orm import (
    AuditRow,
    CourseCodeRow,
    EnrollmentRow,
    PetitionRow,
    QuestionRow,
    SectionRow,
)
from knowledge.storage.tables.base import Base

_ENROLLING = ("enroll", "promote")


@dataclass(frozen=True)
class Hour:
    """Enrollments (seats and places on a waitlist) in the hour that begins `at` (UTC)."""

    at: datetime
    count: int


@dataclass(frozen=True)
class Fill:
    """Seats of a department's sections in a term, and how many are taken."""

    subject: str
    taken: int
    seats: int
    waiting: int

    @property
    def share(self) -> float:
        """Taken seats as a share of all; a department without seats is empty."""
        return self.taken / self.seats if self.seats else 0.0


@dataclass(frozen=True)
class Phrase:
    """Words that were asked, how often, and how often in vain."""

    text: str
    kind: str
    times: int
    in_vain: int


@dataclass(frozen=True)
class Totals:
    """What stands in the database now."""

    courses: int
    sections: int
    enrolled: int
    waiting: int
    pending_petitions: int


def enrollments_by_hour(session: Session, now: datetime, hours: int = 48) -> list[Hour]:
    """The last hours, oldest first, quiet ones included."""
    last = now.replace(minute=0, second=0, microsecond=0)
    first = last - timedelta(hours=hours - 1)
    day, hour = func.date(AuditRow.at), extract("hour", AuditRow.at)
    query = (
        select(day, hour, func.count())
        .where(AuditRow.at >= first, AuditRow.table == "enrollments", AuditRow.act.in_(_ENROLLING))
        .group_by(day, hour)
    )
    counts = {(str(on), int(at)): count for on, at, count in session.execute(query)}
    moments = (first + timedelta(hours=step) for step in range(hours))
    return [Hour(at, counts.get((at.date().isoformat(), at.hour), 0)) for at in moments]


def fill_by_department(session: Session, term_id: int, uncapped: int) -> list[Fill]:
    """A term's departments, the fullest first; sections without a limit do not count."""
    counts = (
        select(EnrollmentRow.class_id, EnrollmentRow.status, func.count())
        .where(EnrollmentRow.term_id == term_id)
        .group_by(EnrollmentRow.class_id, EnrollmentRow.status)
    )
    taken = {(class_id, status): count for class_id, status, count in session.execute(counts)}
    sums: dict[str, tuple[int, int, int]] = {}
    for class_id, code, capacity in session.execute(_lectures(term_id, uncapped)):
        subject = CourseCode.parse(code).subject
        enrolled, seats, waiting = sums.get(subject, (0, 0, 0))
        sums[subject] = (
            enrolled + taken.get((class_id, Status.ENROLLED.value), 0),
            seats + capacity,
            waiting + taken.get((class_id, Status.WAITLISTED.value), 0),
        )
    fills = [Fill(subject, *three) for subject, three in sums.items()]
    return sorted(fills, key=lambda fill: (-fill.share, fill.subject))


def _lectures(term_id: int, uncapped: int) -> Select[tuple[int, str, int]]:
    """The sections that count: class id, home code, seats."""
    home = and_(CourseCodeRow.course_id == SectionRow.course_id, CourseCodeRow.position == 0)
    return (
        select(SectionRow.class_id, CourseCodeRow.code, SectionRow.capacity)
        .join(CourseCodeRow, home)
        .where(
            SectionRow.term_id == term_id,
            SectionRow.capacity < uncapped,
            SectionRow.parent.is_(None),
            SectionRow.cancelled.is_(False),
        )
    )


def top_searches(session: Session, since: datetime, limit: int = 10) -> list[Phrase]:
    """What was searched for most often."""
    return _phrases(session, since, limit, QuestionRow.kind == "search")


def unanswered(session: Session, since: datetime, limit: int = 10) -> list[Phrase]:
    """What was asked most often without an answer, of all kinds."""
    return _phrases(session, since, limit, QuestionRow.answered.is_(False))


def _phrases(
    session: Session, since: datetime, limit: int, which: ColumnElement[bool]
) -> list[Phrase]:
    times = func.count()
    vain = func.sum(case((QuestionRow.answered, 0), else_=1))
    query = (
        select(QuestionRow.text, QuestionRow.kind, times, vain)
        .where(QuestionRow.at >= since, QuestionRow.text != "", which)
        .group_by(QuestionRow.text, QuestionRow.kind)
        .order_by(times.desc(), QuestionRow.text)
        .limit(limit)
    )
    return [Phrase(*row) for row in session.execute(query).tuples()]


def totals(session: Session) -> Totals:
    """The sums of the dashboard's head."""

    def count(table: type[Base], *where: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(*where)
        return session.scalar(query) or 0

    status = EnrollmentRow.status
    return Totals(
        courses=count(CourseCodeRow, CourseCodeRow.position == 0),
        sections=count(SectionRow),
        enrolled=count(EnrollmentRow, status == Status.ENROLLED.value),
        waiting=count(EnrollmentRow, status == Status.WAITLISTED.value),
        pending_petitions=count(PetitionRow, PetitionRow.decision == "pending"),
    )
