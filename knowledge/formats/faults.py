"""What a catalogue file is refused for, each fault with the line and column where it stands.

Lines and columns count from 1. A `value` is cut to `SHOWN` characters: files can be hostile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError

SHOWN = 80


@dataclass(eq=False)
class FileMalformed(QuadError):
    """The file breaks its own syntax; nothing after this place can be trusted."""

    problem: ClassVar[str] = "file-malformed"
    status: ClassVar[int] = 422
    line: int
    column: int
    reason: str


@dataclass(eq=False)
class ConstructForbidden(QuadError):
    """The file has a document type or entities, which may read files or blow up when expanded."""

    problem: ClassVar[str] = "file-construct-forbidden"
    status: ClassVar[int] = 422
    line: int
    column: int
    construct: str


@dataclass(eq=False)
class EncodingRefused(QuadError):
    """The file is not UTF-8; `encoding` is what it declares, or utf-8 when its bytes are not."""

    problem: ClassVar[str] = "file-encoding-refused"
    status: ClassVar[int] = 422
    line: int
    column: int
    encoding: str


@dataclass(eq=False)
class FileForeign(QuadError):
    """The file is sound but something else: `root` is its outermost element."""

    problem: ClassVar[str] = "file-foreign"
    status: ClassVar[int] = 422
    line: int
    column: int
    root: str


@dataclass(eq=False)
class LimitExceeded(QuadError):
    """Something in the file is greater than `limit` allows; `what` names it."""

    problem: ClassVar[str] = "file-limit-exceeded"
    status: ClassVar[int] = 413
    line: int
    column: int
    what: str
    limit: int


@dataclass(eq=False)
class FieldInvalid(QuadError):
    """A field that is missing or cannot be read; the course it belongs to cannot be taken."""

    problem: ClassVar[str] = "file-field-invalid"
    status: ClassVar[int] = 422
    line: int
    column: int
    field: str
    value: str
    record: str = ""
