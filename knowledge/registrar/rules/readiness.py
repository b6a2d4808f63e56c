"""Prerequisites, consent, and the permission numbers that lift them."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import (
    ConsentRequired,
    PermissionInvalid,
    PrerequisiteMissing,
    QuadError,
    SeatsReserved,
    WindowClosed,
)
from knowledge.model.prerequisites import Consent, Record, missing
from knowledge.model.students import PermissionNumber
from knowledge.registrar.rules.case import Case

# What an instructor may waive. Seats, clashes, units and holds are nobody's to waive.
LIFTABLE = frozenset(
    kind.problem for kind in (ConsentRequired, PrerequisiteMissing, SeatsReserved, WindowClosed)
)


def prerequisites(case: Case) -> Iterator[QuadError]:
    """The tree must be met by what was passed or is in progress; consent alone never is."""
    tree = case.course.prerequisites
    if tree is None or case.student.completed_all:
        return
    unmet = missing(tree, record_of(case))
    if isinstance(unmet, Consent):
        yield ConsentRequired(case.code)
    elif unmet is not None:
        yield PrerequisiteMissing(case.code, str(unmet))


def consent(case: Case) -> Iterator[QuadError]:
    """A section may itself ask for the instructor's consent."""
    if case.section.add_consent:
        yield ConsentRequired(case.code)


def record_of(case: Case) -> Record:
    """What counts towards prerequisites; a course in progress in an earlier term does."""
    term = case.section.term
    earlier = {c for t in case.taken if t.section.term < term for c in t.course.codes}
    same = {c for t in case.same_term for c in t.course.codes}
    return Record(case.student.completed, frozenset(earlier), frozenset(same))


def permission(case: Case) -> Iterator[QuadError]:
    """A number that was given must be good, even if nothing needs lifting.

    One of another class or student is "unknown", so that nobody learns which numbers exist.
    """
    if case.wish.permission is None:
        return
    number = case.permission
    reason = ""
    if (
        number is None
        or number.class_id != case.section.class_id
        or number.suid not in (None, case.student.suid)
    ):
        reason = "unknown"
    elif number.used_by is not None:
        reason = "used"
    elif number.expires is not None and case.today > number.expires:
        reason = "expired"
    if reason:
        yield PermissionInvalid(case.section.class_id, case.code, reason)


def _meant(number: PermissionNumber, case: Case) -> bool:
    same_class = number.class_id == case.section.class_id
    return same_class and number.suid in (None, case.student.suid)


def lifted(case: Case) -> frozenset[str]:
    """The problems that the student's permission number lifts."""
    if case.permission is None or any(True for _ in permission(case)):
        return frozenset()
    return case.permission.lifts & LIFTABLE
