"""What the XML mock says of a course that an import filled in: facts kept, capless, consent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from knowledge.catalogue.index import CatalogueIndex
from knowledge.formats.records import CourseRecord, Tag
from knowledge.mocks.explorecourses_records import course_records
from knowledge.model.courses import UNCAPPED, Level
from knowledge.storage.unit_of_work import UnitOfWork

EXTRAS = {
    "grading": "Medical Option (Med-Ltr-CR/NC)",
    "remote": True,
    "tags": [{"organization": "WIM", "name": "cs"}],
    "administration": {"academic_group": "MED", "final_exam": False},
}
SECTION_EXTRAS = {
    "add_consent": "D",
    "drop_consent": "I",
    "instruction_mode": "P",
    "notes": "Bring chalk.",
    "people": [
        {"name": "Nightingale, F.", "first": "Florence", "last": "Nightingale", "role": "TA"}
    ],
}


def _listed(catalogue: UnitOfWork, course: dict[str, Any], section: dict[str, Any]) -> CourseRecord:
    snapshot = CatalogueIndex(catalogue).current()
    found = snapshot.by_code["CS229"]
    sections = tuple(
        replace(s, **section)
        for s in snapshot.sections[found.course_id]
        if s.term.academic_year_start == 2018
    )
    return next(course_records(snapshot, replace(found, **course), sections, 2018))


def test_facts_kept_by_an_import_are_told_again(catalogue: UnitOfWork) -> None:
    given = {"extras": EXTRAS, "level": Level.MEDICINE}
    record = _listed(catalogue, given, {"extras": SECTION_EXTRAS, "add_consent": True})
    assert (record.grading, record.remote) == ("Medical Option (Med-Ltr-CR/NC)", True)
    assert record.tags == (Tag("WIM", "cs"),)
    said = record.administration
    assert (said.academic_group, said.final_exam, said.career) == ("MED", False, "MED")
    section = record.sections[0]
    assert (section.add_consent, section.drop_consent) == ("D", "I")
    assert (section.instruction_mode, section.notes) == ("P", "Bring chalk.")
    people = section.schedules[0].instructors
    assert [person.role for person in people] == ["PI", "TA"]
    assert people[-1].full_name == "Florence Nightingale"


def test_no_cap_consent_and_cancelled(catalogue: UnitOfWork) -> None:
    (section, *_) = _listed(catalogue, {}, {"capacity": UNCAPPED, "add_consent": True}).sections
    assert (section.capacity, section.add_consent, section.status) == (None, "I", "Open")
    (section, *_) = _listed(catalogue, {}, {"cancelled": True}).sections
    assert (section.status, section.add_consent) == ("Closed", "N")


def test_repetition(catalogue: UnitOfWork) -> None:
    for given, times in (
        ({"repeatable": False, "max_times": None}, 1),
        ({"repeatable": True, "max_times": None}, None),
        ({"repeatable": True, "max_times": 3}, 3),
    ):
        assert _listed(catalogue, given, {}).administration.max_times == times


def test_imported_prose_is_not_said_twice(catalogue: UnitOfWork) -> None:
    prose = "Prerequisites: CS 109 and MATH 51."
    given = {"description": f"Learning. {prose}", "prerequisite_prose": prose}
    assert _listed(catalogue, given, {}).description == f"Learning. {prose}"
    assert "Prerequisite: " in _listed(catalogue, {}, {}).description
