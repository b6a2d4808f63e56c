"""One-time codes: they open one thing, once, for a short while, and are kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update

from bot.storage.database import DoorDatabase
from bot.storage.tables import OneTimeCodeRow
from knowledge.errors import NotSignedIn
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

_KEPT = timedelta(days=1)  # after its end, so that a late second use is told from a guess


class OneTimeCodes:
    """Issues and redeems codes; safe for many processes. Calls block."""

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database

    def issue(self, purpose: str, payload: Mapping[str, Any], lifetime: timedelta) -> str:
        """A new code, 43 characters for an address, that stands for `payload`."""
        code, now = secrets.token_urlsafe(32), moments.now()

        def act(work: Work) -> None:
            stale = OneTimeCodeRow.expires_at < now - _KEPT
            work.session.execute(delete(OneTimeCodeRow).where(stale))
            row = OneTimeCodeRow(
                code_hash=_hash(code),
                purpose=purpose,
                payload=dict(payload),
                expires_at=now + lifetime,
            )
            work.session.add(row)

        self._database.units.transact(act)
        return code

    def look(self, purpose: str, code: str) -> dict[str, Any]:
        """What a code stands for, unused; raise NotSignedIn (forged, expired, replayed)."""
        with self._database.units.read() as work:
            row = work.session.get(OneTimeCodeRow, _hash(code))
            if row is None or row.purpose != purpose:
                raise NotSignedIn("forged")
            if row.used_at is not None:
                raise NotSignedIn("replayed")
            if row.expires_at <= moments.now():
                raise NotSignedIn("expired")
            return dict(row.payload)

    def redeem(self, purpose: str, code: str) -> dict[str, Any]:
        """What a code stands for; it is spent then. Raise NotSignedIn; of two at once, one wins."""
        payload = self.look(purpose, code)
        mine = OneTimeCodeRow.code_hash == _hash(code), OneTimeCodeRow.used_at.is_(None)
        spend = update(OneTimeCodeRow).where(*mine).values(used_at=moments.now())
        spend = spend.returning(OneTimeCodeRow.code_hash)
        won = self._database.units.transact(lambda work: work.session.execute(spend).first())
        if won is None:
            raise NotSignedIn("replayed")
        return payload


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
