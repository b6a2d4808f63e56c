"""The worker process: it answers, it is bounded, and one that is stuck or dead is replaced."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.voice.errors import NothingHeard, VoiceBusy, VoiceFailed
from bot.voice.pool import Worker


def jobs() -> Callable[[str, tuple[Any, ...]], Any]:
    """Over there: what the worker can do."""
    return _do


def _do(job: str, given: tuple[Any, ...]) -> Any:
    if job == "sleep":
        time.sleep(given[0])
    if job == "die":
        os._exit(3)
    if job == "refuse":
        raise NothingHeard
    if job == "break":
        raise ZeroDivisionError
    return os.getpid(), os.nice(0)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(jobs, seconds=1.0, first_seconds=60.0, waiting=2)
    yield made
    made.close()


async def test_it_works_in_a_process_of_its_own_at_low_priority(worker: Worker) -> None:
    pid, nice = await worker.do("ask")
    assert pid != os.getpid()
    assert nice > os.nice(0) or nice == 19
    assert (await worker.do("ask"))[0] == pid


async def test_a_stuck_worker_is_replaced(worker: Worker) -> None:
    first, _ = await worker.do("ask")
    started = time.monotonic()
    with pytest.raises(VoiceFailed):
        await worker.do("sleep", 60)
    assert time.monotonic() - started < 15
    second, _ = await worker.do("ask")
    assert second != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


async def test_a_dead_worker_is_replaced(worker: Worker) -> None:
    first, _ = await worker.do("ask")
    with pytest.raises(VoiceFailed):
        await worker.do("die")
    assert (await worker.do("ask"))[0] != first


async def test_errors_come_through_and_the_worker_lives_on(worker: Worker) -> None:
    first, _ = await worker.do("ask")
    with pytest.raises(NothingHeard):
        await worker.do("refuse")
    with pytest.raises(VoiceFailed):
        await worker.do("break")
    assert (await worker.do("ask"))[0] == first


async def test_only_so_many_wait(worker: Worker) -> None:
    await worker.do("ask")
    slow = [asyncio.create_task(worker.do("sleep", 0.3)) for _ in range(3)]
    await asyncio.sleep(0.05)
    with pytest.raises(VoiceBusy):
        await worker.do("ask")
    assert len(await asyncio.gather(*slow)) == 3


async def test_one_who_leaves_does_not_get_another_s_answer_mixed_up(worker: Worker) -> None:
    await worker.do("ask")
    left = asyncio.create_task(worker.do("sleep", 0.3))
    await asyncio.sleep(0.05)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    with pytest.raises(NothingHeard):
        await worker.do("refuse")
