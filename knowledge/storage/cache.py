"""The static part of the catalogue, kept by a process until the catalogue's version changes.

Enrolling reads courses, sections and terms far more often than admins change them. Seats are never
in here: they are counted in every transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 200_000
_MOST_CHANGES = 500
_MOST_CHANGES = 500
_MISSING: Any = object()


class CatalogueCache:
    """Values by kind and key for one version of the catalogue; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = -1
        self._values: dict[Hashable, Any] = {}

    @property
    def version(self) -> int:
        """The version of what is kept; below zero when nothing is."""
        return self._version

    def get(self, version: int, key: Hashable, load: Callable[[], T]) -> T:
        """The value of a key at that version; loaded if need be, and kept if none newer is."""
        values = self._of(version)
        if values is None:
            return load()
        found: T = values.get(key, _MISSING)
        if found is _MISSING:
            found = load()
            if len(values) >= _MOST:  # questions for what does not exist must not fill the memory
                values.clear()
            values[key] = found
        return found

    def advance(self, version: int, changes: Callable[[int], list[tuple[str, str]]]) -> None:
        """Bring what is kept up to that version; `changes` tells (table, key) since another one.

        A section that got more seats, as happens all the time when a term opens, costs the others
        nothing. What is kept of courses and terms goes into too much else to be picked out.
        """
        since = self._version
        if version <= since:
            return
        told = changes(since) if since >= 0 else []
        sections = {int(key) for table, key in told if table == "sections" and key.isdigit()}
        small = len(sections) == len(told) <= _MOST_CHANGES
        with self._lock:
            if self._version == since:
                self._version = version
                self._values = self._without(sections) if small and since >= 0 else {}

    def _without(self, sections: set[int]) -> dict[Hashable, Any]:
        """What does not depend on these sections: neither they nor any list of children."""
        kept = dict(self._values)
        for key in self._values:
            kind, number = key if isinstance(key, tuple) else (key, None)
            if number in sections and kind in ("section", "children"):
                del kept[key]
        return kept

    def _of(self, version: int) -> dict[Hashable, Any] | None:
        """This version's values; None for a reader whose version is older than what is kept."""
        with self._lock:
            if version > self._version:
                self._version, self._values = version, {}
            return self._values if version == self._version else None
