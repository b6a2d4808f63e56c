"""The static part of the catalogue, kept by a process until the catalogue's version changes.

Enrolling reads courses, sections and terms far more often than admins change them. Seats are never
in here: they are counted in every transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class CatalogueCache:
    """Values by kind and key for one version of the catalogue; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = -1
        self._values: dict[Hashable, Any] = {}

    def get(self, version: int, key: Hashable, load: Callable[[], T]) -> T:
        """The value of a key at that version; loaded if need be, and kept if none newer is."""
        values = self._of(version)
        if values is None:
            return load()
        if key not in values:
            values[key] = load()
        found: T = values[key]
        return found

    def _of(self, version: int) -> dict[Hashable, Any] | None:
        """This version's values; None for a reader whose version is older than what is kept."""
        with self._lock:
            if version > self._version:
                self._version, self._values = version, {}
            return self._values if version == self._version else None
