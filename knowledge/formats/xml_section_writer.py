"""A section's record as its `section` element."""

from __future__ import annotations

from datetime import date, time
from xml.etree import ElementTree as ET

from knowledge.formats.records import Instructor, Schedule, SectionRecord
from knowledge.formats.views import View
from knowledge.formats.vocabulary import WRITTEN_NO_CAP
from knowledge.formats.xml_elements import add_attributes, add_fields
from knowledge.model.schedule import Day


def _cap(capacity: int | None) -> int:
    return WRITTEN_NO_CAP if capacity is None else capacity


def write_section(element: ET.Element, section: SectionRecord, view: View) -> None:
    """Fill a `section` element in the order of the original."""
    _identity(element, section)
    add_fields(
        element,
        numEnrolled=section.enrolled,
        maxEnrolled=_cap(section.capacity),
        numWaitlist=section.waitlisted,
        maxWaitlist=_cap(section.waitlist_capacity),
        enrollStatus=section.status,
        addConsent=section.add_consent,
        dropConsent=section.drop_consent,
    )
    if view is View.LATEST:
        add_fields(element, instructionMode=section.instruction_mode)
    add_fields(element, courseId=section.course_id)
    schedules = ET.SubElement(element, "schedules")
    for schedule in section.schedules:
        _schedule(ET.SubElement(schedules, "schedule"), schedule)
    _live(element, section)
    add_attributes(element, section.attributes)


def _identity(element: ET.Element, section: SectionRecord) -> None:
    term, low_high = section.term, dict.fromkeys(section.units)
    start = term.academic_year_start
    add_fields(
        element,
        classId=section.class_id,
        term=f"{start}-{start + 1} {term.quarter}",
        termId=term.term_id,
        subject=section.code.subject,
        code=section.code.catalogue_number,
        units="-".join(map(str, low_high)),
        sectionNumber=section.number,
        component=section.component,
    )


def _live(element: ET.Element, section: SectionRecord) -> None:
    """The numbers again, under the names of the live ones."""
    add_fields(
        element,
        currentClassSize=section.enrolled,
        maxClassSize=_cap(section.capacity),
        currentWaitlistSize=section.waitlisted,
        maxWaitlistSize=_cap(section.waitlist_capacity),
        notes=section.notes,
    )


def _schedule(element: ET.Element, schedule: Schedule) -> None:
    add_fields(
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
    add_fields(
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
