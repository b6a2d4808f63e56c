"""A sign-in that has ended: refused in every process, at no cost for a message."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from signing import ROBIN, SECRET

from bot.identity import Gate
from bot.identity.ended import EndedSignIns
from bot.identity.sign_ins import SignIns
from bot.storage.database import DoorDatabase
from knowledge.errors import NotSignedIn
from knowledge.storage.unit_of_work import UnitOfWork


def test_another_process_refuses_within_two_seconds(sign_ins: SignIns, database_url: str) -> None:
    elsewhere = UnitOfWork.at(database_url)
    gate = Gate(SECRET, EndedSignIns(DoorDatabase(elsewhere)))
    held = sign_ins.begin(ROBIN)
    token = gate.issue(ROBIN.principal, sign_in=held.sign_in_id)
    assert gate.verify(token) == ROBIN.principal
    sign_ins.end_id(held.sign_in_id)
    until = time.monotonic() + 2.0
    while _counts(gate, token) and time.monotonic() < until:
        time.sleep(0.05)
    with pytest.raises(NotSignedIn, match="ended"):
        gate.verify(token)
    assert time.monotonic() < until + 0.1
    elsewhere.close()


def _counts(gate: Gate, token: str) -> bool:
    try:
        gate.verify(token)
    except NotSignedIn:
        return False
    return True


def test_the_own_process_refuses_at_once(doors: DoorDatabase) -> None:
    ended = EndedSignIns(doors)
    gate, sign_ins = Gate(SECRET, ended), SignIns(doors, SECRET, ended)
    held = sign_ins.begin(ROBIN)
    token = gate.issue(ROBIN.principal, sign_in=held.sign_in_id)
    assert gate.verify(token) == ROBIN.principal
    sign_ins.end(held.secret)
    with pytest.raises(NotSignedIn, match="ended"):
        gate.verify(token)


def test_a_thousand_messages_ask_the_database_once_or_twice(
    sign_ins: SignIns, doors: DoorDatabase
) -> None:
    """What `bot.bench` measures stays: a token costs no query of its own."""
    asked = []

    class Counting(EndedSignIns):
        def _look(self) -> None:
            asked.append(1)
            super()._look()

    gate = Gate(SECRET, Counting(doors))
    token = gate.issue(ROBIN.principal, sign_in=sign_ins.begin(ROBIN).sign_in_id)
    started = time.monotonic()
    for _ in range(1000):
        gate.verify(token)
    assert len(asked) <= 1 + (time.monotonic() - started)


def test_while_the_database_is_away_what_is_known_counts(
    sign_ins: SignIns, doors: DoorDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = EndedSignIns(doors)
    gone, held = sign_ins.begin(ROBIN), sign_ins.begin(ROBIN)
    sign_ins.end_id(gone.sign_in_id)
    assert gone.sign_in_id in ended
    missing = UnitOfWork.at(f"sqlite:///{tmp_path / 'no' / 'such.db'}")
    monkeypatch.setattr(ended, "_database", DoorDatabase(missing))
    ended._next = 0.0
    assert gone.sign_in_id in ended
    assert held.sign_in_id not in ended
    missing.close()
