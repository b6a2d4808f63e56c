"""A drop after the deadline, in the chat: the W is told first, and left only after a yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from seated import seat

from knowledge.model.terms import Quarter, Term
from knowledge.storage.orm import TermRow

AUTUMN = Term(Quarter.AUTUMN, 2018)


def _drop_by(quad, day: date) -> date:
    """Move Autumn's drop deadline, as an admin would; the one before."""
    with quad.units.write() as work:
        row = work.session.get_one(TermRow, AUTUMN.term_id)
        before, row.drop_by = row.drop_by, day
        work.audit.note("test", "edit", "terms", str(AUTUMN.term_id), None, None)
    return before


@pytest.fixture
def deadline_passed(quad) -> Iterator[None]:
    before = _drop_by(quad, date(2018, 11, 9))
    yield
    _drop_by(quad, before)


def _in_autumn(quad, code: str) -> str:
    suid = quad.add_student(completed_all=True)
    with quad.units.write() as work:
        course = work.catalogue.course(code)
        section = work.catalogue.sections(course.course_id, AUTUMN)[0]
        seat(work, suid, section)
    return suid


def _withdrawn(quad, suid: str) -> list[str]:
    with quad.units.read() as work:
        return [str(left.code) for left in work.students.withdrawals(suid)]


@pytest.mark.usefixtures("deadline_passed")
def test_a_w_is_left_after_a_yes(quad) -> None:
    suid = _in_autumn(quad, "CS106A")
    asked = quad.text("drop CS106A", suid, "w-yes")
    assert "leaves a W on your transcript" in asked
    assert "December 7" in asked or "2018-12-07" in asked
    assert [e["code"] for e in quad.enrollments(suid)] == ["CS106A"]
    assert "with a W" in quad.text("yes", suid, "w-yes")
    assert quad.enrollments(suid) == []
    assert _withdrawn(quad, suid) == ["CS106A"]
    assert "CS106A, Autumn 2018: withdrawn" in quad.text("what am I taking?", suid, "w-yes")


@pytest.mark.usefixtures("deadline_passed")
def test_without_a_yes_the_class_stays(quad) -> None:
    suid = _in_autumn(quad, "CS106A")
    quad.text("I want to drop CS106A", suid, "w-no")
    quad.text("no, keep it", suid, "w-no")
    assert [e["code"] for e in quad.enrollments(suid)] == ["CS106A"]
    assert _withdrawn(quad, suid) == []
