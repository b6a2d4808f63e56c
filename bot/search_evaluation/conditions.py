"""Whether a course fulfils what a query needs: the plainest check there is, for grading alone."""

from __future__ import annotations

from typing import Any

from knowledge.catalogue.snapshot import Snapshot
from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Meeting


def fits(snapshot: Snapshot, course: Course, needs: dict[str, Any], academic_start: int) -> bool:
    """Whether the course and one of its sections in the year fulfil every condition."""
    return _course_fits(course, needs) and any(
        section.term.academic_year_start == academic_start and _section_fits(section, needs)
        for section in snapshot.sections[course.course_id]
    )


def _course_fits(course: Course, needs: dict[str, Any]) -> bool:
    subjects = {code.subject for code in course.codes}
    low, high = needs.get("units", (0, 99))
    first, last = needs.get("numbers", (0, 999))
    asked = [c for c in course.codes if c.subject in needs.get("subjects", subjects)]
    return (
        any(first <= code.number <= last for code in asked)
        and not subjects & set(needs.get("not_subjects", ()))
        and needs.get("level") in (None, course.level.value)
        and low <= course.units_max
        and course.units_min <= high
        and set(needs.get("requirements", ())) <= set(course.requirements)
        and not (needs.get("no_prerequisites") and course.prerequisites)
    )


def _section_fits(section: Section, needs: dict[str, Any]) -> bool:
    days = {day.full_name for meeting in section.meetings for day in meeting.days}
    asked = set(needs.get("days", ()))
    return (
        section.term.quarter.value in needs.get("quarters", (section.term.quarter.value,))
        and needs.get("year") in (None, section.term.year)
        and (asked <= days or (bool(days) and days <= asked))
        and not days & set(needs.get("not_days", ()))
        and all(_meeting_fits(meeting, needs) for meeting in section.meetings)
        and all(
            any(name in instructor for instructor in section.instructors)
            for name in needs.get("instructors", ())
        )
    )


def _meeting_fits(meeting: Meeting, needs: dict[str, Any]) -> bool:
    start = meeting.start.hour * 60 + meeting.start.minute
    end = meeting.end.hour * 60 + meeting.end.minute
    day, earliest, latest = needs.get("avoid", (None, None, None))
    avoided = (
        day in {each.full_name for each in meeting.days}
        and start < (latest or 24 * 60)
        and end > (earliest or 0)
    )
    return start >= needs.get("earliest", 0) and end <= needs.get("latest", 24 * 60) and not avoided
