"""ExploreCourses' XML views with the real element names, so that its public clients can read us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from xml.etree import ElementTree as ET

from knowledge.catalogue.index import Snapshot
from knowledge.catalogue.query import CourseHit
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Grading, Section
from knowledge.model.schedule import Meeting
from knowledge.model.terms import TermDates

_GRADING = {
    (Grading.LETTER, Grading.CREDIT): "Letter or Credit/No Credit",
    (Grading.LETTER,): "Letter (ABCD/NP)",
    (Grading.CREDIT,): "Credit/No Credit",
    (Grading.SATISFACTORY,): "Satisfactory/No Credit",
}


def departments(snapshot: Snapshot) -> bytes:
    """The list of schools and their departments."""
    root = ET.Element("schools")
    schools: dict[str, ET.Element] = {}
    for department in snapshot.departments:
        school = schools.get(department.school)
        if school is None:
            school = schools[department.school] = ET.SubElement(
                root, "school", name=department.school
            )
        ET.SubElement(school, "department", name=department.code, longname=department.name)
    return _document(root)


def courses(snapshot: Snapshot, hits: Iterable[CourseHit], academic_start: int | None) -> bytes:
    """Courses with their sections; a cross-listed course stands under each of its codes."""
    root = ET.Element("xml")
    ET.SubElement(root, "latestVersion").text = "20200810"
    listed = ET.SubElement(root, "courses")
    for hit in hits:
        for code in hit.course.codes:
            _course(listed, snapshot, hit, code, academic_start)
    return _document(root)


def _document(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _fields(parent: ET.Element, **values: object) -> None:
    for name, value in values.items():
        ET.SubElement(parent, name).text = str(value)


def _course(
    parent: ET.Element,
    snapshot: Snapshot,
    hit: CourseHit,
    code: CourseCode,
    academic_start: int | None,
) -> None:
    course, element = hit.course, ET.SubElement(parent, "course")
    year = f"{academic_start}-{academic_start + 1}" if academic_start is not None else ""
    _fields(
        element,
        year=year,
        subject=code.subject,
        code=code.catalogue_number,
        title=course.title,
        description=_prose(course),
        gers=", ".join(course.requirements),
        repeatable="true" if course.repeatable else "false",
        grading=_GRADING[course.gradings],
        unitsMin=course.units_min,
        unitsMax=course.units_max,
        remote="false",
    )
    ET.SubElement(element, "learningObjectives")
    sections = ET.SubElement(element, "sections")
    for section in hit.sections:
        _section(sections, snapshot, section, course, code)
    _administrative(element, course)
    ET.SubElement(element, "attributes")
    ET.SubElement(element, "tags")


def _prose(course: Course) -> str:
    """As in the original, prerequisites stand only as prose in the description."""
    if course.prerequisites is None:
        return course.description
    return f"{course.description} Prerequisite: {course.prerequisites}."


def _administrative(parent: ET.Element, course: Course) -> None:
    _fields(
        ET.SubElement(parent, "administrativeInformation"),
        courseId=course.course_id,
        effectiveStatus="A",
        offerNumber=1,
        academicGroup="",
        academicOrganization=course.code.subject,
        academicCareer=course.level.career,
        finalExamFlag="Y",
        catalogPrint="Y",
        schedulePrint="Y",
        maxUnitsRepeat=course.units_max,
        maxTimesRepeat=99 if course.repeatable else 1,
    )


def _section(
    parent: ET.Element, snapshot: Snapshot, section: Section, course: Course, code: CourseCode
) -> None:
    element, term = ET.SubElement(parent, "section"), section.term
    start = term.academic_year_start
    _fields(
        element,
        classId=section.class_id,
        term=f"{start}-{start + 1} {term.quarter}",
        termId=term.term_id,
        subject=code.subject,
        code=code.catalogue_number,
        units=_units(course),
        sectionNumber=section.number,
        component=section.component,
        numEnrolled=section.enrolled,
        maxEnrolled=section.capacity,
        numWaitlist=section.waitlisted,
        maxWaitlist=section.waitlist_capacity,
        enrollStatus="Open" if section.seats_left else "Closed",
        addConsent="N",
        dropConsent="N",
        instructionMode="",
        courseId=course.course_id,
    )
    schedules = ET.SubElement(element, "schedules")
    dates = snapshot.calendar.find(term)
    for meeting in section.meetings:
        _schedule(schedules, meeting, dates, section.instructors)
    _fields(
        element,
        currentClassSize=section.enrolled,
        maxClassSize=section.capacity,
        currentWaitlistSize=section.waitlisted,
        maxWaitlistSize=section.waitlist_capacity,
        notes="",
    )
    ET.SubElement(element, "attributes")


def _units(course: Course) -> str:
    low, high = course.units_min, course.units_max
    return str(low) if low == high else f"{low}-{high}"


def _schedule(
    parent: ET.Element, meeting: Meeting, dates: TermDates | None, instructors: tuple[str, ...]
) -> None:
    element = ET.SubElement(parent, "schedule")
    _fields(
        element,
        startDate=f"{dates.starts:%b %-d, %Y}" if dates else "",
        endDate=f"{dates.ends:%b %-d, %Y}" if dates else "",
        startTime=_clock(meeting.start),
        endTime=_clock(meeting.end),
        location=meeting.room,
        days="\n".join(day.full_name for day in sorted(meeting.days)),
    )
    people = ET.SubElement(element, "instructors")
    for name in instructors:
        first, _, last = name.partition(" ")
        person = ET.SubElement(people, "instructor")
        short = f"{last}, {first[:1]}."
        named = {"name": short, "firstName": first, "middleName": "", "lastName": last}
        _fields(person, **named, sunet="", role="PI")


def _clock(moment: time) -> str:
    return f"{moment:%-I:%M:%S %p}"
