"""Every field of a course, and every oddity that real servers show."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO

import pytest
from written import course, document, read_one, schedule, section

from knowledge.formats.faults import FieldInvalid
from knowledge.formats.records import Attribute, Instructor, LearningObjective, Tag
from knowledge.formats.xml_reader import read_departments, read_xml
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter, Term


def test_every_field_of_a_course() -> None:
    record = read_one(course())
    assert (record.code, record.course_id) == (CourseCode("ALG", 210, "B"), 700100)
    assert (record.academic_start, record.title) == (2019, "Rings and Ideals")
    assert record.description == "Ideals, modules & chains. Prerequisite: ALG 210A."
    assert record.gers == ("WAY-FR", "GER:DB-Math")
    assert (record.units_min, record.units_max, record.repeatable) == (3, 4, False)
    assert record.gradings == (Grading.LETTER, Grading.CREDIT)
    assert record.remote
    assert record.objectives == (LearningObjective("WAY-FR", "prove"),)
    assert record.attributes == (Attribute("NQTR", "WIN", "Winter", True, False),)
    assert record.tags == (Tag("ALG", "core"),)
    said = record.administration
    assert (said.career, said.final_exam, said.catalog_print) == ("GR", True, True)
    assert (said.schedule_print, said.max_units, said.max_times) == (False, 4, 1)
    assert record.oddities == ()
    assert record.line == 3


def test_every_field_of_a_section() -> None:
    (found,) = read_one(course()).sections
    assert found.key == (1204, 4711)
    assert found.term == Term(Quarter.WINTER, 2020)
    assert (found.number, found.component, found.units) == ("01", "LEC", (3, 3))
    assert (found.enrolled, found.capacity, found.waitlisted) == (12, 30, 0)
    assert (found.waitlist_capacity, found.status) == (5, "Open")
    assert (found.add_consent, found.drop_consent, found.instruction_mode) == ("I", "N", "P")
    assert found.notes == "Bring chalk."
    (pattern,) = found.schedules
    assert (pattern.starts, pattern.ends) == (date(2020, 1, 6), date(2020, 3, 13))
    assert (pattern.start, pattern.end) == (time(13, 30), time(14, 50))
    assert pattern.days == {Day.TUESDAY, Day.THURSDAY}
    assert pattern.instructors == (
        Instructor("Noether, E.", "Emmy", "", "Noether", "enoether", "PI"),
    )
    assert found.teachers == ("Emmy Noether",)
    assert [meeting.text for meeting in found.meetings] == ["Tue Thu 13:30-14:50, Hall of Tests 12"]
    assert found.oddities == ()


def test_a_bare_course_and_the_older_view_are_read_as_well() -> None:
    older = course(remote=None, sections=section(instructionMode=None))
    (record,) = read_xml(BytesIO(older.encode()))
    assert (record.remote, record.sections[0].instruction_mode) == (False, "")
    assert record.oddities == record.sections[0].oddities == ()


@pytest.mark.parametrize("written", ["0", "999", "1100", "9999"])
def test_numbers_that_mean_no_cap(written: str) -> None:
    (found,) = read_one(course(sections=section(maxClassSize=written))).sections
    assert found.capacity is None
    assert f"no-cap-{written}" in found.oddities


def test_a_waitlist_of_zero_is_none_and_one_of_999_has_no_cap() -> None:
    (none,) = read_one(course(sections=section(maxWaitlistSize="0"))).sections
    assert none.waitlist_capacity == 0
    (endless,) = read_one(course(sections=section(maxWaitlistSize="999"))).sections
    assert endless.waitlist_capacity is None


ODD_SECTIONS = [
    ({"schedules": schedule(days="\n   \n  Monday\n \n   Wednesday\n\n")}, "days-padded"),
    ({"schedules": schedule(startTime="", endTime="")}, "time-to-be-announced"),
    ({"schedules": schedule(startTime="TBA", endTime="TBA")}, "time-to-be-announced"),
    (
        {"schedules": schedule(startTime="12:00:00 AM", endTime="12:00:00 AM")},
        "midnight-for-no-time",
    ),
    ({"schedules": schedule(days="")}, "days-to-be-announced"),
    ({"schedules": schedule(location=None)}, "missing-location"),
    ({"schedules": schedule(instructors="")}, "no-instructor"),
    ({"schedules": ""}, "no-schedule"),
    ({"termId": "1206"}, "term-id-differs"),
    ({"termId": None}, "missing-termId"),
    ({"currentClassSize": "13"}, "numEnrolled-differs"),
    ({"maxClassSize": "40"}, "maxEnrolled-differs"),
    ({"numEnrolled": "31", "currentClassSize": "31"}, "over-capacity"),
    ({"subject": "MATH", "code": "210"}, "section-under-other-code"),
    ({"courseId": "700101"}, "course-id-differs"),
    ({"units": "5"}, "units-outside-course"),
    ({"addConsent": "Q"}, "unknown-addConsent"),
    ({"notes": None}, "missing-notes"),
    ({"notes": "read &amp;quot;Ideals&amp;quot;"}, "escaped-twice"),
]


@pytest.mark.parametrize(("odd", "slug"), ODD_SECTIONS)
def test_an_odd_section_is_read_and_said_to_be_odd(odd: dict[str, str | None], slug: str) -> None:
    (found,) = read_one(course(sections=section(**odd))).sections
    assert slug in found.oddities


ODD_COURSES = [
    ({"title": "Rings and Ideals (MATH 210B, CS 210X)"}, "listings-in-title"),
    ({"description": "&amp;quot;Rings&amp;quot;"}, "escaped-twice"),
    ({"grading": "By lot"}, "unknown-grading"),
    ({"gers": None}, "missing-gers"),
    ({"repeatable": "perhaps"}, "unclear-repeatable"),
    ({"sections": section() + section()}, "section-twice"),
    (
        {"sections": section(term="2020-2021 Winter", termId="1214")},
        "section-of-other-year",
    ),
]


@pytest.mark.parametrize(("odd", "slug"), ODD_COURSES)
def test_an_odd_course_is_read_and_said_to_be_odd(odd: dict[str, str | None], slug: str) -> None:
    assert slug in read_one(course(**odd)).oddities


def test_what_an_oddity_is_read_as() -> None:
    padded = section(schedules=schedule(days="\n \n Monday\n\n Wednesday \n"))
    record = read_one(course(title="Rings (MATH 210B)", sections=padded))
    assert record.title == "Rings"
    assert record.sections[0].schedules[0].days == {Day.MONDAY, Day.WEDNESDAY}
    twice = read_one(course(description="&amp;quot;Rings&amp;quot; &amp;amp; more"))
    assert twice.description == '"Rings" & more'
    unknown = read_one(course({"academicCareer": "NIGHT", "maxTimesRepeat": "99"}))
    assert "unknown-academicCareer" in unknown.oddities
    assert unknown.administration.max_times is None
    assert read_one(course(grading="By lot")).gradings == ()


BROKEN = [
    (course(code="B210"), "code", "B210"),
    (course(subject="A1G"), "subject", "A1G"),
    (course(title=""), "title", ""),
    (course(unitsMin="three"), "unitsMin", "three"),
    (course(unitsMin="5"), "unitsMax", "4"),
    (course(year="2019"), "year", "2019"),
    (course(year="2019-2021"), "year", "2019-2021"),
    (course({"courseId": None}), "courseId", ""),
    (course(administrativeInformation=None), "administrativeInformation", ""),
    (course(sections=section(classId="x")), "classId", "x"),
    (course(sections=section(classId="-4")), "classId", "-4"),
    (course(sections=section(term="2019-2020 Fall")), "term", "2019-2020 Fall"),
    (course(sections=section(term="2019-2025 Winter")), "term", "2019-2025 Winter"),
    (course(sections=section(units="4-3")), "units", "4-3"),
    (course(sections=section(maxClassSize="many")), "maxClassSize", "many"),
    (course(sections=section(schedules=schedule(days="Funday"))), "days", "Funday"),
    (course(sections=section(schedules=schedule(startTime="25:00"))), "startTime", "25:00"),
    (course(sections=section(schedules=schedule(startDate="soon"))), "startDate", "soon"),
    (
        course(sections=section(schedules=schedule(endTime="9:00:00 AM"))),
        "endTime",
        "09:00 after 13:30",
    ),
]


@pytest.mark.parametrize(("markup", "field", "value"), BROKEN)
def test_a_broken_field_is_named_with_its_line(markup: str, field: str, value: str) -> None:
    source = document(markup)
    with pytest.raises(FieldInvalid) as told:
        list(read_xml(BytesIO(source)))
    assert (told.value.field, told.value.value) == (field, value)
    line = source.decode().splitlines()[told.value.line - 1]
    assert field in line or "<" in line[told.value.column - 1 :]


def test_a_broken_course_costs_itself_alone_when_faults_are_taken() -> None:
    faults: list[FieldInvalid] = []
    source = document(course(), course(unitsMin="?"), course(code="211"), course(year="?"))
    records = list(read_xml(BytesIO(source), report=faults.append))
    assert [str(record.code) for record in records] == ["ALG210B", "ALG211"]
    assert [(fault.field, fault.record) for fault in faults] == [
        ("unitsMin", "ALG210B"),
        ("year", "ALG210B"),
    ]
    assert faults[0].line < faults[1].line


def test_departments_that_stand_twice_come_once() -> None:
    source = b"""<schools><school name="Arts &amp; Sciences">
      <department name="TAPS" longname="Drama"/><department name="TAPS" longname="Theater"/>
      <department name="MS&amp;E" longname="Management"/></school></schools>"""
    found = [(d.code, d.name, d.school) for d in read_departments(BytesIO(source))]
    assert found == [
        ("TAPS", "Drama", "Arts & Sciences"),
        ("MS&E", "Management", "Arts & Sciences"),
    ]
    with pytest.raises(FieldInvalid):
        list(read_departments(BytesIO(b"<schools><school><department/></school></schools>")))
