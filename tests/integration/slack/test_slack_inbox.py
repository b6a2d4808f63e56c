"""The inbox on SQLite and PostgreSQL: one of a lane at a time, claims that end, bounded tries."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.channels.slack.envelopes import Envelope
from bot.channels.slack.inbox import Inbox
from bot.channels.slack.sealing import Sealing
from bot.storage.database import DoorDatabase
from knowledge.storage.unit_of_work import UnitOfWork

SHORT = timedelta(milliseconds=150)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path) -> str:
    if request.param == "postgres":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'inbox.db'}"


@pytest.fixture
def inboxes(request: pytest.FixtureRequest, url: str) -> Iterator[list[Inbox]]:
    """Two processes' inboxes on one database."""
    units = [UnitOfWork.at(url) for _ in range(2)]
    sealing = Sealing("secret")
    lease = getattr(request, "param", SHORT)
    made = [Inbox(DoorDatabase(each), sealing, lease, timedelta(0)) for each in units]
    made[0].waiting()
    yield made
    for each in units:
        each.close()


long = pytest.mark.parametrize("inboxes", [timedelta(minutes=1)], indirect=True)
both = pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)


@both
def test_of_many_who_put_the_same_letter_one_does(inboxes: list[Inbox]) -> None:
    with ThreadPoolExecutor(8) as pool:
        put = [pool.submit(inboxes[n % 2].put, Envelope("k", "lane"), {}) for n in range(16)]
    assert sum(each.result() for each in put) == 1


@both
@long
def test_every_letter_is_claimed_once(inboxes: list[Inbox]) -> None:
    for number in range(40):
        inboxes[0].put(Envelope(f"k{number}", f"lane {number}"), {"number": number})
    with ThreadPoolExecutor(8) as pool:
        claims = [pool.submit(inboxes[n % 2].claim, 7) for n in range(16)]
    keys = [letter.key for claim in claims for letter in claim.result()]
    while left := inboxes[0].claim(7):
        keys += [letter.key for letter in left]
    assert sorted(keys) == sorted({f"k{number}" for number in range(40)})


@both
@long
def test_a_lane_is_handled_in_order_by_one_at_a_time(inboxes: list[Inbox]) -> None:
    for key, said_at in (("late", 3.0), ("first", 1.0), ("then", 2.0)):
        inboxes[0].put(Envelope(key, "lane", said_at), {})
    handled = []
    for number in range(3):
        (letter,) = inboxes[number % 2].claim(9)
        assert inboxes[1 - number % 2].claim(9) == []
        handled.append(letter.key)
        inboxes[0].settle(letter.key)
    assert handled == ["first", "then", "late"]


@both
@long
def test_what_comes_late_but_was_said_before_waits_for_the_one_under_way(
    inboxes: list[Inbox],
) -> None:
    inboxes[0].put(Envelope("second", "lane", 2.0), {})
    (letter,) = inboxes[0].claim(9)
    inboxes[0].put(Envelope("first", "lane", 1.0), {})
    assert inboxes[1].claim(9) == []
    inboxes[0].settle(letter.key)
    assert [each.key for each in inboxes[1].claim(9)] == ["first"]


@both
def test_a_claim_that_grew_old_is_taken_over_with_its_progress(inboxes: list[Inbox]) -> None:
    first, second = inboxes
    first.put(Envelope("k", "lane"), {"text": "hello"})
    (letter,) = first.claim(9)
    first.note(letter, {"sent": 2})
    assert second.claim(9) == []
    time.sleep(0.2)
    (again,) = second.claim(9)
    assert (again.body, again.progress, again.tries) == ({"text": "hello"}, {"sent": 2}, 2)
    second.settle("k")
    assert not first.put(Envelope("k", "lane"), {})  # a resend after it was done
    time.sleep(0.2)
    assert first.claim(9) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_letter_that_failed_is_free_after_its_pause(inboxes: list[Inbox]) -> None:
    first, _ = inboxes
    first.put(Envelope("k", "lane"), {})
    (letter,) = first.claim(9)
    first.release(letter)
    time.sleep(0.01)
    assert [each.tries for each in first.claim(9)] == [2]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_letters_sealed_with_another_secret_are_put_aside(url: str, inboxes: list[Inbox]) -> None:
    units = UnitOfWork.at(url)
    Inbox(DoorDatabase(units), Sealing("former"), SHORT).put(Envelope("old", "lane"), {})
    units.close()
    inboxes[0].put(Envelope("new", "lane"), {})
    assert inboxes[0].claim(1) == []
    assert [each.key for each in inboxes[0].claim(9)] == ["new"]
