"""Who may not, and keys that cannot be honoured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class NotSignedIn(QuadError):
    """No token, or one that is forged or expired."""

    problem: ClassVar[str] = "not-signed-in"
    status: ClassVar[int] = 401
    reason: str = "missing"


@dataclass(eq=False)
class NotPermitted(QuadError):
    """A valid token that does not allow this act on this student."""

    problem: ClassVar[str] = "not-permitted"
    status: ClassVar[int] = 403


@dataclass(eq=False)
class KeyReused(QuadError):
    """An Idempotency-Key came back with another request."""

    problem: ClassVar[str] = "idempotency-key-reused"
    status: ClassVar[int] = 409
    key: str


@dataclass(eq=False)
class KeyMissing(QuadError):
    """An enrollment request without an Idempotency-Key."""

    problem: ClassVar[str] = "idempotency-key-missing"
    status: ClassVar[int] = 400
