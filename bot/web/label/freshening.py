"""New turns come into the queue when somebody opens the page: aside, and not at every opening."""

from __future__ import annotations

import logging
import threading
import time

from sqlalchemy.exc import SQLAlchemyError

from bot.labelling.collecting import Collector
from knowledge.errors import ConversationsUnreadable, QuadError

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 30.0
_WAIT_SECONDS = 2.0  # the page waits so long for what is new, then shows what there is


class Freshening:
    """Runs the collector at most once at a time and once a pause; one an app."""

    def __init__(self, collector: Collector, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._collector = collector
        self._pause = pause_seconds
        self._next = 0.0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def freshen(self) -> None:
        """Begin to collect if it is time, and wait for it a moment."""
        with self._lock:
            busy = self._thread is not None and self._thread.is_alive()
            if not busy and time.monotonic() >= self._next:
                self._next = time.monotonic() + self._pause
                self._thread = threading.Thread(target=self._run, name="collect", daemon=True)
                self._thread.start()
            thread = self._thread
        if thread is not None:
            thread.join(_WAIT_SECONDS)

    def _run(self) -> None:
        try:
            done = self._collector.collect()
        except ConversationsUnreadable as error:
            logger.info("label: no conversations to read yet (%s)", error.reason)
        except (QuadError, SQLAlchemyError):
            # The queue is as it was; the next opening tries again.
            logger.exception("label: could not collect")
        else:
            logger.info("label: %d new turns, %d items erased", done.turns, done.erased)
