"""The programme files against the catalogue, and faults in them by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model.programmes import Carrying, Listed, UnitsIn
from knowledge.registrar.planning.progress import progress
from knowledge.sample.courses import read
from knowledge.sample.people import _PROGRAMMES
from knowledge.sample.programmes import FOLDER, ProgrammeInvalid, programmes
from knowledge.sample.students import sign_in_students

COURSES = [item.course for item in read()]
CODES = {code for course in COURSES for code in course.codes}


def test_every_student_has_a_programme_that_is_on_file() -> None:
    assert set(_PROGRAMMES) <= programmes().keys()
    assert {student.programme for student in sign_in_students()} <= programmes().keys()


def test_every_code_is_in_the_catalogue_and_every_requirement_can_be_met() -> None:
    for programme in programmes().values():
        for requirement in programme.requirements:
            rule = requirement.rule
            if isinstance(rule, Listed):
                assert rule.codes <= CODES, (programme.name, requirement.name)
            fitting = [course for course in COURSES if rule.accepts(course)]
            enough = sum(rule.worth(course) for course in fitting)
            assert enough >= rule.needed, (programme.name, requirement.name)
            assert requirement.overlaps is isinstance(rule, Carrying)


def test_who_has_taken_everything_has_met_everything() -> None:
    for programme in programmes().values():
        open_ones = [s.requirement.name for s in progress(programme, COURSES) if s.remains]
        assert open_ones == [], programme.name


def test_majors_inherit_the_general_requirements() -> None:
    known = programmes()
    general = known["Undeclared"].requirements
    assert known["History BA"].requirements[-len(general) :] == general
    assert not any(r.overlaps for r in known["Statistics MS"].requirements)
    electives = known["History BA"].requirements[3].rule
    assert electives == UnitsIn(30, frozenset({"HISTORY"}), 100, 299)


def test_the_files_say_that_they_are_samples() -> None:
    for path in FOLDER.glob("*.yml"):
        assert {"synthetic", "sample:"} <= set(path.read_text().split())


@pytest.mark.parametrize(
    ("text", "requirement", "key"),
    [
        ("- a list", "", "programme"),
        ("programme: [", "", "yaml"),
        ("programme: P\nrequirements: []", "", "requirements"),
        ("programme: P\nother: 1\nrequirements: [{name: A, all: CS1}]", "", "other"),
        ("programme: P\nalso: Q\nrequirements: [{name: A, all: CS1}]", "", "also"),
        ("programme: P\nrequirements: [{all: CS1}]", "", "name"),
        ("programme: P\nrequirements: [{name: A}]", "A", "rule"),
        ("programme: P\nrequirements: [{name: A, al: CS1}]", "A", "al"),
        ("programme: P\nrequirements: [{name: A, all: 7}]", "A", "all"),
        ("programme: P\nrequirements: [{name: A, all: CS}]", "A", "all"),
        ("programme: P\nrequirements: [{name: A, some: 3, of: CS1 CS2}]", "A", "some"),
        ("programme: P\nrequirements: [{name: A, some: 0, of: CS1}]", "A", "some"),
        ("programme: P\nrequirements: [{name: A, units: 5}]", "A", "subjects"),
        (
            "programme: P\nrequirements: [{name: A, units: 5, subjects: CS, numbers: 9-1}]",
            "A",
            "numbers",
        ),
        (
            "programme: P\nrequirements: [{name: A, all: CS1}, {name: A, all: CS2}]",
            "A",
            "name",
        ),
    ],
)
def test_a_fault_names_file_requirement_and_key(
    tmp_path: Path, text: str, requirement: str, key: str
) -> None:
    (tmp_path / "p.yml").write_text(text)
    with pytest.raises(ProgrammeInvalid) as caught:
        programmes(tmp_path)
    found = caught.value
    assert (found.file, found.requirement, found.key) == ("p.yml", requirement, key)
