"""The tracker store on a real database: what is held is never older than what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.rasa_compat import install

install()

from rasa.core.tracker_store import SQLTrackerStore  # noqa: E402 - after the stand-ins
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from bot import conversations  # noqa: E402
from bot.conversations import LiveTrackerStore  # noqa: E402

DOMAIN = Domain.from_yaml(
    'version: "3.1"\nslots: {color: {type: any, mappings: [{type: custom}]}}\nintents: [greet]\n'
)
TURN = ("hello", "red")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'conversations.db'}"


@pytest.fixture
def store(url: str) -> LiveTrackerStore:
    return LiveTrackerStore(domain=DOMAIN, host=url)


def _turn(text: str, color: str) -> list[Event]:
    said = UserUttered(text, {"name": "greet", "confidence": 1.0}, metadata={"client": {"id": 1}})
    heard = BotUttered("hi", {"buttons": [{"title": "a", "payload": "a"}]})
    return [said, SlotSet("color", color), ActionExecuted("action_x"), heard]


async def _speak(store: SQLTrackerStore, text: str, color: str, who: str = "u1") -> None:
    tracker = await store.get_or_create_tracker(who)
    for event in _turn(text, color):
        tracker.update(event, DOMAIN)
    await store.save(tracker)


async def _seen(store: SQLTrackerStore, who: str = "u1") -> tuple[list[dict], object]:
    tracker = await store.retrieve(who)
    assert tracker is not None
    events = [event.as_dict() for event in tracker.events]
    return events, tracker.get_slot("color")


async def test_a_held_conversation_is_the_stored_one(store: LiveTrackerStore, url: str) -> None:
    for number in range(4):
        await _speak(store, f"hello {number}", f"color {number}")
    held, stored = await _seen(store), await _seen(SQLTrackerStore(domain=DOMAIN, host=url))
    assert held == stored
    assert held[1] == "color 3"
    assert len(held[0]) == len({str(event) for event in held[0]})


async def test_the_tracker_between_two_turns_is_not_read_again(store: LiveTrackerStore) -> None:
    await _speak(store, *TURN)
    first = await store.retrieve("u1")
    assert first is not None
    await store.save(first)
    assert await store.retrieve("u1") is first


async def test_another_replica_s_turn_is_seen(store: LiveTrackerStore, url: str) -> None:
    other = LiveTrackerStore(domain=DOMAIN, host=url)
    for number, replica in enumerate([store, other, store, other, other, store]):
        await _speak(replica, f"hello {number}", f"color {number}")
    for replica in (store, other):
        events, color = await _seen(replica)
        assert color == "color 5"
        assert [e["text"] for e in events if e["event"] == "user"] == [
            f"hello {number}" for number in range(6)
        ]


async def test_a_turn_that_failed_leaves_no_trace(store: LiveTrackerStore) -> None:
    await _speak(store, *TURN)
    before = await _seen(store)
    failed = await store.retrieve("u1")
    assert failed is not None
    failed.update(SlotSet("color", "half-written"), DOMAIN)
    assert await _seen(store) == before


async def test_conversations_do_not_mix(store: LiveTrackerStore) -> None:
    await _speak(store, "hello", "red", "u1")
    await _speak(store, "hello", "blue", "u2")
    assert (await _seen(store, "u1"))[1] == "red"
    assert (await _seen(store, "u2"))[1] == "blue"


async def test_only_so_many_are_held(
    store: LiveTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_HELD", 2)
    for who in ("u1", "u2", "u3"):
        await _speak(store, "hello", who, who)
    assert list(store._held) == ["u2", "u3"]
    assert (await _seen(store, "u1"))[1] == "u1"


async def test_a_very_long_conversation_is_not_held(
    store: LiveTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_LONGEST", 6)
    for number in range(3):
        await _speak(store, "hello", f"color {number}")
    assert not store._held
    assert (await _seen(store))[1] == "color 2"


async def test_a_tracker_from_elsewhere_is_saved_by_what_is_new(
    store: LiveTrackerStore, url: str
) -> None:
    await _speak(store, *TURN)
    elsewhere = await SQLTrackerStore(domain=DOMAIN, host=url).retrieve("u1")
    assert elsewhere is not None
    elsewhere.update(SlotSet("color", "green"), DOMAIN)
    await store.save(elsewhere)
    events, color = await _seen(store)
    assert (len(events), color) == (6, "green")


async def test_a_new_session_goes_on_in_the_same_store(store: LiveTrackerStore, url: str) -> None:
    await _speak(store, *TURN)
    tracker = await store.retrieve("u1")
    assert tracker is not None
    tracker.update(SessionStarted(), DOMAIN)
    await store.save(tracker)
    await _speak(store, "again", "blue")
    assert (await _seen(store))[1] == "blue"
    events, _ = await _seen(SQLTrackerStore(domain=DOMAIN, host=url))
    assert events[0]["event"] == "session_started"
    assert sum(event["event"] == "user" for event in events) == 1


async def test_an_erased_conversation_is_not_written_back(
    store: LiveTrackerStore, url: str
) -> None:
    """A turn is under way while somebody erases: neither it nor the held past comes back."""
    await _speak(store, *TURN)
    under_way = await store.retrieve("u1")
    assert under_way is not None
    await _speak(store, "other", "blue", "u2")
    with store.engine.begin() as connection:
        connection.execute(sa.delete(store._table).where(store._table.c.sender_id == "u1"))
    for _ in range(2):  # Rasa saves several times in one turn
        under_way.update(UserUttered("still here", {"name": "greet"}), DOMAIN)
        await store.save(under_way)
    assert await store.retrieve("u1") is None
    assert await SQLTrackerStore(domain=DOMAIN, host=url).retrieve("u1") is None
    await _speak(store, "new", "green")
    events, color = await _seen(store)
    assert [event.get("text") for event in events if event["event"] == "user"] == ["new"]
    assert (color, (await _seen(store, "u2"))[1]) == ("green", "blue")
