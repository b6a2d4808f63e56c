"""The audit log for admins: searching it, and what of it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.admin.facts import Facts
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Wanted:
    """What to look for; None or "" asks for nothing. `text` is looked for in before and after."""

    actor: str = ""
    act: str = ""
    table: str = ""
    key: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    import_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of the log; `undone_by` is the entry that took it back, if any."""

    entry_id: int
    at: datetime
    actor: str
    act: str
    table: str
    key: str
    before: Facts | None
    after: Facts | None
    import_id: int | None
    undoes: int | None
    undone_by: int | None
    undoable: bool


@dataclass(frozen=True)
class Page:
    """Entries, newest first, and how many there are in all."""

    entries: tuple[Entry, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True)
class Trail:
    """Reads the log inside one transaction."""

    work: Work

    def search(self, wanted: Wanted, page: int = 1, size: int = 50) -> Page:
        """A page of the entries that match, newest first."""
        raise NotImplementedError

    def entry(self, entry_id: int) -> Entry:
        """One entry; raise UnknownEntry."""
        raise NotImplementedError
