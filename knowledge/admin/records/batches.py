"""Large sets of keys and rows in pieces that every database takes in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, delete, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.storage.orm import Base

BATCH = 500
T = TypeVar("T")


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of at most that size."""
    piece: list[T] = []
    for item in items:
        piece.append(item)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece


def table_of(kind: type[Base]) -> Table:
    """The bare table of a mapped class: rows go in and out without building objects."""
    found = kind.__table__
    if not isinstance(found, Table):  # no class here is mapped to anything else
        raise TypeError(kind)
    return found


def insert_all(session: Session, kind: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Add rows without building objects."""
    for piece in batches(rows):
        session.execute(insert(table_of(kind)), piece)


def delete_where(session: Session, column: InstrumentedAttribute[Any], keys: Iterable[Any]) -> None:
    """Delete all rows whose column is one of these."""
    for piece in batches(keys):
        session.execute(delete(column.class_.__table__).where(column.in_(piece)))


def referring(
    session: Session, kinds: Sequence[tuple[str, InstrumentedAttribute[Any]]], keys: Sequence[Any]
) -> dict[str, list[str]]:
    """By key, the names of the columns in which it occurs."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, column in kinds:
        for piece in batches(keys):
            query = select(column).where(column.in_(piece)).distinct()
            for key in session.scalars(query):
                found[str(key)].append(name)
    return dict(found)


def next_number(session: Session, column: InstrumentedAttribute[int], least: int = 1) -> int:
    """A number above all that are in use."""
    highest: ColumnElement[int] = func.max(column)
    return max((session.scalar(select(highest)) or 0) + 1, least)
