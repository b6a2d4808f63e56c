"""Rules whose facts lie in the database: labs, kept seats, numbers, petitions, W."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import errors
from knowledge.model.codes import CourseCode
from knowledge.model.students import Decision, Enrollment, Petition, Status, Student
from knowledge.model.terms import Quarter, Term
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Dropped, Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
A, B, C = "05960001", "05960002", "05960003"
WINTER, SPRING = Term(Quarter.WINTER, 2019), Term(Quarter.SPRING, 2019)


def _student(units: UnitOfWork, suid: str, **more: object) -> str:
    record = {"completed_all": True, "groups": frozenset({"undergraduate"}), **more}
    with units.write() as work:
        Administration(work, TODAY, "test").put_student(Student(suid, suid, "Undeclared", **record))
    return suid


def _enroll(
    units: UnitOfWork, suid: str, class_id: int, today: date = TODAY, **wish: object
) -> Enrollment | Petition:
    with units.write() as work:
        return Registrar(work, today, "test").enroll(suid, class_id, Wish(**wish))


def _drop(units: UnitOfWork, suid: str, class_id: int, today: date, **how: bool) -> Dropped:
    with units.write() as work:
        return Registrar(work, today, "test").drop(suid, class_id, **how)


def _classes(units: UnitOfWork, code: str, term: Term = WINTER) -> list[int]:
    """The class ids of a course in a term: the lecture, then its labs."""
    with units.read() as work:
        found = work.catalogue.sections(work.catalogue.course(code).course_id, term)
        return [s.class_id for s in sorted(found, key=lambda s: s.parent is not None)]


def _capacity(units: UnitOfWork, class_id: int, seats: int) -> int:
    with units.write() as work:
        return Administration(work, TODAY, "test").set_capacity(class_id, seats)


def test_a_lab_has_seats_of_its_own_that_come_back(units: UnitOfWork) -> None:
    lecture, lab, *_ = _classes(units, "PHYSICS43", SPRING)
    for suid in (A, B):
        _student(units, suid)
    with units.read() as work:
        before = work.catalogue.section(lab)
    _enroll(units, A, lecture, linked=lab)
    with units.read() as work:
        assert work.catalogue.section(lab).enrolled == before.enrolled + 1
        assert work.students.enrollment(A, lecture).linked_class_id == lab
    _capacity(units, lab, before.enrolled + 1)
    with pytest.raises(errors.SectionFull):
        _enroll(units, B, lecture, linked=lab)
    _drop(units, A, lecture, TODAY)
    assert _enroll(units, B, lecture, linked=lab).status is Status.ENROLLED


def test_more_seats_in_a_lab_let_the_lectures_line_move(units: UnitOfWork) -> None:
    lecture, *labs = _classes(units, "PHYSICS43", SPRING)
    _student(units, A)
    with units.read() as work:
        enrolled = {i: work.catalogue.section(i).enrolled for i in (lecture, *labs)}
    _capacity(units, lecture, enrolled[lecture])
    assert _enroll(units, A, lecture, linked=labs[0], accept_waitlist=True).position is not None
    for lab in labs:
        _capacity(units, lab, enrolled[lab])
    _capacity(units, lecture, enrolled[lecture] + 9)
    with units.read() as work:
        assert work.students.enrollment(A, lecture).status is Status.WAITLISTED
    assert _capacity(units, labs[1], enrolled[labs[1]] + 9) >= 1
    with units.read() as work:
        moved = work.students.enrollment(A, lecture)
    assert (moved.status, moved.linked_class_id) == (Status.ENROLLED, labs[1])


def test_kept_seats_go_to_their_group_alone(units: UnitOfWork) -> None:
    (section,) = _classes(units, "CS194")
    with units.read() as work:
        taken = work.catalogue.section(section).enrolled
        members = work.catalogue.seats.in_groups(section)["Computer Science BS"]
    _capacity(units, section, taken + 30 - members)
    _student(units, A)
    _student(units, B, groups=frozenset({"Computer Science BS"}))
    with pytest.raises(errors.SeatsReserved):
        _enroll(units, A, section)
    assert _enroll(units, B, section).status is Status.ENROLLED
    with pytest.raises(errors.SeatsReserved):
        _enroll(units, A, section)
    assert _enroll(units, A, section, today=date(2019, 1, 5)).status is Status.ENROLLED


def test_a_permission_number_works_once(units: UnitOfWork) -> None:
    (section,) = _classes(units, "MUSIC172A")
    for suid in (A, B):
        _student(units, suid, completed_all=False)
    with pytest.raises(errors.ConsentRequired):
        _enroll(units, A, section)
    with units.write() as work:
        number = Administration(work, TODAY, "test").give_permission(section).number
    assert _enroll(units, A, section, permission=number).status is Status.ENROLLED
    with pytest.raises(errors.PermissionInvalid) as refusal:
        _enroll(units, B, section, permission=number)
    assert refusal.value.reason == "used"


def test_a_refused_wish_does_not_use_the_number_up(units: UnitOfWork) -> None:
    (section,) = _classes(units, "MUSIC172A")
    _student(units, A, completed_all=False, holds=("fee",))
    with units.write() as work:
        number = Administration(work, TODAY, "test").give_permission(section).number
    with pytest.raises(errors.EnrollmentHold):
        _enroll(units, A, section, permission=number)
    _student(units, A, completed_all=False)
    assert _enroll(units, A, section, permission=number).status is Status.ENROLLED


def test_a_petition_is_filed_decided_and_then_counts(units: UnitOfWork) -> None:
    (section,) = _classes(units, "CS106A")
    _student(units, A, max_units=3)
    with pytest.raises(errors.UnitLimitExceeded):
        _enroll(units, A, section)
    filed = _enroll(units, A, section, petition=True)
    assert isinstance(filed, Petition)
    assert (filed.units, filed.decision) == (5, Decision.PENDING)
    with pytest.raises(errors.PetitionPending):
        _enroll(units, A, section, petition=True)
    with units.write() as work:
        acting = Administration(work, TODAY, "admin:ada")
        acting.decide_petition(filed.petition_id, Decision.APPROVED)
    assert _enroll(units, A, section).status is Status.ENROLLED
    with units.read() as work:
        acts = [row.act for row in work.audit.latest(3)]
    assert acts == ["enroll", "decide-petition", "file-petition"]


def test_a_petition_of_nobody_is_unknown(units: UnitOfWork) -> None:
    with pytest.raises(errors.UnknownPetition), units.write() as work:
        Administration(work, TODAY, "test").decide_petition(77, Decision.DENIED)


def test_leaving_late_leaves_a_w_and_frees_the_seat(units: UnitOfWork) -> None:
    (section,) = _classes(units, "CS106A")
    _student(units, A)
    _enroll(units, A, section)
    late = date(2019, 3, 5)
    with pytest.raises(errors.WithdrawalOnly):
        _drop(units, A, section, late)
    done = _drop(units, A, section, late, withdraw=True)
    assert done.withdrawn
    with units.read() as work:
        assert work.students.enrollments(A) == []
        (mark,) = work.students.withdrawals(A)
        assert work.audit.latest(1)[0].act == "withdraw"
    assert (mark.code, mark.term, mark.units, mark.on) == (
        CourseCode.parse("CS106A"),
        WINTER,
        5,
        late,
    )


def test_a_course_moves_to_another_quarter_as_one_act(units: UnitOfWork) -> None:
    (winter,), (spring,) = _classes(units, "CS106A"), _classes(units, "CS106A", SPRING)
    (other,) = _classes(units, "CS106B", SPRING)
    _student(units, A)
    _enroll(units, A, winter)
    with pytest.raises(errors.AlreadyEnrolled):
        _enroll(units, A, spring)
    with pytest.raises(errors.ClassChoiceInvalid), units.write() as work:
        Registrar(work, TODAY, "test").swap(A, winter, other, Wish())
    with units.write() as work:
        Registrar(work, TODAY, "test").swap(A, winter, spring, Wish())
    with units.read() as work:
        assert [e.class_id for e in work.students.enrollments(A)] == [spring]


def test_another_lab_of_the_same_lecture_even_when_the_lecture_is_full(
    units: UnitOfWork,
) -> None:
    lecture, lab, other, *_ = _classes(units, "PHYSICS43", SPRING)
    for suid in (A, B):
        _student(units, suid)
    _enroll(units, A, lecture, linked=lab)
    with units.read() as work:
        _capacity(units, lecture, work.catalogue.section(lecture).enrolled)
    assert _enroll(units, B, lecture, linked=lab, accept_waitlist=True).position is not None
    for wish in (Wish(), Wish(linked=lab)):
        with pytest.raises(errors.ClassChoiceInvalid), units.write() as work:
            Registrar(work, TODAY, "test").swap(A, lecture, lecture, wish)
    with units.write() as work:
        changed = Registrar(work, TODAY, "test").swap(A, lecture, lecture, Wish(linked=other))
    assert (changed.status, changed.linked_class_id) == (Status.ENROLLED, other)
    with units.read() as work:
        assert work.students.enrollment(B, lecture).status is Status.WAITLISTED
