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

    def _of(self, version: int) -> dict[Hashable, Any] | None:
        """This version's values; None for a reader whose version is older than what is kept."""
        with self._lock:
            if version > self._version:
                self._version, self._values = version, {}
            return self._values if version == self._version else None
