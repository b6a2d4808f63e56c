"""One page of a longer list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")
SIZE = 50


@dataclass(frozen=True)
class Listing(Generic[T]):
    """The records of page `number` (from 1) and how many there are on all pages."""

    records: tuple[T, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def cut(
    session: Session, query: Select[Any], number: int, size: int = SIZE
) -> Listing[Row[tuple[Any, ...]]]:
    """The rows of one page; a number behind the last page gives the last."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = session.scalar(counted) or 0
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    rows = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Listing(tuple(rows), total, number, size)


def pattern(text: str) -> str:
    """A LIKE pattern that finds the text anywhere, its own wildcards escaped by a backslash."""
    escaped = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
