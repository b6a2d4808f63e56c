"""Sign-ins of somebody who is erased: they end, and what stays of them names nobody.

The rows themselves stay until they would have expired: by them every process knows to refuse the
tokens that were given out.
"""

from __future__ import annotations

from sqlalchemy import CursorResult, func, update
from sqlalchemy.orm import Session

from bot.storage.tables import SignInRow
from knowledge.storage import moments


def forget(subject: str, session: Session) -> int:
    """End and unname every sign-in of this subject; how many there were."""
    ended = func.coalesce(SignInRow.ended_at, moments.now())
    unnamed = update(SignInRow).where(SignInRow.subject == subject)
    result = session.execute(unnamed.values(subject="", name="", ended_at=ended))
    return result.rowcount if isinstance(result, CursorResult) else 0
