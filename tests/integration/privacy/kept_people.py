"""A Quad that has got to know two students: every table and folder has something about both."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.evaluation.storage.store import RatingStore
from bot.evaluation.storage.tables import CandidateRow, ItemRow, RatingRow, ScoreRow
from bot.identity import Gate
from bot.privacy.stores import Stores
from bot.storage import tables
from knowledge.model.students import Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.settings import Settings
from knowledge.storage import moments, orm
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.label_queue import LabelQueue

TODAY = date(2018, 11, 15)
WHO, NAME = "05971234", "Zenobia Quartermaine"
OTHER, OTHER_NAME = "05974321", "Balthasar Underhill"
SECRET = "a secret for the tests alone, longer than thirty-two bytes"


@dataclass
class Kept:
    """A run-time folder, its settings, and what is where."""

    settings: Settings
    stores: Stores

    def conversation(self, suid: str, sender: str = "web") -> str:
        return Gate(SECRET).conversation(Principal(suid, Role.STUDENT), sender)


def make_events(settings: Settings) -> None:
    """Rasa's table, as its store makes it."""
    with sa.create_engine(settings.tracker_url).begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,"
            " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),"
            " action_name VARCHAR(255), data TEXT)"
        )


def add_events(url: str, conversation: str, events: list[dict[str, Any]]) -> None:
    """Events in the order they happened."""
    rows = [
        {"s": conversation, "t": event["event"], "at": event["timestamp"], "d": json.dumps(event)}
        for event in events
    ]
    with sa.create_engine(url).begin() as connection:
        text = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (:s, :t, :at, :d)"
        connection.execute(sa.text(text), rows)


def said(suid: str, text: str, at: float, role: str = "student", **client: str) -> dict[str, Any]:
    """A student's message as Rasa keeps it."""
    parse = {
        "intent": {"name": "other", "confidence": 0.31},
        "entities": [],
        "text": text,
        "intent_ranking": [{"name": "other", "confidence": 0.31}],
    }
    metadata = {"principal": {"subject": suid, "role": role}, "client": client}
    return {
        "event": "user",
        "timestamp": at,
        "text": text,
        "message_id": f"m{at}",
        "parse_data": parse,
        "metadata": metadata,
    }


def replied(text: str, at: float, **data: Any) -> dict[str, Any]:
    """A reply as Rasa keeps it."""
    return {"event": "bot", "timestamp": at, "text": text, "data": data}


def record(stores: Stores, suid: str, name: str) -> None:
    with stores.units.write() as work:
        desk = Administration(work, TODAY, "registrar")
        desk.put_student(Student(suid, name, "Undeclared", completed_all=True))
        desk.give_permission(_section(work.session), suid=suid)
        Registrar(work, TODAY, suid).enroll(suid, _section(work.session), Wish())
        work.answers.claim(suid, f"key of {suid}", "0" * 64)
        work.answers.keep(suid, f"key of {suid}", StoredAnswer(201, {"suid": suid, "name": name}))
        work.session.add(
            orm.QuestionRow(
                at=moments.now(),
                kind="unclear",
                text=f"does {name} take this",
                filters={},
                results=0,
                answered=False,
            )
        )


def _section(session: Any) -> int:
    query = (
        sa.select(orm.SectionRow.class_id)
        .join(orm.CourseCodeRow, orm.CourseCodeRow.course_id == orm.SectionRow.course_id)
        .join(orm.TermRow, orm.TermRow.id == orm.SectionRow.term_id)
        .where(orm.CourseCodeRow.code == "CS106A", orm.TermRow.quarter.ilike("winter"))
        .where(orm.TermRow.year == 2019)
    )
    found: int = session.scalars(query.order_by(orm.SectionRow.class_id)).first()
    return found


