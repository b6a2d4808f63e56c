"""Sign-ins: begun by the provider's word, kept alive by a rotating secret, ended for good.

A refresh secret is spent by its use. Its successor is computed from it with our key, so

- who asks twice within a few seconds (the answer was lost, or two tabs woke at once) gets the same
  successor twice, and nothing breaks;
- who shows a spent one later than that has copied it: the secret's successors lead to the one
  that counts now, and the sign-in ends for both.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.identity.ended import EndedSignIns
from bot.identity.people import Person
from bot.storage.database import DoorDatabase
from bot.storage.tables import SignInRow
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

ACCESS_LIFETIME = timedelta(minutes=10)
SIGN_IN_LIFETIME = timedelta(hours=12)
RETRY_WINDOW = timedelta(seconds=10)
_KEPT = timedelta(days=1)  # after its end
_SECRET = re.compile(r"([0-9a-f]{32})\.[A-Za-z0-9_\-]{20,100}")
_MOST_REFRESHES = 2_000  # in one sign-in; a page asks about seventy times


@dataclass(frozen=True)
class SignIn:
    """A sign-in that counts, and its secret for the next refresh (shown once, never kept)."""

    sign_in_id: str
    person: Person
    secret: str
    begun_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Spent:
    """A secret of this sign-in that was used before: the sign-in has ended by showing it."""


class SignIns:
    """Begins, refreshes and ends sign-ins; safe for many processes. Calls block."""

    def __init__(self, database: DoorDatabase, key: str, ended: EndedSignIns) -> None:
        self._database = database
        self._key = hashlib.sha256(b"refresh\0" + key.encode()).digest()
        self._ended = ended

    def begin(self, person: Person) -> SignIn:
        """A new sign-in of somebody whom the provider has vouched for."""
        now = moments.now()
        secret = f"{secrets.token_hex(16)}.{secrets.token_urlsafe(32)}"
        row = SignInRow(
            id=_id(secret),
            subject=person.principal.subject,
            role=person.principal.role.value,
            name=person.name,
            secret_hash=_hash(secret),
            begun_at=now,
            refreshed_at=now,
            expires_at=now + SIGN_IN_LIFETIME,
        )

        def act(work: Work) -> SignIn:
            work.session.execute(delete(SignInRow).where(SignInRow.expires_at < now - _KEPT))
            work.session.add(row)
            return _sign_in(row, secret)

        return self._database.units.transact(act)

    def refresh(self, secret: str) -> SignIn:
        """The same sign-in with a new secret; raise NotSignedIn (forged, expired, ended, replayed).

        A replayed secret ends the sign-in.
        """

        def act(work: Work) -> SignIn | Spent:
            row = work.session.get(SignInRow, _id(secret), with_for_update=True)
            if row is None:
                raise NotSignedIn("forged")
            _must_count(row)
            return self._next(row, secret)

        found = self._database.units.transact(act)
        if isinstance(found, Spent):
            self.end_id(_id(secret))
            raise NotSignedIn("replayed")
        return found

    def end(self, secret: str) -> None:
        """Sign out: any secret of this sign-in ends it, also a spent one; others change nothing."""
        with self._database.units.read() as work:
            row = work.session.get(SignInRow, _id(secret))
            ours = row is not None and self._leads_to(secret, row.secret_hash)
        if ours:
            self.end_id(_id(secret))

    def end_id(self, sign_in_id: str) -> int:
        """End one sign-in; how many that were (0 or 1)."""
        return self._end(SignInRow.id == sign_in_id)

    def end_all(self, subject: str) -> int:
        """End every sign-in of a student, an admin or a rater; how many that were."""
        return self._end(SignInRow.subject == subject)

    def counting(self) -> list[SignIn]:
        """Every sign-in that counts now, the newest first; without secrets."""
        query = select(SignInRow).where(
            SignInRow.ended_at.is_(None), SignInRow.expires_at > moments.now()
        )
        with self._database.units.read() as work:
            rows = work.session.scalars(query.order_by(SignInRow.begun_at.desc()))
            return [_sign_in(row, "") for row in rows]

    def _next(self, row: SignInRow, secret: str) -> SignIn | Spent:
        shown, now = _hash(secret), moments.now()
        successor = self._successor(secret)
        if hmac.compare_digest(shown, row.secret_hash):
            row.spent_hash, row.secret_hash, row.refreshed_at = shown, _hash(successor), now
            return _sign_in(row, successor)
        retried = row.spent_hash is not None and hmac.compare_digest(shown, row.spent_hash)
        if retried and now - row.refreshed_at <= RETRY_WINDOW:
            return _sign_in(row, successor)
        if self._leads_to(secret, row.secret_hash):
            return Spent()
        raise NotSignedIn("forged")

    def _successor(self, secret: str) -> str:
        digest = hmac.new(self._key, secret.encode("utf-8", "replace"), hashlib.sha256)
        return f"{_id(secret)}.{digest.hexdigest()}"

    def _leads_to(self, secret: str, secret_hash: str) -> bool:
        """Whether a secret is the one that counts, or one of those before it."""
        for _ in range(_MOST_REFRESHES):
            if hmac.compare_digest(_hash(secret), secret_hash):
                return True
            secret = self._successor(secret)
        return False

    def _end(self, which: object) -> int:
        now = moments.now()

        def act(work: Work) -> list[tuple[str, datetime]]:
            query = select(SignInRow).where(which, SignInRow.ended_at.is_(None))  # type: ignore[arg-type]
            rows = work.session.scalars(query.with_for_update()).all()
            for row in rows:
                row.ended_at = now
            return [(row.id, row.expires_at) for row in rows]

        ended = self._database.units.transact(act)
        for sign_in_id, expires_at in ended:
            self._ended.note(sign_in_id, expires_at)
        return len(ended)


def _must_count(row: SignInRow) -> None:
    if row.ended_at is not None:
        raise NotSignedIn("ended")
    if row.expires_at <= moments.now():
        raise NotSignedIn("expired")


def _sign_in(row: SignInRow, secret: str) -> SignIn:
    person = Person(Principal(row.subject, Role(row.role)), row.name)
    return SignIn(row.id, person, secret, row.begun_at, row.expires_at)


def _id(secret: str) -> str:
    """The sign-in that a secret names; what is no secret names none."""
    found = _SECRET.fullmatch(secret)
    return found.group(1) if found else ""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
