"""When the index is built anew, and that seats are counted at every question."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from seated import seat

from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.model.students import Status, Student
from knowledge.registrar.administration import Administration
from knowledge.storage.orm import CourseRow, SectionRow
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


def _edited(units: UnitOfWork, course_id: int, title: str) -> None:
    with units.write() as work:
        work.session.get_one(CourseRow, course_id).title = title
        work.audit.note("test", "edit", "courses", str(course_id), None, {"title": title})


def test_an_edited_course_is_found_by_its_new_words_alone(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    course = index.current().by_code["CS230"]
    _edited(units, course.course_id, "Apiculture")
    assert search(index, CourseQuery(text="apiculture")).hits[0].course.title == "Apiculture"
    assert index.current().by_code["CS230"].title == "Apiculture"
    assert len(index.current().courses) == len(index.current().slots)
    plain = CatalogueIndex(units)
    for text in ("deep learning", "apiculture", "history of art"):
        query = CourseQuery(text=text, limit=500)
        assert search(index, query) == search(plain, query), text


def test_a_section_moved_to_another_course_is_found_there_alone(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    before = index.current()
    old, new = before.by_code["PHIL137"].course_id, before.by_code["PHIL151"].course_id
    moved = {section.class_id for section in before.sections[old]}
    with units.write() as work:
        for class_id in moved:
            work.session.get_one(SectionRow, class_id).course_id = new
            work.audit.note("test", "move", "sections", str(class_id), {}, {})
    after = index.current()
    assert after.sections[old] == ()
    assert moved < {section.class_id for section in after.sections[new]}
    assert search(index, CourseQuery(codes=("PHIL137",), academic_start=2018)).total == 0
    assert search(index, CourseQuery(codes=("PHIL137",))).total == 1


def test_terms_and_unknown_keys_mean_reading_everything_again(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    before = index.current()
    with units.write() as work:
        work.audit.note("test", "edit", "terms", "1194", None, None)
    after = index.current()
    assert after is not before
    assert after.courses == before.courses
    assert len(after.columns.courses) == len(after.courses)


def test_a_seat_taken_a_moment_ago_is_counted(units: UnitOfWork) -> None:
    index = CatalogueIndex(units)
    snapshot = index.current()
    section = snapshot.sections[snapshot.by_code["CS106A"].course_id][0]
    with units.write() as work:
        seat(work, "05990001", section)
        seat(work, "05990002", section, status=Status.WAITLISTED)
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
