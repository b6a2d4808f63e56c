"""Tokens at the doors, and conversations that belong to their subject."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from knowledge import tokens
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role

ANONYMOUS = Principal("", Role.ANONYMOUS)
VISITOR_LIFETIME = timedelta(days=30)
STUDENT_LIFETIME = timedelta(hours=8)
SERVICE_LIFETIME = timedelta(days=3650)


@dataclass(frozen=True)
class Gate:
    """Checks tokens and names conversations; one a process."""

    secret: str

    def admit(self, authorization: str | None) -> Principal:
        """The principal of an `Authorization` header: anonymous without one; raise NotSignedIn."""
        if authorization is None:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise NotSignedIn("not a bearer token")
        return self.verify(token.strip())

    def verify(self, token: str) -> Principal:
        """The principal of a bare token; raise NotSignedIn when it is forged or expired."""
        return tokens.verify(token, self.secret)

    def issue(self, principal: Principal, lifetime: timedelta = STUDENT_LIFETIME) -> str:
        """Sign a token for that principal."""
        return tokens.issue(principal, self.secret, lifetime)

    def visitor(self) -> str:
        """A token for somebody who has not signed in: a random subject nobody else can claim."""
        return self.issue(Principal(secrets.token_hex(16), Role.ANONYMOUS), VISITOR_LIFETIME)

    def conversation(self, principal: Principal, sender: str) -> str:
        """The id of the conversation that `sender` names for this principal alone.

        A keyed hash: the same sender under another token is another conversation, ids cannot be
        guessed, and no student number stands in logs or in the tracker store's keys.
        """
        parts = "\x1f".join((principal.role.value, principal.subject, sender))
        key = hashlib.sha256(self.secret.encode()).digest()
        return hashlib.blake2b(parts.encode(), key=key, digest_size=16).hexdigest()
