"""The audit log and used permission numbers of a student whose record is gone: no name left."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.privacy.held import audited
from bot.privacy.person import Person
from knowledge.storage.orm import AuditRow, PermissionRow

_USED = "erased"  # a permission number stays used: it is eight characters wide


def rename(session: Session, person: Person, pseudonym: str) -> int:
    """Put a pseudonym where the person stands; how many entries were changed.

    The pseudonym is drawn by chance and kept nowhere else: entries of one person still belong
    together, and nothing leads back.
    """
    rows = session.scalars(select(AuditRow).where(audited(person))).all()
    for row in rows:
        row.actor = pseudonym if row.actor == person.suid else row.actor
        row.key = row.key.replace(person.suid, pseudonym)
        row.before, row.after = (_renamed(facts, person, pseudonym) for facts in _both(row))
    given = select(PermissionRow).where(
        (PermissionRow.suid == person.suid) | (PermissionRow.used_by == person.suid)
    )
    for number in session.scalars(given):
        number.suid = _USED if number.suid == person.suid else number.suid
        number.used_by = _USED if number.used_by == person.suid else number.used_by
    return len(rows)


def _both(row: AuditRow) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    return row.before, row.after


def _renamed(facts: dict[str, Any] | None, person: Person, pseudonym: str) -> dict[str, Any] | None:
    """The same facts with every text that names the person replaced."""
    if facts is None:
        return None
    text = json.dumps(facts, ensure_ascii=False)
    for mark in sorted({*person.marks, *([person.name] if person.name else [])}, key=len)[::-1]:
        inside = json.dumps(mark, ensure_ascii=False)[1:-1]
        text = re.sub(re.escape(inside), pseudonym, text, flags=re.IGNORECASE)
    renamed: dict[str, Any] = json.loads(text)
    return renamed
