"""Real processes on one database: last seats, double clicks, kills, crossing swaps, resizing."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from crowds import Order, in_threads, work_off
from worlds import TINY, Look, Worlds

from knowledge.bench.invariants import violations
from knowledge.storage.unit_of_work import UnitOfWork

_SPAWN = multiprocessing.get_context("spawn")
_SEATS = TINY.capacity
A, B, C, *OTHERS = TINY.suids
FIRST, SECOND = 10_010, 10_020  # two lectures without labs, prerequisites or reserved seats


@pytest.fixture
def url(worlds: Worlds, tmp_path: Path) -> Iterator[str]:
    with worlds.fresh(tmp_path / "race") as address:
        yield address


@pytest.fixture
def units(url: str) -> Iterator[UnitOfWork]:
    opened = UnitOfWork.at(url)
    yield opened
    assert violations(opened) == []
    opened.close()


def _in_processes(url: str, *shares: list[Order]) -> list[list[str]]:
    start, told = _SPAWN.Barrier(len(shares)), _SPAWN.Queue()
    workers = [_SPAWN.Process(target=work_off, args=(url, s, start, told)) for s in shares]
    for worker in workers:
        worker.start()
    answers = [told.get(timeout=90) for _ in workers]
    for worker in workers:
        worker.join(30)
    return answers


def test_every_kind_of_race_at_once_in_four_processes(url: str, units: UnitOfWork) -> None:
    """Last seats, crossing swaps, drops against promotions, and seats that come and go."""
    shares = []
    for number in range(4):
        dice, orders = random.Random(number), []
        for at in range(30):
            suid, key = dice.choice(TINY.suids), f"{number}/{at}"
            one, other = dice.sample((FIRST, SECOND, 10_040, 10_070), 2)
            orders.append(
                dice.choice(
                    [
                        Order(suid, new=one, key=key, lab=one + 1 if one == 10_040 else None),
                        Order(suid, old=one, key=key),
                        Order(suid, old=one, new=other, key=key),
                        Order(suid, new=one, seats=dice.randint(1, _SEATS), key=key),
                    ]
                )
            )
        shares.append(orders)
    answers = Counter(answer for share in _in_processes(url, *shares) for answer in share)
    assert sum(answers.values()) == 120
    assert answers["200"] > 30
    assert "service-busy" not in answers


def test_a_double_click_in_two_processes_acts_once(url: str, units: UnitOfWork) -> None:
    clicks = [Order(A, new=FIRST, key="k"), Order(B, new=FIRST, key="k2"), Order(A, old=FIRST)]
    first, second = _in_processes(url, clicks[:2], clicks[:2])
    assert first == second == ["200", "200"]
    assert Order(A, new=SECOND, key="k").ask(units) == "idempotency-key-reused"
    assert Look.at(units).held == {(A, FIRST): ("enrolled", None), (B, FIRST): ("enrolled", None)}


def test_killed_before_the_commit_nothing_is_left_and_the_retry_acts_once(
    url: str, units: UnitOfWork
) -> None:
    dying = Order(A, new=FIRST, key="k", dies=True)
    start, told = _SPAWN.Barrier(1), _SPAWN.Queue()
    victim = _SPAWN.Process(target=work_off, args=(url, [dying], start, told))
    victim.start()
    victim.join(60)
    assert victim.exitcode == -9
    assert Look.at(units).held == {}
    assert [Order(A, new=FIRST, key="k").ask(units) for _ in range(2)] == ["200", "200"]
    assert Look.at(units).held == {(A, FIRST): ("enrolled", None)}


def test_the_last_seat_goes_to_one(units: UnitOfWork) -> None:
    Order("", new=FIRST, seats=1).ask(units)
    in_threads(units, *(Order(suid, new=FIRST) for suid in TINY.suids))
    look = Look.at(units)
    assert look.seated(FIRST) == 1
    assert len(look.lines[FIRST]) == TINY.waitlist


def test_swaps_that_cross_both_end(units: UnitOfWork) -> None:
    for _ in range(8):
        for suid, class_id in ((A, FIRST), (B, SECOND)):
            assert Order(suid, new=class_id).ask(units) == "200"
        crossing = (Order(A, old=FIRST, new=SECOND), Order(B, old=SECOND, new=FIRST))
        assert in_threads(units, *crossing) == ["200", "200"]
        assert in_threads(units, Order(A, old=SECOND), Order(B, old=FIRST)) == ["200", "200"]


def test_a_promotion_and_a_drop_of_the_same_place(units: UnitOfWork) -> None:
    """Who waits gives up as a seat frees: the seat is never lost, nor given to who has left."""
    Order("", new=FIRST, seats=1).ask(units)
    for _ in range(8):
        for suid in (A, B, C):
            assert Order(suid, new=FIRST).ask(units) == "200"
        assert in_threads(units, Order(A, old=FIRST), Order(B, old=FIRST)) == ["200", "200"]
        assert Look.at(units).held == {(C, FIRST): ("enrolled", None)}
        assert Order(C, old=FIRST).ask(units) == "200"