def talk(kept: Kept, suid: str, name: str) -> None:
    var, now = kept.settings.var, time.time()
    mark = "a" if suid == WHO else "c"
    upload, job = mark * 32, chr(ord(mark) + 1) * 32
    (var / "uploads").mkdir(exist_ok=True)
    (var / "uploads" / upload).write_bytes(f"a picture of {name}".encode())
    (var / "jobs" / job).mkdir(parents=True)
    (var / "jobs" / job / "0.png").write_bytes(f"made of {name}".encode())
    events = [
        said(suid, f"my name is {name} and my number is {suid}, what now", now),
        replied(
            "Here is your picture", now + 1, image=f"http://localhost:8100/jobs/{job}/pictures/0"
        ),
        said(suid, f"it shows {name}", now + 2, upload=upload),
        replied(f"Thank you, {name}", now + 3),
    ]
    add_events(kept.settings.tracker_url, kept.conversation(suid), events)
    # Another door, under a sender's name that nobody can guess.
    words = "it rains where I stand" if suid == WHO else "do they let dogs in here at all"
    other = [said(suid, words, now + 4)]
    add_events(kept.settings.tracker_url, kept.conversation(suid, f"phone {name}"), other)
    with (var / "bot.log").open("a", encoding="utf-8") as log:
        log.write(f"INFO something of {suid} went wrong\nINFO and {name} saw it\n")


def use_doors(kept: Kept, suid: str, name: str) -> None:
    now, conversation = moments.now(), kept.conversation(suid)
    number = int(suid)
    rows = [
        tables.SignInRow(
            id=f"{number:032x}",  # random in truth: it says nothing of anybody
            subject=suid,
            role="student",
            name=name,
            secret_hash="0" * 64,
            begun_at=now,
            refreshed_at=now,
            expires_at=now,
        ),
        tables.OneTimeCodeRow(
            code_hash=suid * 8, purpose="exchange", payload={"subject": suid}, expires_at=now
        ),
        tables.HandledMessageRow(
            conversation=conversation,
            message_id="1",
            claimed_at=now,
            claimed_by="x",
            replies=[{"text": f"Hello {name}"}],
        ),
        tables.WaitingMessageRow(
            conversation=conversation, message={"text": f"Come back, {name}"}, put_at=now
        ),
        tables.ReachRow(
            subject=suid, door="slack", address={"user": f"U{suid}", "name": name}, used_at=now
        ),
        tables.NoteRow(audit_id=number, subject=suid, facts={"name": name}, made_at=now, tries=0),
        tables.FaceTemplateRow(
            subject=suid, sealed=b"gAAAA", consent="2026-11", consented_at=now, used_at=now
        ),
        tables.CheckInRow(subject=suid, form_id="f" * 16, how="photo", at=now),
        tables.SlackLinkRow(team_id="T1", user_id=f"U{suid}", subject=suid, linked_at=now),
        tables.SlackPlaceRow(
            conversation=conversation,
            team_id="T1",
            user_id=f"U{suid}",
            lane="0" * 64,
            address={"team": "T1", "user": f"U{suid}"},
            used_at=now,
        ),
    ]
    with kept.stores.units.write() as work:
        work.session.add_all(rows)


def rate(kept: Kept) -> None:
    """One item to rate of each student's conversation, rated once."""
    units = RatingStore(kept.stores.units).units
    with units.write() as work:
        for suid in (WHO, OTHER):
            item = ItemRow(
                key=f"{suid[-4:]}" * 16,
                context=[{"speaker": "student", "text": "hello", "buttons": []}],
                source="real",
                seed=0,
                origin={"conversation": kept.conversation(suid)},
                created_at=moments.now(),
            )
            work.session.add(item)
            work.session.flush()
            reply = CandidateRow(item_id=item.id, messages=[], policies=[], acts=[])
            rating = RatingRow(item_id=item.id, rater="r", submission=suid * 8, at=moments.now())
            work.session.add_all([reply, rating])
            work.session.flush()
            work.session.add(ScoreRow(rating_id=rating.id, candidate_id=reply.id, score=4, place=0))


def labelled(kept: Kept) -> set[str]:
    """The conversations in the labelling queue."""
    with kept.stores.units.read() as work:
        return LabelQueue(work.session).conversations()


def holders(folder: Path, *marks: str) -> list[str]:
    """The files in which one of these texts stands, whatever its case; a log with its database."""
    wanted = [mark.encode().lower() for mark in marks]
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = (path for path in files if any(mark in path.read_bytes().lower() for mark in wanted))
    return list(dict.fromkeys(path.name.removesuffix("-wal") for path in found))


def moved(kept: Kept, **changes: Any) -> Settings:
    """The settings with something else."""
    return replace(kept.settings, **changes)
