"""The registrar on a real database: races of threads and processes, waitlists, the audit."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from knowledge import errors
from knowledge.model.students import Status, Student
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
SEATS = 5


def _class_id(units: UnitOfWork, code: str = "CS106A") -> int:
    with units.read() as work:
        course = work.catalogue.course(code)
        return next(
            s.class_id
            for s in work.catalogue.sections(course.course_id)
            if str(s.term) == "Winter 2019"
        )


def _students(units: UnitOfWork, count: int) -> list[str]:
    suids = [f"0596{number:04d}" for number in range(count)]
    with units.write() as work:
        for suid in suids:
            student = Student(suid, suid, "Undeclared", completed_all=True)
            Administration(work, TODAY, "test").put_student(student)
    return suids


def _enroll(units: UnitOfWork, suid: str, class_id: int) -> Status | str:
    try:
        with units.write() as work:
            wish = Wish(accept_waitlist=True)
            return Registrar(work, TODAY, "test").enroll(suid, class_id, wish).status
    except errors.QuadError as error:
        return error.problem


def _race(url: str, suids: list[str], class_id: int) -> None:
    units = UnitOfWork.at(url)
    for suid in suids:
        _enroll(units, suid, class_id)
    units.close()


def _small(units: UnitOfWork) -> int:
    class_id = _class_id(units)
    with units.write() as work:
        Administration(work, TODAY, "test").set_capacity(class_id, SEATS)
    return class_id


def test_threads_never_oversell(units: UnitOfWork) -> None:
    class_id, suids = _small(units), _students(units, 16)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda suid: _enroll(units, suid, class_id), suids))
    assert outcomes.count(Status.ENROLLED) == SEATS
    assert outcomes.count(Status.WAITLISTED) == 11


def test_processes_never_oversell(units: UnitOfWork, database_url: str) -> None:
    class_id, suids = _small(units), _students(units, 32)
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_race, args=(database_url, suids[start::8] + suids[:4], class_id))
        for start in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    with units.read() as work:
        section = work.catalogue.section(class_id)
        waiting = work.students.waitlist(class_id)
        rows = [e for s in suids for e in work.students.enrollments(s)]
    assert section.enrolled == SEATS
    assert len(rows) == section.enrolled + section.waitlisted == 32
    assert [row.sequence for row in waiting] == sorted(row.sequence for row in waiting)


def test_a_freed_seat_goes_to_the_first_in_line(units: UnitOfWork) -> None:
    class_id, suids = _small(units), _students(units, 8)
    for suid in suids:
        _enroll(units, suid, class_id)
    with units.write() as work:
        Registrar(work, TODAY, "test").drop(suids[0], class_id)
    with units.read() as work:
        first, second = (work.students.enrollments(s)[0] for s in suids[5:7])
    assert first.status is Status.ENROLLED
    assert (second.status, second.position) == (Status.WAITLISTED, 1)


def test_more_seats_promote_the_waitlist_in_order(units: UnitOfWork) -> None:
    class_id, suids = _small(units), _students(units, 8)
    for suid in suids:
        _enroll(units, suid, class_id)
    with units.write() as work:
        assert Administration(work, TODAY, "test").set_capacity(class_id, SEATS + 2) == 2
    with units.read() as work:
        assert work.students.enrollments(suids[7])[0].position == 1


def test_a_swap_that_fails_keeps_the_old_seat(units: UnitOfWork) -> None:
    old, new = _class_id(units), _class_id(units, "CS106B")
    with units.write() as work:
        student = Student("05960001", "A", "Undeclared")
        Administration(work, TODAY, "test").put_student(student)
    _enroll(units, "05960001", old)
    with pytest.raises(errors.PrerequisiteMissing), units.write() as work:
        Registrar(work, TODAY, "test").swap("05960001", old, new, Wish())
    with units.read() as work:
        assert [e.class_id for e in work.students.enrollments("05960001")] == [old]


def test_every_act_is_in_the_audit_with_its_actor(units: UnitOfWork) -> None:
    class_id, (suid,) = _class_id(units), _students(units, 1)
    _enroll(units, suid, class_id)
    with units.write() as work:
        Registrar(work, TODAY, "student:x").drop(suid, class_id)
    with units.read() as work:
        latest = [(row.act, row.actor, row.key) for row in work.audit.latest(2)]
    assert latest == [
        ("drop", "student:x", f"{suid}/{class_id}"),
        ("enroll", "test", f"{suid}/{class_id}"),
    ]


def test_a_crash_in_the_middle_leaves_nothing(units: UnitOfWork) -> None:
    class_id, (suid,) = _class_id(units), _students(units, 1)

    def crash() -> None:
        with units.write() as work:
            Registrar(work, TODAY, "test").enroll(suid, class_id, Wish())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    with units.read() as work:
        assert work.students.enrollments(suid) == []
        assert work.audit.latest(1)[0].act == "put-student"


def test_preparing_twice_fills_once(database_url: str, tmp_path: Path) -> None:
    from knowledge.sample.load import prepare

    again = UnitOfWork.at(database_url)
    assert prepare(again) is False
    again.close()
