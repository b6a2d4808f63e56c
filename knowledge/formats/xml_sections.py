"""A `section` with its schedules and people, and the oddities that real servers show in them."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from knowledge.formats import vocabulary
from knowledge.formats.records import Attribute, Instructor, Schedule, SectionRecord
from knowledge.formats.xml_fields import Fields
from knowledge.formats.xml_stream import Node

_MIDNIGHT = time(0, 0)


def read_section(
    node: Node, course: str, course_id: int, course_units: tuple[int, int]
) -> SectionRecord:
    """One section of a course; raise FieldInvalid for a field that it cannot be without."""
    fields = Fields(node, course)
    class_id = fields.number("classId")
    fields.record = f"{course}, class {class_id}"
    code, own_id = fields.code(), fields.number("courseId", course_id)
    fields.odd("section-under-other-code", str(code) != course)
    fields.odd("course-id-differs", own_id != course_id)
    seats = _seats(fields)
    return SectionRecord(
        class_id=class_id,
        term=fields.term(),
        code=code,
        course_id=own_id,
        units=fields.units(*course_units),
        number=fields.text("sectionNumber") or "01",
        component=fields.text("component") or "LEC",
        enrolled=seats.enrolled,
        capacity=seats.capacity,
        waitlisted=seats.waitlisted,
        waitlist_capacity=seats.waitlist_capacity,
        status=fields.text("enrollStatus") or "Open",
        add_consent=fields.one_of("addConsent", vocabulary.CONSENTS, "N"),
        drop_consent=fields.one_of("dropConsent", vocabulary.CONSENTS, "N"),
        instruction_mode=fields.text("instructionMode", optional=True),
        schedules=_schedules(fields),
        notes=fields.text("notes"),
        attributes=read_attributes(node),
        line=node.line,
        oddities=tuple(fields.oddities),
    )


def read_attributes(node: Node) -> tuple[Attribute, ...]:
    """The `attributes` of a course or section."""
    found = (Fields(child) for child in node.within("attributes", "attribute"))
    return tuple(
        Attribute(
            f.text("name"),
            f.text("value"),
            f.text("description"),
            f.flag("catalogPrint"),
            f.flag("schedulePrint"),
        )
        for f in found
    )


class _Seats(NamedTuple):
    enrolled: int
    capacity: int | None
    waitlisted: int
    waitlist_capacity: int | None


def _seats(fields: Fields) -> _Seats:
    enrolled = _size(fields, "currentClassSize", "numEnrolled")
    capacity = _cap(fields, "maxClassSize", "maxEnrolled", vocabulary.NO_CLASS_CAP)
    fields.odd("over-capacity", capacity is not None and enrolled > capacity)
    waitlisted = _size(fields, "currentWaitlistSize", "numWaitlist")
    longest = _cap(fields, "maxWaitlistSize", "maxWaitlist", vocabulary.NO_WAITLIST_CAP)
    return _Seats(enrolled, capacity, waitlisted, longest)


def _size(fields: Fields, live: str, listed: str) -> int:
    """The live number where there is one, else the one of the listing; odd when they differ."""
    first = fields.child(live) or fields.child(listed)
    if first is None:
        fields.odd(f"missing-{live}")
        return 0
    number = fields.number(first.name)
    if first.name == live and fields.child(listed) is not None:
        fields.odd(f"{listed}-differs", fields.number(listed) != number)
    return number


def _cap(fields: Fields, live: str, listed: str, none: frozenset[int]) -> int | None:
    number = _size(fields, live, listed)
    fields.odd(f"no-cap-{number}", number in none)
    return None if number in none else number


def _schedules(section: Fields) -> tuple[Schedule, ...]:
    found = section.node.within("schedules", "schedule")
    section.odd("no-schedule", not found)
    return tuple(_schedule(Fields(node, section.record, section.oddities)) for node in found)


def _schedule(fields: Fields) -> Schedule:
    start, end = fields.clock("startTime"), fields.clock("endTime")
    if start == end == _MIDNIGHT:
        start = end = None
        fields.odd("midnight-for-no-time")
    if start is not None and end is not None and end <= start:
        fields.fail("endTime", f"{end:%H:%M} after {start:%H:%M}")
    days = fields.days()
    fields.odd("time-to-be-announced", start is None or end is None)
    fields.odd("days-to-be-announced", not days)
    return Schedule(
        starts=fields.day("startDate"),
        ends=fields.day("endDate"),
        days=days,
        start=start,
        end=end,
        location=fields.text("location"),
        instructors=_instructors(fields),
    )


def _instructors(schedule: Fields) -> tuple[Instructor, ...]:
    people = schedule.node.within("instructors", "instructor")
    schedule.odd("no-instructor", not people)
    return tuple(
        Instructor(
            name=f.text("name"),
            first=f.text("firstName"),
            middle=f.text("middleName"),
            last=f.text("lastName"),
            sunet=f.text("sunet"),
            role=f.one_of("role", vocabulary.ROLES, "PI"),
        )
        for f in (Fields(node, schedule.record, schedule.oddities) for node in people)
    )
