"""The audit log for admins: searching it, and what of it can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, or_, select

from knowledge.admin.facts import Facts, Table
from knowledge.admin.records.batches import batches
from knowledge.errors import UnknownEntry
from knowledge.storage.orm import AuditRow
from knowledge.storage.unit_of_work import Work

# Enrollments are not among them: a seat comes back by enrolling, under the rules of today.
UNDOABLE_ACTS = frozenset(
    {f"{act}-{what}" for act in ("change", "add", "remove") for what in
     ("course", "section", "term", "student")}
    | {"set-capacity", "put-student", "import", "undo"}
)  # fmt: skip
MOST_A_PAGE = 500


@dataclass(frozen=True)
class Wanted:
    """What to look for; None or "" asks for nothing. `text` is looked for in before and after.

    `actor` is a part of the name; moments are UTC without a zone, both ends included.
    """

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

    @property
    def undoable(self) -> bool:
        """Whether undoing covers this act, and it has not been undone."""
        covered = self.act in UNDOABLE_ACTS and self.table in list(Table)
        return covered and self.undone_by is None


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
        size = min(max(size, 1), MOST_A_PAGE)
        number = min(max(page, 1), 1_000_000)
        found = list(_conditions(wanted))
        total = self.work.session.scalar(select(func.count()).select_from(AuditRow).where(*found))
        start = (number - 1) * size
        query = select(AuditRow).where(*found).order_by(AuditRow.id.desc())
        rows = self.work.session.scalars(query.limit(size).offset(start))
        return Page(tuple(self._entries(rows)), total or 0, number, size)

    def entry(self, entry_id: int) -> Entry:
        """One entry; raise UnknownEntry."""
        row = self.work.session.get(AuditRow, entry_id)
        if row is None:
            raise UnknownEntry(entry_id)
        return self._entries([row])[0]

    def of_import(self, import_id: int) -> list[Entry]:
        """All changes that an import made, in their order."""
        query = select(AuditRow).where(AuditRow.import_id == import_id).order_by(AuditRow.id)
        return self._entries(self.work.session.scalars(query))

    def _entries(self, rows: Iterable[AuditRow]) -> list[Entry]:
        listed = list(rows)
        undone = self._undone([row.id for row in listed])
        return [_entry(row, undone.get(row.id)) for row in listed]

    def _undone(self, entry_ids: list[int]) -> dict[int, int]:
        """By entry, the undoing that stands: one that was itself undone counts no more."""
        found: dict[int, int] = {}
        for piece in batches(entry_ids):
            query = select(AuditRow.undoes, AuditRow.id).where(AuditRow.undoes.in_(piece))
            for entry_id, undo_id in self.work.session.execute(query.order_by(AuditRow.id)):
                found[entry_id] = undo_id
        if not found:
            return {}
        again = self._undone(list(found.values()))
        return {entry_id: undo_id for entry_id, undo_id in found.items() if undo_id not in again}


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    row = AuditRow
    if wanted.actor:
        yield row.actor.contains(wanted.actor, autoescape=True)
    for column, value in ((row.act, wanted.act), (row.table, wanted.table), (row.key, wanted.key)):
        if value:
            yield column == value
    if wanted.text:
        columns = (cast(row.before, String), cast(row.after, String))
        # JSON may be kept with all but ASCII escaped: no comparison without case sees that.
        text = wanted.text
        cased = (text, text.lower(), text.upper(), text.title())
        written = {text, *(json.dumps(form)[1:-1] for form in cased)}
        yield or_(
            *(c.icontains(text, autoescape=True) for c in columns for text in sorted(written))
        )
    if wanted.since is not None:
        yield row.at >= wanted.since
    if wanted.until is not None:
        yield row.at <= wanted.until
    if wanted.import_id is not None:
        yield row.import_id == wanted.import_id


def _entry(row: AuditRow, undone_by: int | None) -> Entry:
    return Entry(
        row.id,
        row.at,
        row.actor,
        row.act,
        row.table,
        row.key,
        row.before,
        row.after,
        row.import_id,
        row.undoes,
        undone_by,
    )
