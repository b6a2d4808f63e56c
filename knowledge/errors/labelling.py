"""What goes wrong when people label what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class UnknownUtterance(QuadError):
    """No utterance of that number waits for labels; it may have been erased."""

    problem: ClassVar[str] = "unknown-utterance"
    status: ClassVar[int] = 404
    item_id: int


@dataclass(eq=False)
class NotGiven(QuadError):
    """An utterance that was never given to this person, whose labels must not be seen."""

    problem: ClassVar[str] = "not-given"
    status: ClassVar[int] = 403
    item_id: int


@dataclass(eq=False)
class LabelRefused(QuadError):
    """Labels that break the label guide; `faults` names the rules."""

    problem: ClassVar[str] = "label-refused"
    status: ClassVar[int] = 422
    faults: list[str]


@dataclass(eq=False)
class ConversationsUnreadable(QuadError):
    """The store of conversations is not there, or is none."""

    problem: ClassVar[str] = "conversations-unreadable"
    status: ClassVar[int] = 503
    reason: str


@dataclass(eq=False)
class ExportRefused(QuadError):
    """A file that would not pass the checks of the training data; nothing was written."""

    problem: ClassVar[str] = "export-refused"
    status: ClassVar[int] = 409
    faults: list[str]
