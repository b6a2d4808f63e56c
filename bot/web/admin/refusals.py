"""What the pages themselves refuse, beside the errors of the business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class UploadTooLarge(QuadError):
    """A file of more than `limit` bytes."""

    problem: ClassVar[str] = "upload-too-large"
    status: ClassVar[int] = 413
    limit: int


@dataclass(eq=False)
class UploadMissing(QuadError):
    """An upload without a file, or broken off."""

    problem: ClassVar[str] = "upload-missing"
    status: ClassVar[int] = 422


@dataclass(eq=False)
class ImportGone(QuadError):
    """An import that is not, or no longer, waiting for confirmation."""

    problem: ClassVar[str] = "import-gone"
    status: ClassVar[int] = 404
    ticket: str


@dataclass(eq=False)
class ImportsBusy(QuadError):
    """As many imports wait already as may wait at a time."""

    problem: ClassVar[str] = "imports-busy"
    status: ClassVar[int] = 429
