"""What is tried again, what is told as busy, and what is a fault like any other."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from psycopg import errors as postgres
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from knowledge.errors import ServiceBusy
from knowledge.storage.contention import passing_faults
from knowledge.storage.engine import driven
from knowledge.storage.unit_of_work import UnitOfWork, Work


def _sqlite_fault(code: int) -> sqlite3.OperationalError:
    fault = sqlite3.OperationalError("database is locked")
    fault.sqlite_errorcode = code
    return fault


@pytest.mark.parametrize(
    "cause",
    [
        _sqlite_fault(sqlite3.SQLITE_BUSY),
        _sqlite_fault(sqlite3.SQLITE_BUSY_SNAPSHOT),
        postgres.DeadlockDetected(),
        postgres.SerializationFailure(),
        postgres.LockNotAvailable(),
        postgres.AdminShutdown(),
        psycopg.OperationalError("connection refused"),
    ],
)
def test_what_passes_by_itself_is_busy(cause: Exception) -> None:
    with pytest.raises(ServiceBusy), passing_faults():
        raise OperationalError("SELECT", {}, cause)


def test_no_free_connection_is_busy() -> None:
    with pytest.raises(ServiceBusy), passing_faults():
        raise PoolTimeout


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (IntegrityError, postgres.UniqueViolation()),
        (OperationalError, _sqlite_fault(sqlite3.SQLITE_CORRUPT)),
    ],
)
def test_another_fault_stays_what_it_is(kind: type[DBAPIError], cause: Exception) -> None:
    with pytest.raises(kind), passing_faults():
        raise kind("INSERT", {}, cause)


@pytest.fixture
def empty(tmp_path: Path) -> UnitOfWork:
    units = UnitOfWork.at(f"sqlite:///{tmp_path / 'empty.db'}")
    yield units
    units.close()


def _deadlock() -> OperationalError:
    return OperationalError("UPDATE", {}, postgres.DeadlockDetected())


def test_a_victim_of_a_deadlock_tries_the_whole_again(empty: UnitOfWork) -> None:
    tries: list[Work] = []

    def act(work: Work) -> str:
        tries.append(work)
        if len(tries) < 3:
            raise _deadlock()
        return "done"

    assert empty.transact(act) == "done"
    assert len({id(work.session) for work in tries}) == 3


def test_tries_are_bounded(empty: UnitOfWork) -> None:
    tries: list[Work] = []

    def act(work: Work) -> None:
        tries.append(work)
        raise _deadlock()

    with pytest.raises(ServiceBusy):
        empty.transact(act)
    assert len(tries) == 5


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_psycopgs(scheme: str) -> None:
    assert driven(f"{scheme}://quad@db/quad").drivername == "postgresql+psycopg"
