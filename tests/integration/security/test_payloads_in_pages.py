"""Markup in every field of every page: shown as text, run by nobody."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections import Counter, deque
from xml.etree import ElementTree

import icalendar
import pytest
from markup import dangers
from payloads import FORMULAS, PAYLOADS
from poison import FIRST_SUID, POISONED, TAG
from sqlalchemy import func, select
from targets import SECRET

from knowledge import tickets
from knowledge.storage import moments
from knowledge.storage.orm import AuditRow, EnrollmentRow, SectionRow, StudentRow
from knowledge.tickets import Shown

HREF = re.compile(r'href="(/[^"#]*)')
FOR_PEOPLE = "/explorecourses/search"  # a page where no view is named
MOST_PAGES = 1_150
SHOWN = (
    "title description instructor room name programme hold before after actor key"
    " utterance earlier answer said reply0 button0"
).split()  # of these, 100 payloads and more; of what pages show the newest or most frequent of, 20
NEWEST = ("question", "file", "importer", "filter")


def _seeds(target) -> list[str]:
    """Pages that no link leads to, or only after many others."""
    numbered = range(1, len(PAYLOADS) + 1)
    students = (FIRST_SUID + number for number in range(len(PAYLOADS)))
    with target.units.read() as work:
        entries = work.session.scalars(select(AuditRow.id).where(AuditRow.act == POISONED)).all()
        some = select(SectionRow.course_id, func.min(SectionRow.class_id))
        some = some.group_by(SectionRow.course_id).order_by(SectionRow.course_id)
        offered = work.session.execute(some.limit(len(PAYLOADS))).tuples().all()
    routes = (f.at(target.samples) for f in target.routes if f.method == "GET")
    return [
        *(route for route in routes if "/sign-" not in route),
        *(f"{FOR_PEOPLE}?q={subject}" for subject in ("CS", "HISTORY", "MATH")),
        *(f"/admin/students/{number:08d}" for number in students),
        *(f"/admin/audit/{number}" for number in entries),
        *(f"/admin/courses/{course}" for course, _ in offered),
        *(f"/admin/sections/{section}" for _, section in offered),
        *(f"/label/items/{number}" for number in numbered),
        *(f"/rate/items/{number}" for number in numbered),
    ]


def test_every_payload_in_every_field_is_text_on_every_page(poisoned_site) -> None:
    """Follows the links of the people's own pages, and counts which combinations were shown."""
    seen: set[str] = set()
    shown: set[tuple[str, str]] = set()
    waiting = deque(_seeds(poisoned_site))
    while waiting and len(seen) < MOST_PAGES:
        path = html.unescape(waiting.popleft())
        if path in seen or path.startswith("/static"):
            continue
        seen.add(path)
        answer = poisoned_site.people.get(path)
        assert answer.status_code < 500 or path == "/health", path
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert dangers(answer.text) == [], path
            shown |= set(TAG.findall(html.unescape(answer.text)))
            waiting += [each for each in HREF.findall(answer.text) if each not in seen]
    fields = Counter(field for field, _ in shown)
    print(f"{len(shown)} payload x field combinations on {len(seen)} pages: {dict(fields)}")
    assert all(fields[name] >= 100 for name in SHOWN), fields
    assert all(fields[name] >= 20 for name in NEWEST), fields
    assert len(shown) >= 2_000


def test_what_is_no_page_is_never_taken_for_one(poisoned_site) -> None:
    """JSON, XML, CSV and calendars hold the payloads as they are, and say what they are."""
    people, shown = poisoned_site.people, set()
    for view in ("json", "xml-20140630", "xml-20200810"):
        answer = people.get("/explorecourses/search", params={"view": view, "q": "CS"})
        kind = answer.headers["content-type"]
        assert "html" not in kind
        assert answer.headers["x-content-type-options"] == "nosniff"
        if view == "json":
            text = json.dumps(answer.json(), ensure_ascii=False)
        else:
            text = " ".join(ElementTree.fromstring(answer.content).itertext())
        shown |= set(TAG.findall(text))
    assert len({number for field, number in shown if field == "title"}) >= 20
    for found in poisoned_site.routes:
        if found.method == "GET" and found.area in ("axess", "explorecourses", "session"):
            kind = poisoned_site.get(found).headers.get("content-type", "")
            page = found.path.endswith("/docs") or found.path == FOR_PEOPLE
            assert "text/html" not in kind or page, found


def test_an_export_computes_nothing(poisoned_site) -> None:
    for table in ("courses", "sections", "students"):
        answer = poisoned_site.people.get(f"/admin/exports/{table}.csv")
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len(rows) > 100
        risky = [
            cell
            for row in rows
            for cell in row
            if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"-\d+", cell)
        ]
        assert risky == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_are_exported_as_text(poisoned_site, formula: str) -> None:
    with poisoned_site.units.write() as work:
        work.session.get_one(StudentRow, f"{FIRST_SUID:08d}").name = formula
    rows = csv.reader(io.StringIO(poisoned_site.people.get("/admin/exports/students.csv").text))
    name = next(row[1] for row in rows if row[0] == f"{FIRST_SUID:08d}")
    assert name[:1] not in ("=", "+", "-", "@", "\t")


def test_a_calendar_gets_no_lines_from_a_title(poisoned_site) -> None:
    """Titles and rooms with line ends and markup: still one event a meeting, nothing more."""
    suid = "05990001"
    with poisoned_site.units.write() as work:
        section = poisoned_site.samples["class_id"]
        course = int(poisoned_site.samples["course_id"])
        work.session.add(_enrollment(suid, int(section), course, work.session))
        term = work.session.get_one(SectionRow, int(section)).term_id
    ticket = tickets.issue(Shown(suid, (term,)), SECRET)
    answer = poisoned_site.stranger.get(
        f"/axess/students/{suid}/timetable.ics", params={"ticket": ticket}
    )
    assert answer.status_code == 200, answer.text
    calendar = icalendar.Calendar.from_ical(answer.content)
    summaries = [str(each["summary"]) for each in calendar.walk("VEVENT")]
    assert summaries
    assert all(each.endswith("</script>") for each in summaries)
    assert {each.name for each in calendar.walk()} <= {
        "VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT",
    }  # fmt: skip
    assert answer.headers["content-type"].startswith("text/calendar")


def _enrollment(suid: str, class_id: int, course_id: int, session):
    return EnrollmentRow(
        suid=suid,
        class_id=class_id,
        course_id=course_id,
        term_id=session.get_one(SectionRow, class_id).term_id,
        status="enrolled",
        units=5,
        grading="letter",
        created_at=moments.now(),
    )
