"""Keeps the dashboard's figures for some seconds: they are counted over whole tables."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

_KEPT_SECONDS = 20.0
_MOST = 20


class FigureCache:
    """Figures by key; while they are counted, others who want them wait for that one count."""

    def __init__(self, kept_seconds: float = _KEPT_SECONDS) -> None:
        self._seconds = kept_seconds
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[float, dict[str, Any]]] = {}

    def of(self, key: Hashable, count: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The figures of a key, counted anew when they are old."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and time.monotonic() - kept[0] < self._seconds:
                return kept[1]
            figures = count()
            self._kept.pop(key, None)
            while len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = (time.monotonic(), figures)
            return figures
