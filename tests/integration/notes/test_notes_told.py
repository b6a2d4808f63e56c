"""What happens on the record is told once, where the student was last, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from noted_campus import SEATED, TODAY, WAITING
from sqlalchemy import update

from bot.notes import queue
from bot.notes.preferring import Preferences
from bot.notes.queue import LEASE, NoteQueue
from bot.notes.reading import Reader
from bot.storage.tables import NoteRow
from knowledge.admin.facts import Table
from knowledge.model.students import Decision
from knowledge.registrar.administration import Administration
from knowledge.storage import moments
from knowledge.storage.unit_of_work import UnitOfWork

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@BOTH
async def test_a_freed_seat_is_told_to_who_moves_up(campus) -> None:
    campus.drop(SEATED)
    deliverer = campus.deliverer()
    for _ in range(3):
        await deliverer.step()
    (note,) = campus.teller.told
    assert (note["subject"], note["door"]) == (WAITING, "web")
    assert "you are enrolled in PHIL2" in note["text"]
    assert "Winter 2019" in note["text"]
    assert {"title": "drop PHIL2", "payload": "drop PHIL2"} in note["buttons"]
    assert note["id"].startswith("note-")
    assert note["about"]["class_id"] == campus.section.class_id
    assert campus.outcomes() == ["told"]


@BOTH
async def test_a_restart_between_the_change_and_the_note_loses_and_doubles_nothing(campus) -> None:
    campus.drop(SEATED)
    await asyncio.to_thread(Reader(campus.doors).read)
    crashed = NoteQueue(campus.doors)
    assert len(await asyncio.to_thread(crashed.claim)) == 1  # and that process dies here
    await campus.deliverer().step()
    assert campus.teller.told == []  # another's claim holds
    _age_claims(campus)
    await asyncio.gather(*(campus.deliverer().step() for _ in range(4)))
    await campus.deliverer().step()
    assert len(campus.teller.told) == 1


@BOTH
async def test_many_readers_make_a_note_once(campus) -> None:
    campus.drop(SEATED)
    readers = [Reader(type(campus.doors)(campus.units)) for _ in range(6)]
    await asyncio.gather(*(asyncio.to_thread(each.read) for each in readers))
    assert len(campus.rows()) == 1
    queues = [NoteQueue(campus.doors) for _ in range(6)]
    claims = await asyncio.gather(*(asyncio.to_thread(each.claim) for each in queues))
    assert sum(map(len, claims)) == 1


async def test_who_has_turned_notes_off_is_left_in_peace(campus) -> None:
    Preferences(campus.doors).want(WAITING, False)
    campus.seen(WAITING, "slack")  # writing again turns nothing on
    campus.drop(SEATED)
    await campus.deliverer().step()
    assert (campus.teller.told, campus.outcomes()) == ([], ["unwanted"])
    Preferences(campus.doors).want(WAITING, True)
    assert Preferences(campus.doors).seen(WAITING).wants_notes


async def test_who_never_wrote_is_not_looked_for(campus) -> None:
    campus.admit("05910003", holds=("Unpaid fee",))
    campus.edit(Table.STUDENTS, "05910003", holds=[])
    await campus.deliverer().step()
    assert (campus.teller.told, campus.outcomes()) == ([], ["unreachable"])


async def test_what_is_true_no_more_is_not_told(campus) -> None:
    campus.drop(SEATED)
    await asyncio.to_thread(Reader(campus.doors).read)
    campus.drop(WAITING)
    await campus.deliverer().step()
    assert (campus.teller.told, campus.outcomes()) == ([], ["outdated"])


async def test_a_door_that_fails_is_tried_again_later(campus, monkeypatch) -> None:
    campus.drop(SEATED)
    campus.teller.failures = 2
    deliverer = campus.deliverer()
    await deliverer.step()
    await deliverer.step()
    assert campus.rows()[0].tries == 1  # not before its pause is over
    for _ in range(2):
        _age_claims(campus)
        await deliverer.step()
    assert [note["subject"] for note in campus.teller.told] == [WAITING]


async def test_a_door_that_is_gone_leaves_the_note_in_the_web_conversation(campus) -> None:
    campus.teller.gone = True
    campus.drop(SEATED)
    await campus.deliverer().step()
    assert [note["subject"] for note in campus.teller.kept] == [WAITING]
    assert campus.outcomes() == ["kept"]


async def test_an_endless_failure_is_kept_for_the_next_visit(campus) -> None:
    campus.teller.failures = 100
    campus.drop(SEATED)
    for _ in range(8):
        await campus.deliverer().step()
        _age_claims(campus)
    assert (len(campus.teller.kept), campus.outcomes()) == (1, ["kept"])


async def test_petitions_holds_and_changed_classes_are_told_with_a_next_step(campus) -> None:
    class_id = str(campus.section.class_id)
    days = [{"days": "35", "start": "08:00", "end": "09:20", "room": "Gates B01"}]
    campus.edit(Table.STUDENTS, WAITING, holds=["Unpaid fee", "Missing form"])
    campus.edit(Table.STUDENTS, WAITING, holds=["Missing form"])
    campus.edit(Table.STUDENTS, WAITING, holds=[])
    with campus.units.write() as work:
        petition = work.exceptions.file(WAITING, campus.section.term, 22)
        desk = Administration(work, TODAY, "admin:test")
        desk.decide_petition(petition.petition_id, Decision.APPROVED)
    campus.edit(Table.SECTIONS, class_id, meetings=days)
    deliverer = campus.deliverer()
    await deliverer.step()
    campus.edit(Table.SECTIONS, class_id, cancelled=True)
    await deliverer.step()
    texts = [note["text"] for note in campus.teller.told if note["subject"] == WAITING]
    wanted = [
        "new hold on your record: Unpaid fee; Missing form",
        "cleared: Unpaid fee. This one is left: Missing form",
        "cleared: Missing form. You can enroll now",
        "petition to carry 22 units in Winter 2019 was approved",
        "now meets at another time or place: Tue Thu 8:00-9:20, Gates B01",
        "has been cancelled",
    ]
    assert len(texts) == len(wanted)
    for told, part in zip(texts, wanted, strict=True):
        assert part in told
    assert all(note["buttons"] or "left" in note["text"] for note in campus.teller.told)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_what_commits_late_is_told_all_the_same(campus, postgres_url: str) -> None:
    """Number n commits after n + 1 has been read."""
    campus.admit("05910004", holds=("Fee",))
    campus.seen("05910004")
    late = UnitOfWork.at(postgres_url)
    try:
        with late.write() as work:
            was, now = {"holds": ["Fee"]}, {"holds": []}
            work.audit.note("admin:test", "change-student", "students", "05910004", was, now)
            work.session.flush()
            campus.drop(SEATED)
            await campus.deliverer().step()
            assert [note["subject"] for note in campus.teller.told] == [WAITING]
    finally:
        late.close()
    await campus.deliverer().step()
    assert [note["subject"] for note in campus.teller.told] == [WAITING, "05910004"]


def test_pauses_grow_and_end() -> None:
    pauses = [queue.pause_after(tries) for tries in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=5)
    assert pauses[-1] == timedelta(minutes=30)


def _age_claims(campus) -> None:
    """As if the lease, or the pause before the next try, were over."""
    with campus.doors.units.write() as work:
        past = moments.now() - LEASE - timedelta(hours=1)
        claimed = update(NoteRow).where(NoteRow.claimed_at.is_not(None))
        work.session.execute(claimed.values(claimed_at=past))
