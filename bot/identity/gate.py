"""Tokens at the doors, and conversations that belong to their subject."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from bot.identity.ended import EndedSignIns
from bot.storage.database import shared
from knowledge import tokens
from knowledge.errors import NotPermitted, NotSignedIn
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

ANONYMOUS = Principal("", Role.ANONYMOUS)
VISITOR_LIFETIME = timedelta(days=7)
STUDENT_LIFETIME = timedelta(hours=8)
SERVICE_LIFETIME = timedelta(days=3650)


@dataclass(frozen=True)
class Gate:
    """Checks tokens and names conversations; one a process.

    Without `ended` it cannot know that a sign-in has ended before its tokens expire.
    """

    secret: str
    ended: EndedSignIns | None = field(default=None, compare=False)

    @classmethod
    def of(cls, settings: Settings) -> Gate:
        """The gate of a process that serves people: it refuses the tokens of ended sign-ins."""
        return cls(settings.secret, EndedSignIns(shared(settings.database_url)))

    def admit(self, authorization: str | None) -> Principal:
        """The principal of an `Authorization` header: anonymous without one; raise NotSignedIn."""
        if authorization is None:
            return ANONYMOUS
        return self.verify(bearer(authorization))

    def verify(self, token: str) -> Principal:
        """The principal of a bare token; raise NotSignedIn: forged, expired or ended."""
        claims = tokens.read(token, self.secret)
        if claims.sign_in is not None and self.ended is not None and claims.sign_in in self.ended:
            raise NotSignedIn("ended")
        return claims.principal

    def sign_in_of(self, token: str) -> str | None:
        """The id of the sign-in that a token comes from, if any; raise NotSignedIn."""
        return tokens.read(token, self.secret).sign_in

    def issue(
        self,
        principal: Principal,
        lifetime: timedelta = STUDENT_LIFETIME,
        sign_in: str | None = None,
    ) -> str:
        """Sign a token for that principal; it ends with its sign-in, where it names one."""
        return tokens.issue(principal, self.secret, lifetime, sign_in)

    def visitor(self, shown: str | None = None) -> str:
        """A token for somebody who has not signed in: a random subject nobody else can claim.

        Who shows a visitor's token that still counts stays the same visitor, and so keeps the
        conversation; raise NotSignedIn, or NotPermitted for somebody who has signed in.
        """
        subject = secrets.token_hex(16)
        if shown is not None:
            principal = self.verify(shown)
            if principal.role is not Role.ANONYMOUS:
                raise NotPermitted
            subject = principal.subject
        return self.issue(Principal(subject, Role.ANONYMOUS), VISITOR_LIFETIME)

    def conversation(self, principal: Principal, sender: str) -> str:
        """The id of the conversation that `sender` names for this principal alone.

        A keyed hash: the same sender under another token is another conversation, ids cannot be
        guessed, and no student number stands in logs or in the tracker store's keys.
        """
        parts = "\x1f".join((principal.role.value, principal.subject, sender))
        key = hashlib.sha256(self.secret.encode()).digest()
        return hashlib.blake2b(parts.encode(), key=key, digest_size=16).hexdigest()


def bearer(authorization: str) -> str:
    """The token of an `Authorization` header; raise NotSignedIn."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn("not a bearer token")
    return token.strip()
