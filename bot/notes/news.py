"""Which entries of the audit log a student wants to hear of, and what there is to say.

Whoever changed it himself, through the chat or in Axess, knows: of enrollments only moving up from
a waitlist is told, which others cause. Everything else here is an admin's or an import's doing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from knowledge.model.schedule import Day, Meeting
from knowledge.storage.orm import (
    AuditRow,
    EnrollmentRow,
    MeetingRow,
    PetitionRow,
    SectionRow,
    TermRow,
)


class Kind(StrEnum):
    """What a note is about; its words are `note_KIND` in bot/domain/notes.yml."""

    PROMOTED = "promoted"
    PETITION_APPROVED = "petition_approved"
    PETITION_DENIED = "petition_denied"
    SECTION_CANCELLED = "section_cancelled"
    SECTION_BACK = "section_back"
    SECTION_MOVED = "section_moved"
    HOLD_PLACED = "hold_placed"
    HOLD_REMOVED = "hold_removed"


@dataclass(frozen=True)
class News:
    """What to tell whom; `facts` names the kind and fills its text."""

    subject: str
    facts: dict[str, Any]


TELLING = (
    "promote", "decide-petition", "change-section", "change-student", "put-student", "import",
    "undo",
)  # fmt: skip


def news_of(session: Session, entry: AuditRow) -> Iterator[News]:
    """What this entry of the log means to students: none, one, or everybody in a class."""
    teller = _TELLERS.get(entry.table)
    if teller is not None and entry.act in TELLING:
        yield from teller(session, entry)


def still_true(session: Session, subject: str, facts: dict[str, Any]) -> bool:
    """Whether a note that has waited still says how things stand."""
    kind = Kind(facts["kind"])
    if kind is Kind.PROMOTED:
        held = _held(session, subject, facts["class_id"])
        return held is not None and held.status == "enrolled"
    if kind in (Kind.SECTION_CANCELLED, Kind.SECTION_BACK, Kind.SECTION_MOVED):
        section = session.get(SectionRow, facts["changed_id"])
        return (
            section is not None
            and section.cancelled == (kind is Kind.SECTION_CANCELLED)
            and _held(session, subject, facts["class_id"]) is not None
        )
    return True


def _held(session: Session, subject: str, class_id: int) -> EnrollmentRow | None:
    mine = (EnrollmentRow.suid == subject, EnrollmentRow.class_id == class_id)
    return session.scalar(select(EnrollmentRow).where(*mine))


def _promoted(session: Session, entry: AuditRow) -> Iterator[News]:
    suid, _, number = entry.key.partition("/")
    section = session.get(SectionRow, int(number))
    if entry.act != "promote" or section is None or entry.actor == f"student:{suid}":
        return
    linked = (entry.after or {}).get("linked_class_id")
    also = session.get(SectionRow, linked) if linked else None
    times = _times([*section.meetings, *(also.meetings if also else ())])
    yield News(suid, {"kind": Kind.PROMOTED.value, **_class(section), "times": times})


def _petition(session: Session, entry: AuditRow) -> Iterator[News]:
    petition = session.get(PetitionRow, int(entry.key))
    decision = (entry.after or {}).get("decision")
    told = {"approved": Kind.PETITION_APPROVED, "denied": Kind.PETITION_DENIED}.get(decision or "")
    if petition is None or told is None or decision == (entry.before or {}).get("decision"):
        return
    term = session.get_one(TermRow, petition.term_id)
    facts = {"units": petition.units, "quarter": term.quarter, "year": term.year}
    yield News(petition.suid, {"kind": told.value, **facts})


def _section(session: Session, entry: AuditRow) -> Iterator[News]:
    """A class was cancelled, is taught after all, or meets at other times: all in it are told."""
    kind = _change(entry.before or {}, entry.after or {}) if entry.before and entry.after else None
    changed = session.get(SectionRow, int(entry.key)) if kind is not None else None
    if kind is None or changed is None or (kind is Kind.SECTION_MOVED and changed.cancelled):
        return
    here, row = changed.class_id, EnrollmentRow
    inside = or_(row.class_id == here, row.linked_class_id == here)
    facts = {
        "kind": kind.value,
        "changed_id": changed.class_id,
        "times": _times(changed.meetings),  # as they stand now, should they have moved again
    }
    for held in session.scalars(select(EnrollmentRow).where(inside).order_by(EnrollmentRow.suid)):
        lecture = session.get_one(SectionRow, held.class_id)
        lab = "" if lecture is changed else f"{changed.component} {changed.number}"
        yield News(held.suid, {**facts, **_class(lecture), "lab": lab})


def _change(before: dict[str, Any], after: dict[str, Any]) -> Kind | None:
    if before.get("cancelled") != after.get("cancelled"):
        return Kind.SECTION_CANCELLED if after.get("cancelled") else Kind.SECTION_BACK
    moved = before.get("meetings") != after.get("meetings") and after.get("meetings")
    return Kind.SECTION_MOVED if moved else None


def _holds(session: Session, entry: AuditRow) -> Iterator[News]:
    was, now = (entry.before or {}).get("holds"), (entry.after or {}).get("holds")
    if was is None or now is None:
        return  # the holds did not change, or the record is new
    for kind, ours, theirs in ((Kind.HOLD_REMOVED, was, now), (Kind.HOLD_PLACED, now, was)):
        changed = [hold for hold in ours if hold not in theirs]
        if changed:
            facts = {"hold": "; ".join(changed), "left": "; ".join(now)}
            yield News(entry.key, {"kind": kind.value, **facts})


_TELLERS: dict[str, Callable[[Session, AuditRow], Iterator[News]]] = {
    "enrollments": _promoted,
    "petitions": _petition,
    "sections": _section,
    "students": _holds,
}


def _class(section: SectionRow) -> dict[str, Any]:
    course, term = section.course, section.term
    return {
        "class_id": section.class_id,
        "code": course.codes[0].code,
        "title": course.title,
        "quarter": term.quarter,
        "year": term.year,
        "section": section.number,
        "starts": term.starts.isoformat(),
        "ends": term.ends.isoformat(),
    }


def _times(rows: Iterable[MeetingRow]) -> str:
    """All meetings in one line, as students read them."""
    return "; ".join(_meeting(row).text for row in rows)


def _meeting(row: MeetingRow) -> Meeting:
    days = frozenset(Day(int(digit)) for digit in row.days)
    return Meeting(days, row.start, row.end, row.room)
