"""What passes between a simulated student and the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.dialogue.turn import Mention


class Trait(StrEnum):
    """What makes a goal hard; at least a third of all goals are not plain."""

    PLAIN = "plain"
    IMPOSSIBLE = "impossible"  # cannot be had as wished: another way is accepted, or given up
    CHANGED = "changed"  # the student changes its mind midway
    AMBIGUOUS = "ambiguous"  # what is said first fits several classes, sections or years


@dataclass(frozen=True)
class Utterance:
    """A message with its true intent and spans."""

    text: str
    intent: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Reply:
    """One message of the bot: all that a student sees."""

    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Held:
    """A class on the record; `status` as Axess says it: enrolled or waitlisted."""

    code: str
    quarter: str
    year: int
    status: str = "enrolled"
    class_id: int = 0


@dataclass(frozen=True)
class Change:
    """One difference between the record before and after a turn."""

    added: bool
    held: Held


@dataclass(frozen=True)
class Beginning:
    """The student's record when the conversation begins."""

    completed: tuple[str, ...] | None = None  # None: every prerequisite is met
    held: tuple[int, ...] = ()  # class ids to be enrolled in
    max_units: int | None = None
    holds: tuple[str, ...] = ()


class User(Protocol):
    """A simulated student with one goal; the same one speaks to the bot in process and by text."""

    @property
    def kind(self) -> str:
        """Of the goal: enroll, drop, swap, inform, …"""
        ...

    @property
    def trait(self) -> Trait:
        """What makes the goal hard."""
        ...

    @property
    def beginning(self) -> Beginning:
        """The record to begin with."""
        ...

    def speak(self, replies: Sequence[Reply]) -> Utterance | None:
        """The next message after the bot's replies (none at first); None when it hangs up."""
        ...

    def allows(self, change: Change, record: frozenset[Held]) -> bool:
        """Whether the student wants this change, which left the record so, as of what it said and
        wants now.
        """
        ...

    def content(self, record: frozenset[Held]) -> bool:
        """Whether the goal is reached, given the record at the end and all that was told."""
        ...
