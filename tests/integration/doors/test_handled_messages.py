"""A message is handled once: over resends, replicas, crashes and failures, on real databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels.claims import Claims
from bot.channels.dedupe import HandledMessages
from bot.channels.outbox import Outbox
from bot.storage.database import DoorDatabase
from knowledge.storage import moments
from knowledge.storage.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=0.4)


@pytest.fixture
def replicas(doors_url: str):
    """Two processes' views of one database."""
    units = [UnitOfWork.at(doors_url) for _ in range(2)]
    yield [HandledMessages(Claims(DoorDatabase(each), LEASE)) for each in units]
    for each in units:
        each.close()


class Work:
    """A handler that counts its runs."""

    def __init__(self, seconds: float = 0.05) -> None:
        self.runs = 0
        self._seconds = seconds

    async def __call__(self) -> list[dict]:
        self.runs += 1
        await asyncio.sleep(self._seconds)
        return [{"text": f"run {self.runs}"}]


async def test_a_resend_gets_the_same_replies_from_any_replica(replicas) -> None:
    work = Work()
    calls = [replicas[n % 2].once("c", "1", work) for n in range(6)]
    assert await asyncio.gather(*calls) == [[{"text": "run 1"}]] * 6
    assert await replicas[1].once("c", "1", work) == [{"text": "run 1"}]
    await replicas[0].once("d", "1", work)
    assert work.runs == 2


async def test_a_message_without_an_id_is_simply_handled(replicas) -> None:
    work = Work(0)
    for nameless in (None, ""):
        await replicas[0].once("c", nameless, work)
    assert work.runs == 2


async def test_a_failed_message_is_tried_again_at_once(replicas) -> None:
    async def fail() -> list[dict]:
        raise RuntimeError

    recovered = []

    async def recover() -> None:
        recovered.append(True)

    for replica in replicas:
        with pytest.raises(RuntimeError):
            await replica.once("c", "1", fail, recover)
    assert recovered == [True]
    assert await replicas[0].once("c", "1", Work(0)) == [{"text": "run 1"}]


async def test_a_claim_left_by_a_crash_is_taken_over_after_its_lease(doors: DoorDatabase) -> None:
    work, recovered = Work(0), []

    async def recover() -> None:
        recovered.append(True)

    Claims(doors, LEASE).take("c", "1")  # and no more of that process
    started = asyncio.get_running_loop().time()
    handled = HandledMessages(Claims(doors, LEASE))
    assert await handled.once("c", "1", work, recover) == [{"text": "run 1"}]
    assert asyncio.get_running_loop().time() - started >= LEASE.total_seconds() * 0.9
    assert recovered == [True]


async def test_what_the_record_holds_is_not_run_again(doors: DoorDatabase) -> None:
    work = Work(0)

    async def recover() -> list[dict]:
        return [{"text": "on record"}]

    claims = Claims(doors, LEASE)
    claims.take("c", "1")
    claims.release("c", "1")
    handled = HandledMessages(Claims(doors, LEASE))
    assert await handled.once("c", "1", work, recover) == [{"text": "on record"}]
    assert await handled.once("c", "1", work, recover) == [{"text": "on record"}]
    assert work.runs == 0


async def test_a_long_turn_keeps_its_claim(replicas, monkeypatch) -> None:
    monkeypatch.setattr("bot.channels.dedupe._BEAT", 0.1)
    work = Work(3 * LEASE.total_seconds())
    both = await asyncio.gather(*(each.once("c", "1", work) for each in replicas))
    assert both == [[{"text": "run 1"}]] * 2


async def test_who_hangs_up_finds_the_answer_later(replicas) -> None:
    work = Work(0.2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(replicas[0].once("c", "1", work), 0.05)
    assert await replicas[0].once("c", "1", work) == [{"text": "run 1"}]


async def test_at_the_end_of_a_process_what_runs_is_finished_or_given_up(replicas) -> None:
    quick, slow = Work(0.1), Work(60)
    asked = [
        asyncio.create_task(replicas[0].once("c", name, work))
        for name, work in (("quick", quick), ("slow", slow))
    ]
    await asyncio.sleep(0.05)
    await replicas[0].drain(0.3)
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert ended[0] == [{"text": "run 1"}]
    assert isinstance(ended[1], asyncio.CancelledError)
    again = Work(0)
    assert await replicas[1].once("c", "slow", again) == [{"text": "run 1"}]  # without its lease
    assert await replicas[1].once("c", "quick", again) == [{"text": "run 1"}]
    assert (quick.runs, again.runs) == (1, 1)


async def test_what_waits_is_part_of_the_answer_and_of_its_resend(doors: DoorDatabase) -> None:
    outbox = Outbox(doors)
    outbox.put("c", {"text": "late"})
    handled = HandledMessages(Claims(doors, LEASE))
    told = [
        await handled.once("c", "1", Work(0), beside=lambda session: Outbox.taken(session, "c"))
        for _ in range(2)
    ]
    assert told == [[{"text": "late"}, {"text": "run 1"}]] * 2
    assert outbox.take("c") == []


async def test_old_messages_are_forgotten(replicas) -> None:
    work = Work(0)
    await replicas[0].once("c", "1", work)
    assert await replicas[0].forget(moments.now() - timedelta(minutes=1)) == 0
    assert await replicas[0].forget(moments.now() + timedelta(minutes=1)) == 1
    await replicas[0].once("c", "1", work)
    assert work.runs == 2


async def test_two_replicas_hand_out_once(doors_url: str, doors: DoorDatabase) -> None:
    units = UnitOfWork.at(doors_url)
    both = [Outbox(doors), Outbox(DoorDatabase(units))]
    for number in range(20):
        both[number % 2].put("c", {"n": number})
    both[0].put("other", {"n": 99})
    taken = await asyncio.gather(
        *(asyncio.to_thread(both[number % 2].take, "c") for number in range(8))
    )
    units.close()
    assert [m["n"] for messages in taken for m in messages] == list(range(20))
    assert both[1].take("other") == [{"n": 99}]


async def test_an_outbox_is_bounded(doors: DoorDatabase) -> None:
    outbox = Outbox(doors)
    for number in range(103):
        outbox.put("c", {"n": number})
    assert [message["n"] for message in outbox.take("c")] == list(range(3, 103))
    outbox.put("c", {"n": 1})
    assert outbox.forget(moments.now() + timedelta(minutes=1)) == 1
