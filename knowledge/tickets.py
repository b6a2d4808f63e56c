"""Tickets (JWT, HS256, an audience of their own): one timetable of one student, for a short while.

A browser fetches pictures and calendar files without a header, so the address itself must show the
right to them: a ticket opens this content alone, and never what a token opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

from knowledge.errors import NotSignedIn

LIFETIME = timedelta(hours=1)
_ALGORITHM, _AUDIENCE = "HS256", "quad-timetable"


@dataclass(frozen=True)
class Shown:
    """What a ticket opens: a student's classes in some terms (by term id).

    `planned` are class ids besides those the student is in (a lecture's before its lab's).
    """

    suid: str
    term_ids: tuple[int, ...]
    planned: tuple[int, ...] = ()


def issue(shown: Shown, secret: str, lifetime: timedelta = LIFETIME) -> str:
    """Sign a ticket; it expires by the real clock, never by QUAD_TODAY."""
    claims = {
        "sub": shown.suid,
        "terms": list(shown.term_ids),
        "planned": list(shown.planned),
        "aud": _AUDIENCE,
        "exp": datetime.now(UTC) + lifetime,
    }
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def verify(ticket: str, secret: str) -> Shown:
    """What a ticket opens; raise NotSignedIn when it is forged or expired."""
    try:
        claims = jwt.decode(
            ticket,
            secret,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            options={"require": ["sub", "exp", "terms", "planned"]},
        )
        terms, planned = ([int(item) for item in claims[key]] for key in ("terms", "planned"))
    except jwt.ExpiredSignatureError as error:
        raise NotSignedIn("expired") from error
    except (jwt.InvalidTokenError, ValueError, TypeError) as error:
        raise NotSignedIn("forged") from error
    return Shown(str(claims["sub"]), tuple(terms), tuple(planned))
