"""What an import would do, before it does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from knowledge.admin.facts import Facts, Table

Progress = Callable[[str, int, int], None]  # stage ("read", "compare", "write"), done, of (0: ?)


class Removals(StrEnum):
    """What happens to records of the file's scope that the file does not have.

    REFUSE deletes them, and refuses the file when a section has enrollments; CANCEL marks such
    sections as cancelled instead; KEEP leaves all of them as they are.
    """

    REFUSE = "refuse"
    CANCEL = "cancel"
    KEEP = "keep"


class Kind(StrEnum):
    """What an import does to one record; KEPT is absent from the file but referred to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    KEPT = "kept"


@dataclass(frozen=True)
class Fault:
    """A fault or a warning of a file; `row` is its line (1 is the header), `column` its name."""

    file: str
    row: int
    column: str
    problem: str
    value: str = ""

    def data(self) -> dict[str, Any]:
        """Plain values for a typed error."""
        return asdict(self)


@dataclass(frozen=True)
class Difference:
    """One record's part of the diff: `label` is its natural key, facts are those that differ."""

    table: Table
    label: str
    kind: Kind
    before: Facts | None
    after: Facts | None
    row: int = 0


@dataclass(frozen=True)
class Preview:
    """The diff of a file against one version of the catalogue; faults refuse it, warnings do not.

    `differences` leaves out what is unchanged; at most `Limits.shown` of a kind are listed, while
    `counts` (table → kind → number) counts all. `sha256` and `catalogue_version` must be sent back
    to confirm.
    """

    filename: str
    sha256: str
    catalogue_version: int
    removals: Removals
    counts: Mapping[str, Mapping[str, int]]
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    warnings: tuple[Fault, ...] = ()
    warning_count: int = 0
    scope: tuple[str, ...] = field(default=())

    @property
    def token(self) -> str:
        """What confirming on the command line must name: file and catalogue version in one."""
        return f"{self.sha256}:{self.catalogue_version}"

    @property
    def may_confirm(self) -> bool:
        """Whether the file has no faults."""
        return self.fault_count == 0


@dataclass(frozen=True)
class Imported:
    """A confirmed import; `promoted` students moved up because seats were added."""

    import_id: int
    counts: Mapping[str, Mapping[str, int]]
    promoted: int


def silent(stage: str, done: int, of: int) -> None:
    """A progress that no one watches."""
