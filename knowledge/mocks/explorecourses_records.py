"""The database's courses as ExploreCourses lists them: one record a listing, no field invented.

What an import kept in `extras` is told again; what is not known is left as the original leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.catalogue.index import Snapshot
from knowledge.formats import extras
from knowledge.formats.records import (
    AdministrativeInformation,
    Attribute,
    CourseRecord,
    Instructor,
    LearningObjective,
    Schedule,
    SectionRecord,
    Tag,
)
from knowledge.formats.vocabulary import write_gradings
from knowledge.model.codes import CourseCode
from knowledge.model.courses import UNCAPPED, Course, Section
from knowledge.model.schedule import Meeting
from knowledge.model.terms import Quarter, TermDates

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
    quarters = extras.rows(Attribute, course.extras, "attributes") or _quarters(sections)
    remote = course.extras.get("remote") is True
    for offer, code in enumerate(course.codes, 1):
        yield CourseRecord(
            academic_start=shown,
            code=code,
            title=course.title,
            description=_prose(course),
            gers=course.requirements,
            repeatable=course.repeatable,
            grading=extras.text(course.extras, "grading", write_gradings(course.gradings)),
            units_min=course.units_min,
            units_max=course.units_max,
            administration=_administration(course, offer),
            remote=remote,
            objectives=extras.rows(LearningObjective, course.extras, "objectives"),
            sections=tuple(_section(item, dates, course, code) for item, dates in dated),
            attributes=quarters,
            tags=extras.rows(Tag, course.extras, "tags"),
        )


def _latest_year(snapshot: Snapshot) -> int:
    terms = snapshot.calendar.terms
    return terms[-1].term.academic_year_start if terms else 0


def _prose(course: Course) -> str:
    """As in the original, prerequisites stand only as prose in the description.

    An imported description still holds the prose that its prerequisites were read from.
    """
    if course.prerequisites is None or _told(course):
        return course.description
    return f"{course.description} Prerequisite: {course.prerequisites}."


def _told(course: Course) -> bool:
    return bool(course.prerequisite_prose) and course.prerequisite_prose in course.description


def _quarters(sections: tuple[Section, ...]) -> tuple[Attribute, ...]:
    held = {section.term.quarter for section in sections}
    return tuple(
        Attribute("NQTR", _NQTR[quarter], str(quarter), catalog_print=True)
        for quarter in Quarter
        if quarter in held
    )


def _administration(course: Course, offer: int) -> AdministrativeInformation:
    usual = AdministrativeInformation(
        course_id=course.course_id,
        offer_number=offer,
        academic_organization=course.code.subject,
        career=course.level.career,
        final_exam=True,
        max_units=None if course.repeatable else course.units_max,
        max_times=course.max_times if course.repeatable else 1,
    )
    known = extras.administration(course.extras, usual)
    return known if offer == 1 else replace(known, offer_number=offer)


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
        status="Open" if section.seats_left and not section.cancelled else "Closed",
        add_consent=_consent(section),
        drop_consent=extras.text(section.extras, "drop_consent", "N"),
        instruction_mode=extras.text(section.extras, "instruction_mode"),
        schedules=tuple(_schedule(m, dates, _people(section)) for m in section.meetings),
        notes=extras.text(section.extras, "notes"),
        attributes=extras.rows(Attribute, section.extras, "attributes") or _quarters((section,)),
    )


def _consent(section: Section) -> str:
    """N, or whose consent is asked: the instructor's, unless an import knew better."""
    if not section.add_consent:
        return "N"
    asked = extras.text(section.extras, "add_consent", "I")
    return asked if asked in ("I", "D") else "I"


def _people(section: Section) -> tuple[Instructor, ...]:
    """Who teaches, as the database has it; then the assistants that an import knew."""
    teachers = tuple(_instructor(name) for name in section.instructors)
    known = extras.rows(Instructor, section.extras, "people")
    by_name = {person.full_name: person for person in known if person.role == "PI"}
    helpers = (person for person in known if person.role != "PI")
    return (*(by_name.get(p.full_name, p) for p in teachers), *helpers)


def _capped(capacity: int) -> int | None:
    return None if capacity >= UNCAPPED else capacity


def _schedule(
    meeting: Meeting, dates: TermDates | None, people: tuple[Instructor, ...]
) -> Schedule:
    return Schedule(
        starts=dates.starts if dates else None,
        ends=dates.ends if dates else None,
        days=meeting.days,
        start=meeting.start,
        end=meeting.end,
        location=meeting.room,
        instructors=people,
    )


def _instructor(name: str) -> Instructor:
    first, _, last = name.rpartition(" ")
    short = f"{last}, {first[:1]}." if first else last
    return Instructor(name=short, first=first, last=last, role="PI")
