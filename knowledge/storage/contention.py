"""Which faults of a database pass by themselves: it is locked, chose us as a victim, or is away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from knowledge.errors import ServiceBusy

_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# Serialization failure, deadlock, lock timeout; the classes "connection exception", "insufficient
# resources" and "operator intervention".
_POSTGRES = frozenset({"40001", "40P01", "55P03"})
_POSTGRES_CLASSES = frozenset({"08", "53", "57"})


@contextmanager
def passing_faults() -> Iterator[None]:
    """Raise ServiceBusy for what may go well when it is tried again; other faults go through."""
    try:
        yield
    except PoolTimeout as error:
        raise ServiceBusy from error
    except DBAPIError as error:
        if _passes(error):
            raise ServiceBusy from error
        raise


def _passes(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None:  # no answer at all: there is no connection, or no longer
        return error.connection_invalidated or type(cause).__name__ == "OperationalError"
    return state in _POSTGRES or state[:2] in _POSTGRES_CLASSES
