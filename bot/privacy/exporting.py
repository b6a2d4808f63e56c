"""Everything Quad keeps about a student as one JSON document, with a manifest of its parts."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.privacy import words
from bot.privacy.errors import NothingKept
from bot.privacy.files import lines_with, told
from bot.privacy.held import HELD, Held
from bot.privacy.person import Person
from bot.privacy.stores import Stores
from knowledge.storage import moments
from knowledge.storage.orm import CourseCodeRow, EnrollmentRow, StudentRow, TermRow

_SECRET = frozenset({"secret_hash", "spent_hash", "code_hash", "request_hash"})
_LABELLED = "what you wrote, masked, as people label it to make Quad understand better"
_RATED = "conversations, masked, that people rate"
_CONVERSATIONS = "what you and Quad said in each conversation"
_FILES = "files you sent to a demonstration, and pictures it made"
_LOGS = "lines of log files in which your number or name stands"


def export(stores: Stores, person: Person) -> dict[str, Any]:
    """The document; raise NothingKept when no store knows this person."""
    with stores.units.read() as work:
        parts = {held.name: _rows(work.session, held, person) for held in HELD}
        parts["enrollments"] = [*_readable(work.session, person)]
        parts["label_items"] = words.labelled(work.session, person)
        parts["rating_items"] = words.rated(work.session, person)
    events = {each: [*stores.transcripts.events(each)] for each in person.conversations}
    parts["conversations"] = [
        {"id": conversation, "events": said} for conversation, said in events.items() if said
    ]
    paths = stores.files.named_by(chain.from_iterable(events.values()))
    parts["files"] = [each for path in paths for each in told(path)]
    logs = {path.name: lines_with(path, person.marks) for path in stores.files.logs()}
    parts["logs"] = [{"file": name, "lines": lines} for name, lines in logs.items() if lines]
    if not any(parts.values()):
        raise NothingKept(person.suid)
    return {
        "about": {"suid": person.suid, "name": person.name},
        "made_at": f"{moments.now().isoformat(timespec='seconds')}Z",
        "manifest": _manifest(parts),
        "parts": parts,
    }


def _manifest(parts: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """What each part is, and how many entries it has."""
    what = {held.name: held.tells for held in HELD} | {
        "label_items": _LABELLED,
        "rating_items": _RATED,
        "conversations": _CONVERSATIONS,
        "files": _FILES,
        "logs": _LOGS,
    }
    record = {held.name for held in HELD if held.record}
    return {
        name: {
            "what": what[name],
            "entries": len(parts[name]),
            "education_record": name in record,
        }
        for name in parts
    }


def _rows(session: Session, held: Held, person: Person) -> list[dict[str, Any]]:
    query: Select[Any] = select(held.row.__table__).where(held.whose(person))
    return [
        {name: _plain(value) for name, value in row.items() if name not in _SECRET}
        for row in session.execute(query).mappings()
    ]


def _readable(session: Session, person: Person) -> list[dict[str, Any]]:
    """Enrollments with the course's code and the term's name beside their numbers."""
    query = (
        select(EnrollmentRow.__table__, CourseCodeRow.code, TermRow.quarter, TermRow.year)
        .join(StudentRow, StudentRow.suid == EnrollmentRow.suid)
        .outerjoin(
            CourseCodeRow,
            (CourseCodeRow.course_id == EnrollmentRow.course_id) & (CourseCodeRow.position == 0),
        )
        .outerjoin(TermRow, TermRow.id == EnrollmentRow.term_id)
        .where(EnrollmentRow.suid == person.suid)
    )
    rows = session.execute(query).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return f"{len(value)} bytes, encrypted" if isinstance(value, bytes) else value
