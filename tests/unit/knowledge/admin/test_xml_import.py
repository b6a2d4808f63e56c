"""ExploreCourses' XML into the database: what it tells, what it does not, and what outlives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from small_registrar import ALG, AUTUMN, TODAY, WINTER, SmallRegistrar

from knowledge.admin.editing import Editor
from knowledge.admin.facts import Table
from knowledge.admin.importing import Importer
from knowledge.admin.previews import Preview, Removals
from knowledge.formats.records import (
    AdministrativeInformation,
    CourseRecord,
    Instructor,
    Schedule,
    SectionRecord,
)
from knowledge.formats.xml_writer import write_xml
from knowledge.model.codes import CourseCode
from knowledge.model.courses import UNCAPPED
from knowledge.model.schedule import Day

GEO, MAP = CourseCode("GEO", 210), CourseCode("MAP", 210)


def _section(class_id: int, number: str = "01", **more: object) -> SectionRecord:
    people = (Instructor("Sample, A.", "Ada", "", "Sample"), Instructor("Helper, B.", role="TA"))
    days = frozenset({Day.MONDAY, Day.WEDNESDAY})
    schedule = Schedule(None, None, days, time(9), time(9, 50), "Hall 1", people)
    plain = SectionRecord(
        class_id, WINTER, GEO, 77, (3, 4), number, "LEC", 0, 20, 0, 5, schedules=(schedule,)
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _course(code: CourseCode = GEO, *sections: SectionRecord, **more: object) -> CourseRecord:
    told = AdministrativeInformation(77, academic_organization="GEO", career="GR")
    plain = CourseRecord(
        2018, code, "Maps", "Of maps.", ("WAY-SI",), False, "Letter (ABCD/NP)", 3, 4, told
    )
    return replace(plain, sections=sections, **more)  # type: ignore[arg-type]


def _bring(importer: Importer, path: object, seen: Preview) -> None:
    importer.confirm(path, "x", seen.sha256, seen.catalogue_version, seen.removals)  # type: ignore[arg-type]


def test_listings_are_one_course_and_a_lab_finds_its_lecture(
    importer: Importer, preview: Callable[..., Preview], small: SmallRegistrar, tmp_path
) -> None:
    lecture, lab = _section(ALG, capacity=None), _section(556, "02", component="LAB")
    listed = [_course(GEO, lecture, lab), _course(MAP, replace(lecture, code=MAP))]
    seen = preview(write_xml(listed))
    assert (seen.faults, seen.counts) == ((), {"courses": {"new": 1}, "sections": {"new": 2}})
    assert seen.scope == ("GEO", "GEO, Winter 2019")
    _bring(importer, tmp_path / "file", seen)
    with small.units.read() as work:
        course = work.catalogue.course("MAP210")
        first, second = work.catalogue.sections(course.course_id)
    assert [str(code) for code in course.codes] == ["GEO210", "MAP210"]
    assert (course.level, course.title) == ("graduate", "Maps")
    # The class id is one of another section here, so a new one is given and the old one kept.
    assert first.class_id != ALG
    assert first.extras["source_class_id"] == ALG
    assert (first.capacity, second.parent) == (UNCAPPED, first.class_id)
    assert first.instructors == ("Ada Sample",)
    again = preview(write_xml(listed))
    assert again.counts == {"courses": {"unchanged": 1}, "sections": {"unchanged": 2}}


def test_sure_prose_is_a_rule_and_unsure_prose_is_only_shown(
    importer: Importer, preview: Callable[..., Preview], small: SmallRegistrar, tmp_path
) -> None:
    sure = _course(description="Maps. Prerequisite: ALG 101.")
    told = replace(sure.administration, course_id=78)
    text = "More. Prerequisites: ALG 101 and much curiosity about what lies beyond, or the like."
    unsure = replace(sure, code=CourseCode("GEO", 220), description=text, administration=told)
    seen = preview(write_xml([sure, unsure]))
    _bring(importer, tmp_path / "file", seen)
    with small.units.read() as work:
        first, second = work.catalogue.course("GEO210"), work.catalogue.course("GEO220")
    assert (str(first.prerequisites), first.prerequisite_confidence > 0.8) == ("ALG101", True)
    assert second.prerequisites is None
    assert "curiosity" in second.prerequisite_prose


def test_a_rule_that_an_admin_wrote_outlives_the_prose(
    importer: Importer, preview: Callable[..., Preview], small: SmallRegistrar, tmp_path
) -> None:
    record = _course(description="Maps. Prerequisite: ALG 101.")
    _bring(importer, tmp_path / "file", preview(write_xml([record])))
    with small.units.write() as work:
        key = str(work.catalogue.course("GEO210").course_id)
        changes = {"prerequisites": "BIO101 and CAL101"}
        Editor(work, TODAY, "x").change(Table.COURSES, key, 1, changes)
    assert preview(write_xml([record])).counts == {"courses": {"unchanged": 1}}


def test_an_unknown_term_is_a_fault_of_its_line(preview: Callable[..., Preview]) -> None:
    later = replace(AUTUMN, year=2040)
    seen = preview(write_xml([_course(GEO, _section(555, term=later))]), Removals.REFUSE)
    assert [(f.column, f.problem, f.value) for f in seen.faults] == [
        ("term", "unknown-term", "Autumn 2040")
    ]
