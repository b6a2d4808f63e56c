"""ExploreCourses' JSON view: everything the assistant needs to know of a course in one answer."""

from __future__ import annotations

from typing import Any

from knowledge.catalogue.index import Snapshot
from knowledge.catalogue.query import CourseHit, CoursePage, CourseQuery
from knowledge.catalogue.search import terms_offered
from knowledge.model.courses import Course, Section
from knowledge.model.prerequisites import codes
from knowledge.model.schedule import Meeting


def page(snapshot: Snapshot, query: CourseQuery, found: CoursePage) -> dict[str, Any]:
    """A page of search results."""
    return {
        "total": found.total,
        "offset": query.offset,
        "courses": [hit(snapshot, item) for item in found.hits],
        "read_as": found.read_as,
        "relaxations": [
            {"conditions": list(relaxed.conditions), "total": relaxed.total}
            for relaxed in found.relaxations
        ],
    }


def hit(snapshot: Snapshot, item: CourseHit) -> dict[str, Any]:
    """One found course with its matching sections, and why the words found it."""
    reason = {"words": list(item.reason.words), "meaning": item.reason.meaning}
    return {**course(snapshot, item.course, item.sections), "reason": reason}


def course(snapshot: Snapshot, found: Course, sections: tuple[Section, ...]) -> dict[str, Any]:
    """A course with these sections and all terms in which it is offered."""
    needed = found.prerequisites
    return {
        "course_id": found.course_id,
        "code": str(found.code),
        "codes": [str(code) for code in found.codes],
        "title": found.title,
        "description": found.description,
        "units_min": found.units_min,
        "units_max": found.units_max,
        "usual_units": found.usual_units,
        "level": found.level.value,
        "requirements": list(found.requirements),
        "gradings": [grading.value for grading in found.gradings],
        "repeatable": found.repeatable,
        "prerequisites": str(needed) if needed else "",
        "prerequisite_prose": "" if needed else found.prerequisite_prose,
        "prerequisite_codes": [str(code) for code in codes(needed)] if needed else [],
        "topics": list(found.topics),
        "sample_fields": list(found.sample_fields),
        "terms": [
            {"quarter": quarter.value, "year": year}
            for quarter, year in terms_offered(snapshot, found)
        ],
        "sections": [_section(section) for section in sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "class_id": section.class_id,
        "quarter": section.term.quarter.value,
        "year": section.term.year,
        "section": section.number,
        "component": section.component,
        "instructors": list(section.instructors),
        "capacity": section.capacity,
        "enrolled": section.enrolled,
        "seats_left": section.seats_left,
        "waitlist_capacity": section.waitlist_capacity,
        "waitlisted": section.waitlisted,
        "parent": section.parent,
        "cancelled": section.cancelled,
        "meetings": [_meeting(meeting) for meeting in section.meetings],
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "days": [day.full_name for day in sorted(meeting.days)],
        "start": meeting.start.isoformat("minutes"),
        "end": meeting.end.isoformat("minutes"),
        "room": meeting.room,
        "text": meeting.text,
    }
