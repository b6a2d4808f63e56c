"""Retention: what is too old goes in batches, by a clock that the tests move."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from kept_people import OTHER, WHO, Kept, add_events, labelled, moved, replied, said

from bot.privacy import daily, sweeping
from bot.privacy.daily import sweep_daily
from bot.privacy.held import AGED_ONLY, HELD, IN_WORDS, NOBODYS
from bot.privacy.sweeping import sweep
from bot.storage import tables
from knowledge.storage import moments
from knowledge.storage.unit_of_work import UnitOfWork, Work

AGED = {held.name for held in (*HELD, *AGED_ONLY) if held.ages is not None}


def _later(days: float) -> datetime:
    return moments.now() + timedelta(days=days)


def test_every_table_is_somebody_s_or_nobody_s(kept: Kept) -> None:
    """A table that is added later must be told of, erased and swept, or said to be nobody's."""
    there = set(sa.inspect(kept.stores.units.engine).get_table_names())
    known = {held.name for held in (*HELD, *AGED_ONLY)} | IN_WORDS | NOBODYS
    assert there - known == set()


def test_nothing_goes_before_its_time(kept: Kept) -> None:
    assert sum(sweep(kept.stores, 365).gone.values()) == 0
    assert sum(sweep(kept.stores, 365, _later(364)).gone.values()) == 0


def test_everything_but_the_record_goes_after_it(kept: Kept) -> None:
    gone = sweep(kept.stores, 365, _later(366)).gone
    assert {name for name in AGED if not gone[name]} == {"slack_events"}
    assert (gone["conversations"], gone["files"]) == (4, 4)
    assert labelled(kept) == set()
    with kept.stores.units.read() as work:
        assert work.students.find(WHO) is not None
        assert work.students.enrollments(WHO)
    assert sum(sweep(kept.stores, 365, _later(366)).gone.values()) == 0


def test_many_rows_go_in_small_transactions(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    now, batches = moments.now(), []
    rows = [
        tables.SlackEventRow(
            key=f"T1:C1:{number}", lane="C1", said_at=0.0, received_at=now, tries=1
        )
        for number in range(25)
    ]
    with kept.stores.units.write() as work:
        work.session.add_all(rows)
    transact = kept.stores.units.transact
    monkeypatch.setattr(sweeping, "BATCH", 10)

    def counted(_: object, act: Callable[[Work], int]) -> int:
        batches.append(transact(act))
        return batches[-1]

    monkeypatch.setattr(UnitOfWork, "transact", counted)
    assert sweep(kept.stores, 365, _later(366)).gone["slack_events"] == 25
    assert max(batches) == 10


def test_a_no_to_notes_is_not_forgotten(kept: Kept) -> None:
    with kept.stores.units.write() as work:
        work.session.get_one(tables.ReachRow, WHO).notes_off_at = moments.now()
    assert sweep(kept.stores, 1, _later(9)).gone["reach"] == 1
    with kept.stores.units.read() as work:
        assert work.session.get(tables.ReachRow, WHO) is not None
        assert work.session.get(tables.ReachRow, OTHER) is None


def test_a_conversation_that_goes_on_keeps_its_open_session(kept: Kept) -> None:
    now = time.time()
    long_ago = now - 400 * 86_400
    started = {"event": "session_started", "timestamp": long_ago + 20}
    old = [said(WHO, "an old wish", long_ago), replied("old", long_ago + 1), started]
    open_ = [said(WHO, "still wanted", long_ago + 21), said(WHO, "go on", now)]
    add_events(kept.settings.tracker_url, "endless", [*old, *open_])
    assert sweep(kept.stores, 365).gone["events"] == 2
    told = [event.get("text") for event in kept.stores.transcripts.events("endless")]
    assert told == ["still wanted", "go on"]


async def test_the_bot_sweeps_by_itself_day_after_day(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[int] = []

    def third_time_lucky(stores: object, days: int) -> sweeping.Swept:
        passes.append(days)
        if len(passes) == 2:
            raise RuntimeError("the disk is full")
        return sweeping.Swept()

    monkeypatch.setattr(daily, "sweep", third_time_lucky)
    task = asyncio.create_task(sweep_daily(moved(kept, retention_days=7), 0.0, 0.01))
    while len(passes) < 3:
        await asyncio.sleep(0.01)
    task.cancel()
    assert passes[:3] == [7, 7, 7]
