"""What stands against an admin's change: it was made elsewhere, is wrong, or cannot be undone.

Dictionaries hold fields with plain values, as the audit log keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class StaleVersion(QuadError):
    """The record was changed after the form was drawn; `yours` and `theirs` differ field by field.

    `theirs` holds the present values of the fields that `yours` would change.
    """

    problem: ClassVar[str] = "stale-version"
    status: ClassVar[int] = 409
    table: str
    key: str
    drawn_version: int
    present_version: int
    yours: dict[str, Any]
    theirs: dict[str, Any]


@dataclass(eq=False)
class FieldsRejected(QuadError):
    """Fields that cannot be taken: each fault has `field`, `problem`, `value` and `position`."""

    problem: ClassVar[str] = "fields-rejected"
    status: ClassVar[int] = 422
    table: str
    key: str
    faults: list[dict[str, Any]]


@dataclass(eq=False)
class KeyTaken(QuadError):
    """A new record under a key that is in use."""

    problem: ClassVar[str] = "key-taken"
    status: ClassVar[int] = 409
    table: str
    key: str


@dataclass(eq=False)
class StillReferred(QuadError):
    """A record that others refer to, which cannot be removed; `by` names what refers to it."""

    problem: ClassVar[str] = "still-referred"
    status: ClassVar[int] = 409
    table: str
    key: str
    by: list[str]


@dataclass(eq=False)
class UnknownTerm(QuadError):
    """No term of that number."""

    problem: ClassVar[str] = "unknown-term"
    status: ClassVar[int] = 404
    term_id: int


@dataclass(eq=False)
class UnknownEntry(QuadError):
    """No entry of the audit log of that number."""

    problem: ClassVar[str] = "unknown-entry"
    status: ClassVar[int] = 404
    entry_id: int


@dataclass(eq=False)
class UnknownImport(QuadError):
    """No import of that number."""

    problem: ClassVar[str] = "unknown-import"
    status: ClassVar[int] = 404
    import_id: int


@dataclass(eq=False)
class NotUndoable(QuadError):
    """An act that undoing does not cover, or one that has been undone already."""

    problem: ClassVar[str] = "not-undoable"
    status: ClassVar[int] = 409
    entry_id: int
    act: str


@dataclass(eq=False)
class UndoConflict(QuadError):
    """The record was changed again after the entry: `logged` is what it had then, `present` now."""

    problem: ClassVar[str] = "undo-conflict"
    status: ClassVar[int] = 409
    entry_id: int
    table: str
    key: str
    logged: dict[str, Any]
    present: dict[str, Any]
