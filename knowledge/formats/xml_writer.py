"""Records as ExploreCourses' XML, in either view: the one place of its element names and order.

The older view says that it is deprecated, and knows neither `remote` nor `instructionMode`.
Characters that no XML document may hold are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from enum import StrEnum
from xml.etree import ElementTree as ET

from knowledge.formats.records import (
    AdministrativeInformation,
    Attribute,
    CourseRecord,
    DepartmentRecord,
    Instructor,
    Schedule,
    SectionRecord,
)
from knowledge.formats.vocabulary import NO_REPEAT_BOUND, WRITTEN_NO_CAP
from knowledge.model.schedule import Day


class View(StrEnum):
    """The two XML views, by their names in the query string."""

    OLDER = "xml-20140630"
    LATEST = "xml-20200810"


_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xml(records: Iterable[CourseRecord], view: View = View.LATEST) -> bytes:
    """A whole document of courses."""
    return b"".join(iterate_xml(records, view))


def iterate_xml(records: Iterable[CourseRecord], view: View = View.LATEST) -> Iterator[bytes]:
    """The same document in pieces, a course at a time, for answers of any length."""
    deprecated = "true" if view is View.OLDER else "false"
    latest = View.LATEST.removeprefix("xml-")
    yield _DECLARATION + b"<xml>"
    yield f"<deprecated>{deprecated}</deprecated>".encode()
    yield f"<latestVersion>{latest}</latestVersion><courses>".encode()
    for record in records:
        yield ET.tostring(_course(record, view), encoding="utf-8")
    yield b"</courses></xml>"


def write_departments(departments: Iterable[DepartmentRecord]) -> bytes:
    """The list of schools, each with its departments; the same in both views."""
    root, schools = ET.Element("schools"), dict[str, ET.Element]()
    for department in departments:
        school = schools.get(department.school)
        if school is None:
            name = _legal(department.school)
            school = schools[department.school] = ET.SubElement(root, "school", name=name)
        code, name = _legal(department.code), _legal(department.name)
        ET.SubElement(school, "department", longname=name, name=code)
    return _DECLARATION + bytes(ET.tostring(root, encoding="utf-8"))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _fields(parent: ET.Element, **values: object) -> None:
    for name, value in values.items():
        ET.SubElement(parent, name).text = _legal(str(value))


def _list(parent: ET.Element, name: str, entry: str, entries: Iterable[dict[str, object]]) -> None:
    whole = ET.SubElement(parent, name)
    for values in entries:
        _fields(ET.SubElement(whole, entry), **values)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _letter(value: bool) -> str:
    return "Y" if value else "N"


def _course(record: CourseRecord, view: View) -> ET.Element:
    element = ET.Element("course")
    _fields(
        element,
        year=f"{record.academic_start}-{record.academic_start + 1}",
        subject=record.code.subject,
        code=record.code.catalogue_number,
        title=record.title,
        description=record.description,
        gers=", ".join(record.gers),
        repeatable=_flag(record.repeatable),
        grading=record.grading,
        unitsMin=record.units_min,
        unitsMax=record.units_max,
    )
    if view is View.LATEST:
        _fields(element, remote=_flag(record.remote))
    objectives: Iterable[dict[str, object]] = (
        {"requirementCode": o.requirement, "description": o.description} for o in record.objectives
    )
    _list(element, "learningObjectives", "learningObjective", objectives)
    sections = ET.SubElement(element, "sections")
    for section in record.sections:
        _section(ET.SubElement(sections, "section"), section, view)
    _administration(ET.SubElement(element, "administrativeInformation"), record.administration)
    _attributes(element, record.attributes)
    tags: Iterable[dict[str, object]] = (
        {"organization": tag.organization, "name": tag.name} for tag in record.tags
    )
    _list(element, "tags", "tag", tags)
    return element


def _administration(element: ET.Element, said: AdministrativeInformation) -> None:
    exam = "" if said.final_exam is None else _letter(said.final_exam)
    _fields(
        element,
        courseId=said.course_id,
        effectiveStatus=said.effective_status,
        offerNumber=said.offer_number,
        academicGroup=said.academic_group,
        academicOrganization=said.academic_organization,
        academicCareer=said.career,
        finalExamFlag=exam,
        catalogPrint=_letter(said.catalog_print),
        schedulePrint=_letter(said.schedule_print),
        maxUnitsRepeat=NO_REPEAT_BOUND if said.max_units is None else said.max_units,
        maxTimesRepeat=NO_REPEAT_BOUND if said.max_times is None else said.max_times,
    )


def _attributes(parent: ET.Element, attributes: tuple[Attribute, ...]) -> None:
    entries: Iterable[dict[str, object]] = (
        {
            "name": attribute.name,
            "value": attribute.value,
            "description": attribute.description,
            "catalogPrint": _flag(attribute.catalog_print),
            "schedulePrint": _flag(attribute.schedule_print),
        }
        for attribute in attributes
    )
    _list(parent, "attributes", "attribute", entries)


def _cap(capacity: int | None) -> int:
    return WRITTEN_NO_CAP if capacity is None else capacity


def _section(element: ET.Element, section: SectionRecord, view: View) -> None:
    term, low_high = section.term, dict.fromkeys(section.units)
    start = term.academic_year_start
    _fields(
        element,
        classId=section.class_id,
        term=f"{start}-{start + 1} {term.quarter}",
        termId=term.term_id,
        subject=section.code.subject,
        code=section.code.catalogue_number,
        units="-".join(map(str, low_high)),
        sectionNumber=section.number,
        component=section.component,
        numEnrolled=section.enrolled,
        maxEnrolled=_cap(section.capacity),
        numWaitlist=section.waitlisted,
        maxWaitlist=_cap(section.waitlist_capacity),
        enrollStatus=section.status,
        addConsent=section.add_consent,
        dropConsent=section.drop_consent,
    )
    if view is View.LATEST:
        _fields(element, instructionMode=section.instruction_mode)
    _fields(element, courseId=section.course_id)
    schedules = ET.SubElement(element, "schedules")
    for schedule in section.schedules:
        _schedule(ET.SubElement(schedules, "schedule"), schedule)
    _fields(
        element,
        currentClassSize=section.enrolled,
        maxClassSize=_cap(section.capacity),
        currentWaitlistSize=section.waitlisted,
        maxWaitlistSize=_cap(section.waitlist_capacity),
        notes=section.notes,
    )
    _attributes(element, section.attributes)


def _schedule(element: ET.Element, schedule: Schedule) -> None:
    _fields(
        element,
        startDate=_date(schedule.starts),
        endDate=_date(schedule.ends),
        startTime=_clock(schedule.start),
        endTime=_clock(schedule.end),
        location=schedule.location,
        days=_padded(schedule.days),
    )
    people = ET.SubElement(element, "instructors")
    for person in schedule.instructors:
        _instructor(ET.SubElement(people, "instructor"), person)


def _instructor(element: ET.Element, person: Instructor) -> None:
    _fields(
        element,
        name=person.name,
        firstName=person.first,
        middleName=person.middle,
        lastName=person.last,
        sunet=person.sunet,
        role=person.role,
    )


def _padded(days: frozenset[Day]) -> str:
    """As the original writes them: a line for each day of the week, most of them empty."""
    lines = (day.full_name if day in days else "" for day in Day)
    return "\n".join(["", *(f"{'':24}{line}" for line in lines), f"{'':20}"])


def _date(day: date | None) -> str:
    return f"{day:%b} {day.day}, {day.year}" if day else ""


def _clock(moment: time | None) -> str:
    return f"{moment:%-I:%M:%S %p}" if moment else ""
