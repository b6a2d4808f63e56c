"""The columns of the CSV formats: how a cell's text becomes a fact and back.

The same columns serve as the fields of the web forms: one text for each field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class CellInvalid(ValueError):
    """A cell that cannot be read: a stable slug, and the position of the fault where known."""

    def __init__(self, problem: str, position: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.position = position


@dataclass(frozen=True)
class Column:
    """A column: `read` raises CellInvalid; an optional one may lack in a file."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    optional: bool = False


def read_cells(
    columns: tuple[Column, ...], texts: Mapping[str, str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The facts of the cells that are given, and the faults (field, problem, value, position)."""
    facts: dict[str, Any] = {}
    faults: list[dict[str, Any]] = []
    for column in columns:
        if column.name not in texts:
            continue
        text = texts[column.name]
        try:
            facts[column.name] = column.read(text)
        except CellInvalid as error:
            fault = {"problem": error.problem, "value": text[:80], "position": error.position}
            faults.append({"field": column.name, **fault})
    return facts, faults


def write_cells(columns: tuple[Column, ...], facts: Mapping[str, Any]) -> dict[str, str]:
    """The texts of those facts that have a column."""
    return {c.name: c.write(facts[c.name]) for c in columns if c.name in facts}
