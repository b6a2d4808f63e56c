"""ExploreCourses' page for people: one course with its sections, or a list of what was found.

Replies of the assistant link here. No script, everything escaped, nothing loaded from elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search, terms_offered
from knowledge.catalogue.titles import suggestions
from knowledge.mocks.explorecourses_filters import read_query
from knowledge.model.courses import UNCAPPED, Course, Section

_FOLDER = Path(__file__).parent / "templates"
_STYLE = (_FOLDER / "course_pages.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-cache",
}
_MOST, _LONGEST = 25, 200
_ENVIRONMENT = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True)


def course_page(index: CatalogueIndex, pairs: list[tuple[str, str]]) -> HTMLResponse:
    """The page for a query string; 404 where nothing is found, 422 for a filter that is none."""
    asked = next((value for key, value in pairs if key == "q"), "").strip()[:_LONGEST]
    snapshot = index.current()
    if not asked and all(key == "q" for key, _ in pairs):
        return _page("Search courses", asked, [], summary="Type a code, a title or a topic.")
    read = read_query(pairs, snapshot, _MOST)
    if read.codes and not any(code in snapshot.by_code for code in read.codes):
        return _unknown(snapshot, asked, read.codes[0])
    one = _named(snapshot, read)
    if one is not None:
        sections = index.with_seats(snapshot.sections[one.course_id])
        whole = {**_told(snapshot, one), "terms": _terms(sections)}
        return _page(f"{one.code}: {one.title}", asked, [whole], single=True)
    found = search(index, read)
    if not found.hits:
        nothing = "No course of this catalogue fits. Check the code, or search with other words."
        return _page("Nothing found", asked, [], summary=nothing, status=404)
    courses = [_told(snapshot, hit.course) for hit in found.hits]
    shown = f"Showing {len(courses)} of {found.total}." if found.total > len(courses) else ""
    heading = "1 course" if found.total == 1 else f"{found.total} courses"
    return _page(heading, asked, courses, summary=shown)


def _unknown(snapshot: Snapshot, asked: str, code: str) -> HTMLResponse:
    """A code that no course has, with those it may have meant."""
    near = [_told(snapshot, course) for course in suggestions(snapshot, code)]
    summary = "Did you mean one of these?" if near else "Check the code, or search with words."
    return _page(f"There is no {code}", asked, near, summary=summary, status=404)


def _named(snapshot: Snapshot, query: CourseQuery) -> Course | None:
    """The course, when a single code was asked for that there is."""
    found = {snapshot.by_code[code].course_id: snapshot.by_code[code] for code in query.codes
             if code in snapshot.by_code}  # fmt: skip
    return next(iter(found.values())) if len(found) == 1 == len(query.codes) else None


def _page(
    heading: str,
    asked: str,
    courses: list[dict[str, Any]],
    *,
    summary: str = "",
    single: bool = False,
    status: int = 200,
) -> HTMLResponse:
    drawn = _ENVIRONMENT.get_template("course_pages.html").render(
        heading=heading, asked=asked, courses=courses, summary=summary, single=single, style=_STYLE
    )
    return HTMLResponse(drawn, status, headers=_HEADERS)


def _told(snapshot: Snapshot, course: Course) -> dict[str, Any]:
    low, high = course.units_min, course.units_max
    rule = str(course.prerequisites) if course.prerequisites else course.prerequisite_prose
    terms = [f"{quarter} {year}" for quarter, year in terms_offered(snapshot, course)]
    return {
        "code": str(course.code),
        "title": course.title,
        "description": course.description,
        "units": str(low) if low == high else f"{low}-{high}",
        "level": course.level.value,
        "others": ", ".join(str(code) for code in course.codes[1:]),
        "prerequisites": rule or "none",
        "requirements": ", ".join(course.requirements),
        "gradings": ", ".join(grading.value for grading in course.gradings),
        "offered": ", ".join(terms) or "not scheduled",
    }


def _terms(sections: Iterable[Section]) -> list[dict[str, Any]]:
    ordered = sorted(sections, key=lambda each: (each.term.term_id, each.component, each.number))
    return [
        {"name": str(term), "sections": [_row(section) for section in group]}
        for term, group in groupby(ordered, key=lambda each: each.term)
    ]


def _row(section: Section) -> dict[str, Any]:
    limited = section.capacity < UNCAPPED
    return {
        "component": section.component,
        "number": section.number,
        "cancelled": section.cancelled,
        "times": "; ".join(meeting.text for meeting in section.meetings) or "by arrangement",
        "instructors": ", ".join(section.instructors) or "staff",
        "seats": f"{section.seats_left} of {section.capacity}" if limited else "no limit",
        "waitlist": f"{section.waitlisted} of {section.waitlist_capacity}",
    }
