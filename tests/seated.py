"""Puts a student into a section without asking the rules, as the past may have done."""

from __future__ import annotations

from knowledge.model.courses import Grading, Section
from knowledge.model.students import Enrollment, Status
from knowledge.storage.unit_of_work import Work


def seat(
    work: Work, suid: str, section: Section, units: int = 5, status: Status = Status.ENROLLED
) -> None:
    """A seat, or a place at the end of the waitlist."""
    of = (section.class_id, section.code, "", section.term, units, Grading.LETTER, status)
    work.students.add_enrollment(suid, section.course_id, Enrollment(*of))
