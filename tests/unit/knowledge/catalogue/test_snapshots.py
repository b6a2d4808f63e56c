"""When the index is built anew, and that seats are counted at every question."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.model.courses import Grading
from knowledge.model.students import Status, Student
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork

_TODAY = date(2018, 11, 15)


def test_the_snapshot_is_kept_while_the_catalogue_stays(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    first = index.current()
    with units.write() as work:
        admin = Administration(work, _TODAY, "test")
        admin.put_student(Student("05971111", "A", "Undeclared"))
    assert index.current() is first


def test_a_change_of_a_section_makes_a_new_one(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    first = index.current()
    section = next(found[0] for found in first.sections.values() if found)
    with units.write() as work:
        Administration(work, _TODAY, "test").set_capacity(section.class_id, 77)
    second = index.current()
    assert second.version > first.version
    changed = [s for s in second.sections[section.course_id] if s.class_id == section.class_id]
    assert changed[0].capacity == 77


def test_a_seat_taken_a_moment_ago_is_counted(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    snapshot = index.current()
    section = snapshot.sections[snapshot.by_code["CS106A"].course_id][0]
    with units.write() as work:
        work.students.add_enrollment("05990001", section, 5, Grading.LETTER, Status.ENROLLED)
        work.students.add_enrollment("05990002", section, 5, Grading.LETTER, Status.WAITLISTED)
    hit = search(index, CourseQuery(codes=("CS106A",))).hits[0]
    shown = next(s for s in hit.sections if s.class_id == section.class_id)
    assert (shown.enrolled, shown.waitlisted) == (section.enrolled + 1, section.waitlisted + 1)
    assert shown.seats_left == section.capacity - section.enrolled - 1
    assert index.with_seats(()) == ()


def test_every_code_leads_to_its_course(catalogue: UnitOfWork) -> None:
    snapshot = CatalogueIndex(catalogue).current()
    for course in snapshot.courses.values():
        assert all(snapshot.by_code[str(code)] is course for code in course.codes)
    assert snapshot.by_code["LINGUIST180"] is snapshot.by_code["CS124"]
    assert set(snapshot.sections) == set(snapshot.courses)


def test_threads_that_ask_at_once_share_one_snapshot(catalogue: UnitOfWork) -> None:
    index = CatalogueIndex(catalogue)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: index.current(), range(6)))
    assert all(snapshot is found[0] for snapshot in found)
