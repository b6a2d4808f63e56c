"""The sample catalogue keeps the contract's promises."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from knowledge.catalogue.index import CatalogueIndex
from knowledge.model.schedule import clash
from knowledge.model.terms import Quarter, Term
from knowledge.sample.courses import SampleInvalid, read
from knowledge.storage.unit_of_work import UnitOfWork

LECTURE_TERMS = (Term(Quarter.WINTER, 2019), Term(Quarter.SPRING, 2019))


@pytest.fixture(scope="module")
def snapshot(catalogue: UnitOfWork):
    return CatalogueIndex(catalogue).current()


def _sections(snapshot, code: str, term: Term):
    course = snapshot.by_code[code]
    return [s for s in snapshot.sections[course.course_id] if s.term == term]


def test_it_is_large_enough(snapshot) -> None:
    assert len(snapshot.courses) >= 300
    assert len(snapshot.departments) >= 15


def test_the_lectures_courses_are_offered_once(snapshot) -> None:
    for code, term in itertools.product(("CS106A", "CS106B", "CS230"), LECTURE_TERMS):
        assert len(_sections(snapshot, code, term)) == 1
    assert _sections(snapshot, "CS229", LECTURE_TERMS[0])
    assert "CS999" not in snapshot.by_code


@pytest.mark.parametrize("term", [*LECTURE_TERMS, Term(Quarter.WINTER, 2027)])
def test_the_lectures_classes_do_not_clash(snapshot, term: Term) -> None:
    group = [
        section
        for course in snapshot.courses.values()
        for section in snapshot.sections[course.course_id]
        if section.term == term
        and (
            str(course.code) in ("CS106A", "CS230")
            or any(code.subject == "HISTORY" for code in course.codes)
        )
    ]
    assert len(group) > 8
    pairs = itertools.combinations(group, 2)
    assert not [(a.code, b.code) for a, b in pairs if clash(a.meetings, b.meetings)]


def test_every_seat_that_is_taken_exists(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        sections = work.catalogue.sections()
    assert all(s.enrolled <= s.capacity and s.waitlisted <= s.waitlist_capacity for s in sections)
    assert any(section.waitlisted for section in sections)


def test_no_instructor_is_in_two_rooms_at_once(snapshot) -> None:
    sections = [section for found in snapshot.sections.values() for section in found]
    by_teacher: dict[tuple[str, Term], list] = {}
    for section in sections:
        by_teacher.setdefault((section.instructors[0], section.term), []).append(section)
    clashes = [
        (a.code, b.code)
        for taught in by_teacher.values()
        for a, b in itertools.combinations(taught, 2)
        if clash(a.meetings, b.meetings)
    ]
    assert clashes == []


def test_descriptions_have_no_common_opening() -> None:
    openings = [" ".join(o.course.description.split()[:4]).lower() for o in read()]
    assert len(set(openings)) >= len(openings) - 2
    assert len({o.course.description for o in read()}) == len(openings)


def test_students_keep_to_the_rules(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        students = work.students.all()
        assert len(students) >= 200
        for student in students[:60]:
            held = work.students.enrollments(student.suid)
            assert len({(e.code, e.term) for e in held}) == len(held)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("units: three", "units"),
        ("units: 3\n    colour: red", "colour"),
        ("units: 3\n    prerequisites: CS and", "prerequisites"),
    ],
)
def test_a_fault_in_a_course_file_is_named(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "X.yml").write_text(
        "department: {code: X, name: X, school: S}\n"
        "courses:\n  - code: X1\n    title: T\n    level: undergraduate\n    terms: [Winter]\n"
        f"    size: small\n    topics: [x]\n    description: d\n    {text}\n"
    )
    with pytest.raises(SampleInvalid) as fault:
        read(tmp_path)
    assert (fault.value.file, fault.value.course, fault.value.key) == ("X.yml", "X1", key)
