"""Takes a student out of everything that Quad keeps; what was begun can always be begun again.

Each step finds what it erases by itself and leaves nothing half-done, and the last steps are those
by which the others find the student: the conversations, then the record. The education record is
Axess': it stays unless it is asked for by name, and then the audit log keeps its entries under a
pseudonym that nobody can trace back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from bot.privacy import words
from bot.privacy.errors import NothingKept, StillEnrolled
from bot.privacy.files import blacken, remove
from bot.privacy.held import HELD, Held
from bot.privacy.person import Person
from bot.privacy.pseudonyms import rename
from bot.privacy.scrubbing import scrub
from bot.privacy.stores import Stores
from knowledge.storage.orm import AuditRow, EnrollmentRow, PermissionRow, StudentRow, TermRow
from knowledge.storage.unit_of_work import Work

_KEEP_ENTRIES = (AuditRow, PermissionRow)  # renamed, not deleted


@dataclass
class Erased:
    """How many entries of each part went, and how many of the education record stay."""

    gone: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)


def erase(stores: Stores, person: Person, today: date, *, record: bool = False) -> Erased:
    """Erase; raise NothingKept, StillEnrolled (both: nothing was changed), or NotScrubbed."""
    if record:
        _may_go(stores, person, today)
    done = Erased()
    paths = _files(stores, person)
    with stores.units.read() as work:
        known = {held.name: _count(work.session, held, person) for held in HELD if held.record}
    _quads_own(stores, person, done)
    for path in paths:
        remove(path)
    done.gone["files"] = len(paths)
    done.gone["logs"] = sum(blacken(path, person.marks) for path in stores.files.logs())
    done.gone["conversations"] = stores.transcripts.erase(person.conversations)
    if record:
        stores.units.transact(lambda work: _record(work, person))
        done.gone |= known
    else:
        done.kept = {name: count for name, count in known.items() if count}
    for engine in (stores.units.engine, stores.transcripts.engine):
        scrub(engine)
    if not any(done.gone.values()) and not done.kept:
        raise NothingKept(person.suid)
    return done


def _files(stores: Stores, person: Person) -> list[Path]:
    events = (stores.transcripts.events(each) for each in person.conversations)
    return stores.files.named_by(chain.from_iterable(events))


def _quads_own(stores: Stores, person: Person, done: Erased) -> None:
    steps: dict[str, Callable[[Session], int]] = {
        "label_items": partial(words.erase_labelled, person=person),
        "rating_items": partial(words.erase_rated, person=person),
        **{held.name: partial(_delete, held, person) for held in HELD if not held.record},
    }
    for name, step in steps.items():
        done.gone[name] = stores.units.transact(partial(_in, step))


def _in(step: Callable[[Session], int], work: Work) -> int:
    return step(work.session)


def _delete(held: Held, person: Person, session: Session) -> int:
    result = session.execute(delete(held.row).where(held.whose(person)))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _count(session: Session, held: Held, person: Person) -> int:
    key = next(iter(held.row.__table__.primary_key))
    return len(session.execute(select(key).where(held.whose(person))).all())


def _may_go(stores: Stores, person: Person, today: date) -> None:
    """A student who still holds seats leaves them first, so that others move up by the rules."""
    holding = (
        select(EnrollmentRow.class_id)
        .join(TermRow, TermRow.id == EnrollmentRow.term_id)
        .where(EnrollmentRow.suid == person.suid, TermRow.ends >= today)
        .order_by(EnrollmentRow.class_id)
    )
    with stores.units.read() as work:
        classes = tuple(work.session.scalars(holding))
    if classes:
        raise StillEnrolled(person.suid, classes)


def _record(work: Work, person: Person) -> None:
    """The education record in one transaction: rows go, the trail stays without the person."""
    rename(work.session, person, f"erased-{secrets.token_hex(6)}")
    for held in HELD:
        if held.record and held.row not in _KEEP_ENTRIES and held.row is not StudentRow:
            work.session.execute(delete(held.row).where(held.whose(person)))
    work.session.execute(delete(StudentRow).where(StudentRow.suid == person.suid))
