"""Search: filters that must hold, then ranking by words or by catalogue order."""

from __future__ import annotations

from datetime import time

from rapidfuzz import fuzz

from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.catalogue.query import CourseHit, CoursePage, CourseQuery, Window
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Day, Meeting
from knowledge.model.terms import Quarter

_NAME_LIKENESS = 85


def search(index: CatalogueIndex, query: CourseQuery) -> CoursePage:
    """The page of courses that a query asks for, seats counted afresh for the sections shown."""
    snapshot = index.current()
    ranked = _ranked(snapshot, query)
    shown = ranked[query.offset : query.offset + query.limit]
    fresh = {
        section.class_id: section
        for section in index.with_seats(tuple(s for hit in shown for s in hit.sections))
    }
    hits = (
        CourseHit(hit.course, tuple(fresh[s.class_id] for s in hit.sections), hit.score)
        for hit in shown
    )
    return CoursePage(tuple(hits), len(ranked))


def _ranked(snapshot: Snapshot, query: CourseQuery) -> list[CourseHit]:
    scores = snapshot.index.scores(query.text) if query.text else {}
    covered = snapshot.index.coverage(query.text) if query.text else {}
    hits: list[CourseHit] = []
    for course in snapshot.courses.values():
        if query.text and covered.get(course.course_id, 0.0) < query.words_needed:
            continue
        if not _course_matches(course, query):
            continue
        sections = tuple(
            section
            for section in snapshot.sections[course.course_id]
            if section_matches(section, query)
        )
        if sections or not query.asks_sections:
            score = scores.get(course.course_id, 0.0) * covered.get(course.course_id, 0.0)
            hits.append(CourseHit(course, sections, score))
    return sorted(hits, key=lambda hit: _order(hit, query))


def _order(hit: CourseHit, query: CourseQuery) -> tuple[float, bool, CourseCode]:
    """By score; then courses at home in an asked subject before those only cross-listed in it."""
    guest = bool(query.subjects) and hit.course.code.subject not in query.subjects
    return -round(hit.score, 3), guest, hit.course.code


def _course_matches(course: Course, query: CourseQuery) -> bool:
    numbers = query.numbers
    return (
        (not query.codes or any(str(code) in query.codes for code in course.codes))
        and (not query.subjects or any(code.subject in query.subjects for code in course.codes))
        and not any(code.subject in query.not_subjects for code in course.codes)
        and (query.level is None or course.level is query.level)
        and (numbers is None or _numbered(course, query.subjects, numbers))
        and (query.units is None or _overlap(query.units, (course.units_min, course.units_max)))
        and set(query.requirements) <= set(course.requirements)
        and not (query.no_prerequisites and course.prerequisites)
        and (query.grading is None or query.grading in course.gradings)
    )


def _numbered(course: Course, subjects: tuple[str, ...], numbers: tuple[int, int]) -> bool:
    """By the code in an asked subject: CS476A is no 256, though at home it is MUSIC256A."""
    asked = [code for code in course.codes if not subjects or code.subject in subjects]
    return any(numbers[0] <= code.number <= numbers[1] for code in asked)


def _overlap(ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    return ours[0] <= theirs[1] and theirs[0] <= ours[1]


def section_matches(section: Section, query: CourseQuery) -> bool:
    """Whether a section lies in the asked terms, days and hours, with the asked instructor."""
    term = section.term
    return (
        (not query.quarters or term.quarter in query.quarters)
        and (query.year is None or _in_year(section, query))
        and (query.academic_start is None or term.academic_year_start == query.academic_start)
        and _days_match(section, query.days)
        and all(_meeting_matches(meeting, query) for meeting in section.meetings)
        and (not query.instructors or any(_taught_by(section, name) for name in query.instructors))
    )


def _in_year(section: Section, query: CourseQuery) -> bool:
    """A year without a quarter means the calendar year; Autumn keeps its own."""
    return section.term.year == query.year


def _days_match(section: Section, asked: frozenset[Day]) -> bool:
    """ "On Tuesdays" finds all that meets then; "Monday or Wednesday" either of them alone too."""
    days = frozenset(day for meeting in section.meetings for day in meeting.days)
    return not asked or asked <= days or bool(days and days <= asked)


def _meeting_matches(meeting: Meeting, query: CourseQuery) -> bool:
    return not meeting.days & query.not_days and (
        not query.windows or any(_within(meeting, window) for window in query.windows)
    )


def _within(meeting: Meeting, window: Window) -> bool:
    earliest, latest = window
    return (earliest is None or _minutes(meeting.start) >= earliest) and (
        latest is None or _minutes(meeting.end) <= latest
    )


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _taught_by(section: Section, name: str) -> bool:
    wanted = name.lower()
    return any(
        fuzz.ratio(wanted, part) >= _NAME_LIKENESS
        for instructor in section.instructors
        for part in (instructor.lower(), *instructor.lower().split())
    )


def terms_offered(snapshot: Snapshot, course: Course) -> list[tuple[Quarter, int]]:
    """When a course is offered, in time order."""
    terms = {section.term for section in snapshot.sections[course.course_id]}
    return [(term.quarter, term.year) for term in sorted(terms)]
