"""Keeps the names that logs must not show up to date with the students on record."""

from __future__ import annotations

import logging
import threading

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from knowledge.errors import ServiceBusy
from knowledge.logs import Names
from knowledge.storage.orm import StudentRow
from knowledge.storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 600.0


def learn(names: Names, units: UnitOfWork) -> bool:
    """Teach the names on record once; False when the database cannot be read now."""
    try:
        with units.read() as work:
            names.learn(work.session.scalars(select(StudentRow.name)).all())
    except (SQLAlchemyError, ServiceBusy):
        return False
    return True


def watch(names: Names, database_url: str, pause: float = PAUSE_SECONDS) -> threading.Thread:
    """Teach them now and then, in a thread that ends with the process.

    A process that starts before there is a database tries again soon.
    """

    def run() -> None:
        units = UnitOfWork.at(database_url)
        ended = threading.Event()
        while True:
            known = learn(names, units)
            ended.wait(pause if known else min(pause, 5.0))

    thread = threading.Thread(target=run, name="names", daemon=True)
    thread.start()
    return thread
