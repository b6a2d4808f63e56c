"""The database's courses as ExploreCourses lists them: one record a listing, no field invented.

What the original knows and the database does not is left as it writes it when it is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.catalogue.index import Snapshot
from knowledge.formats.records import (
    AdministrativeInformation,
    Attribute,
    CourseRecord,
    Instructor,
    Schedule,
    SectionRecord,
)
from knowledge.formats.vocabulary import write_gradings
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Meeting
from knowledge.model.terms import Quarter, Term, TermDates

_UNCAPPED = 99_999  # the database's number for a class without a cap
_NQTR = {
    Quarter.AUTUMN: "AUT",
    Quarter.WINTER: "WIN",
    Quarter.SPRING: "SPR",
    Quarter.SUMMER: "SUM",
}


def course_records(
    snapshot: Snapshot, course: Course, sections: tuple[Section, ...], year: int | None
) -> Iterator[CourseRecord]:
    """A course under each of its codes, with these sections; `year` is the academic year asked.

    Without one, the record bears the latest year in which the course is held.
    """
    starts = [section.term.academic_year_start for section in sections]
    last = max(starts, default=_latest_year(snapshot))
    shown = year if year is not None else last
    dated = [(section, snapshot.calendar.find(section.term)) for section in sections]
    quarters = _quarters({section.term for section in sections})
    for offer, code in enumerate(course.codes, 1):
        yield CourseRecord(
            academic_start=shown,
            code=code,
            title=course.title,
            description=_prose(course),
            gers=course.requirements,
            repeatable=course.repeatable,
            grading=write_gradings(course.gradings),
            units_min=course.units_min,
            units_max=course.units_max,
            administration=_administration(course, offer),
            sections=tuple(_section(item, dates, course, code) for item, dates in dated),
            attributes=quarters,
        )


def _latest_year(snapshot: Snapshot) -> int:
    terms = snapshot.calendar.terms
    return terms[-1].term.academic_year_start if terms else 0


def _prose(course: Course) -> str:
    """As in the original, prerequisites stand only as prose in the description."""
    if course.prerequisites is None:
        return course.description
    return f"{course.description} Prerequisite: {course.prerequisites}."


def _quarters(terms: set[Term]) -> tuple[Attribute, ...]:
    held = {term.quarter for term in terms}
    return tuple(
        Attribute("NQTR", _NQTR[quarter], str(quarter), catalog_print=True)
        for quarter in Quarter
        if quarter in held
    )


def _administration(course: Course, offer: int) -> AdministrativeInformation:
    return AdministrativeInformation(
        course_id=course.course_id,
        offer_number=offer,
        academic_organization=course.code.subject,
        career=course.level.career,
        final_exam=True,
        max_units=None if course.repeatable else course.units_max,
        max_times=None if course.repeatable else 1,
    )


def _section(
    section: Section, dates: TermDates | None, course: Course, code: CourseCode
) -> SectionRecord:
    return SectionRecord(
        class_id=section.class_id,
        term=section.term,
        code=code,
        course_id=course.course_id,
        units=(course.units_min, course.units_max),
        number=section.number,
        component=section.component,
        enrolled=section.enrolled,
        capacity=_capped(section.capacity),
        waitlisted=section.waitlisted,
        waitlist_capacity=_capped(section.waitlist_capacity),
        status="Open" if section.seats_left else "Closed",
        schedules=tuple(_schedule(m, dates, section.instructors) for m in section.meetings),
        attributes=_quarters({section.term}),
    )


def _capped(capacity: int) -> int | None:
    return None if capacity >= _UNCAPPED else capacity


def _schedule(meeting: Meeting, dates: TermDates | None, instructors: tuple[str, ...]) -> Schedule:
    return Schedule(
        starts=dates.starts if dates else None,
        ends=dates.ends if dates else None,
        days=meeting.days,
        start=meeting.start,
        end=meeting.end,
        location=meeting.room,
        instructors=tuple(_instructor(name) for name in instructors),
    )


def _instructor(name: str) -> Instructor:
    first, _, last = name.rpartition(" ")
    short = f"{last}, {first[:1]}." if first else last
    return Instructor(name=short, first=first, last=last, role="PI")
