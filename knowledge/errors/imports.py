"""What an import is refused for; nothing is written in any of these cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class ImportRefused(QuadError):
    """The file has faults: each has `file`, `row`, `column`, `problem` and `value`.

    At most some hundred are listed; `more` counts the others.
    """

    problem: ClassVar[str] = "import-refused"
    status: ClassVar[int] = 422
    filename: str
    faults: list[dict[str, Any]]
    more: int


@dataclass(eq=False)
class FileChanged(QuadError):
    """The file that is confirmed is not the one that was previewed."""

    problem: ClassVar[str] = "file-changed"
    status: ClassVar[int] = 409
    previewed_sha256: str
    present_sha256: str


@dataclass(eq=False)
class CatalogueMoved(QuadError):
    """The catalogue was changed between preview and confirmation: the preview no longer holds."""

    problem: ClassVar[str] = "catalogue-moved"
    status: ClassVar[int] = 409
    previewed_version: int
    present_version: int
