"""One message of a conversation at a time, in the order in which they came, without pauses."""

from __future__ import annotations

import asyncio

import pytest

from bot.rasa_compat import install

install()

from rasa.core.lock_store import LockError  # noqa: E402

from bot.locks import FairLockStore  # noqa: E402


async def test_who_comes_first_is_served_first() -> None:
    store, served, at_once = FairLockStore(), [], 0

    async def turn(number: int) -> None:
        nonlocal at_once
        async with store.lock("c"):
            at_once += 1
            assert at_once == 1
            await asyncio.sleep(0.001)
            served.append(number)
            at_once -= 1

    await asyncio.gather(*(turn(number) for number in range(20)))
    assert served == list(range(20))
    assert store._locks == {}


async def test_other_conversations_do_not_wait() -> None:
    store = FairLockStore()
    async with store.lock("c"), asyncio.timeout(1), store.lock("d"):
        pass


async def test_a_turn_that_hangs_does_not_hold_others_for_ever() -> None:
    store = FairLockStore()
    async with store.lock("c"):
        with pytest.raises(LockError):
            async with store.lock("c", lock_lifetime=0.05):
                raise AssertionError
    async with store.lock("c"), asyncio.timeout(1):
        pass
