"""What enrollment acts write into the audit log."""

from __future__ import annotations

from typing import Any

from knowledge.model.courses import Grading
from knowledge.model.students import Status
from knowledge.storage.audit import AuditLog


def note_change(
    audit: AuditLog,
    actor: str,
    act: str,
    suid: str,
    class_id: int,
    before: Status | None,
    after: Status | None,
    **details: Any,
) -> None:
    """One student's status in one section changed; None means being in it no more, or not yet."""
    told = {name: _plain(value) for name, value in details.items() if value is not None}
    audit.note(
        actor,
        act,
        "enrollments",
        f"{suid}/{class_id}",
        {"status": before.value} if before else None,
        {"status": after.value, **told} if after else None,
    )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Grading) else value
