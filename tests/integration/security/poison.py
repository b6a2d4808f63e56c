"""Puts a payload into every text that the database keeps, each with a tag of its field and number.

The tag follows the payload, so that a page on which it is found has shown that very combination.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from payloads import PAYLOADS
from sqlalchemy import select

from bot.evaluation.storage.store import RatingStore
from bot.evaluation.storage.tables import CandidateRow, ItemRow
from knowledge.storage import moments, orm
from knowledge.storage.unit_of_work import UnitOfWork

TAG = re.compile(r"q(\w+?)-(\d+)z")
BROKEN = "CS106A"
FIRST_SUID = 5_960_000
POISONED = "edit-course"  # the act of the audit log's payloads


def poisoned(field: str, number: int) -> str:
    """The payload of that number in that field."""
    # Some of what would be text for a browser cannot be in a database or an XML file at all.
    payload = PAYLOADS[number % len(PAYLOADS)].replace("\x01", "")
    return f"{payload} q{field}-{number}z"


def poison(units: UnitOfWork) -> None:
    """Every payload into every field."""
    ready = RatingStore(units).units
    with ready.write() as work:
        _catalogue(work.session)
        _people(work.session)
        _records(work.session)
        _words(work.session)
        _rated(work.session)


def _catalogue(session: Any) -> None:
    courses = session.scalars(select(orm.CourseRow).order_by(orm.CourseRow.id)).all()
    assert len(courses) >= len(PAYLOADS)
    for number, course in enumerate(courses):
        course.title = poisoned("title", number)
        course.description = poisoned("description", number)
        course.prerequisite_prose = poisoned("prose", number)
        course.topics = [poisoned("topic", number)]
        sections = select(orm.SectionRow).where(orm.SectionRow.course_id == course.id)
        for section in session.scalars(sections).unique():
            section.instructors = [poisoned("instructor", number)]
            for meeting in section.meetings:
                meeting.room = poisoned("room", number)
    # Its line ends would add lines of their own to a calendar.
    broken = session.get_one(orm.CourseRow, session.get_one(orm.CourseCodeRow, BROKEN).course_id)
    broken.title = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY <script>hit()</script>"
    for number, department in enumerate(session.scalars(select(orm.DepartmentRow))):
        department.name = poisoned("department", number)
        department.school = poisoned("school", number)


def _people(session: Any) -> None:
    for number in range(len(PAYLOADS)):
        session.add(
            orm.StudentRow(
                suid=f"{FIRST_SUID + number:08d}",
                name=poisoned("name", number),
                programme=poisoned("programme", number),
                completed=[],
                completed_all=False,
                max_units=20,
                holds=[poisoned("hold", number)],
                groups=[poisoned("group", number)],
                sign_in=False,
            )
        )
    session.flush()
    terms = itertools.cycle(session.scalars(select(orm.TermRow.id)).all())
    for number in range(len(PAYLOADS)):
        session.add(
            orm.PetitionRow(
                suid=f"{FIRST_SUID + number:08d}",
                term_id=next(terms),
                units=22,
                decision="pending",
                created_at=moments.now(),
            )
        )


def _records(session: Any) -> None:
    for number in range(len(PAYLOADS)):
        facts = {poisoned("fact", number): poisoned("before", number)}
        session.add(
            orm.AuditRow(
                at=moments.now(),
                actor=poisoned("actor", number)[:80],
                act=POISONED,
                table="courses",
                key=poisoned("key", number)[:80],
                before=facts,
                after={poisoned("fact", number): poisoned("after", number)},
            )
        )
        session.add(
            orm.QuestionRow(
                at=moments.now(),
                kind="unclear",
                text=poisoned("question", number),
                filters={poisoned("filter", number): [poisoned("filtered", number)]},
                results=0,
                answered=False,
            )
        )
        session.add(
            orm.ImportRow(
                at=moments.now(),
                actor=poisoned("importer", number)[:80],
                filename=poisoned("file", number),
                sha256="0" * 64,
                counts={"new": 1},
            )
        )


def _words(session: Any) -> None:
    for number in range(len(PAYLOADS)):
        item = orm.LabelItemRow(
            form=f"{number:064d}",
            origin=f"{number:064d}",
            text=poisoned("utterance", number),
            prelabel={"intent": "other", "spans": []},
            confidence=0.1,
            priority=1.0,
            reasons=["unsure"],
            wanted=2,
            state="disputed" if number % 2 else "open",
            created_at=moments.now(),
        )
        session.add(item)
        session.flush()
        session.add(
            orm.LabelSourceRow(
                key=f"{number:064d}",
                conversation=f"c{number}",
                item_id=item.id,
                context=[
                    {"student": True, "text": poisoned("earlier", number)},
                    {"student": False, "text": poisoned("answer", number)},
                ],
                sampled=True,
            )
        )
        session.add(orm.LabelGrantRow(item_id=item.id, annotator="ada", until=moments.now()))
        for who in ("annotator", "second"):
            label = orm.LabelRow(
                item_id=item.id,
                annotator=poisoned(who, number)[:80],
                act="label",
                intent="enroll" if who == "second" else "other",
                spans=[],
                at=moments.now(),
            )
            session.add(label)


def _rated(session: Any) -> None:
    for number in range(len(PAYLOADS)):
        said = {"speaker": "student", "text": poisoned("said", number), "buttons": []}
        item = ItemRow(
            key=f"{number:064d}",
            context=[said],
            source="simulated",
            seed=number,
            origin={},
            created_at=moments.now(),
        )
        session.add(item)
        session.flush()
        for place in range(2):
            replies = [
                {
                    "speaker": "quad",
                    "text": poisoned(f"reply{place}", number),
                    "buttons": [poisoned(f"button{place}", number)],
                }
            ]
            session.add(
                CandidateRow(
                    item_id=item.id, messages=replies, policies=[f"p{place}"], acts=["action_help"]
                )
            )
