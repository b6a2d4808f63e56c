"""Notes at the doors: sent and recorded once, kept in the web conversation when a door is gone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bot.rasa_compat import install

install()

from rasa.core.tracker_store import InMemoryTrackerStore  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import BotUttered  # noqa: E402
from rasa.shared.core.slots import AnySlot  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.channels.errors import Undeliverable  # noqa: E402
from bot.channels.telling import DoorTeller  # noqa: E402
from bot.dialogue.state import DialogueState, GoalKind  # noqa: E402
from bot.identity import Gate  # noqa: E402
from knowledge.model.students import Principal, Role  # noqa: E402

GATE = Gate("a secret for the tests alone, longer than thirty-two bytes")
SUID = "05910021"
WEB = GATE.conversation(Principal(SUID, Role.STUDENT), "web")
ABOUT = {
    "kind": "promoted", "code": "CS229", "title": "Machine Learning", "class_id": 7,
    "quarter": "Winter", "year": 2019,
}  # fmt: skip
NOTE = {"text": "You are in CS229.", "buttons": [], "id": "note-7-ab", "about": ABOUT}


class Locks:
    @asynccontextmanager
    async def lock(self, conversation: str):
        yield


class Doors:
    """An app with doors and a record of conversations."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.fault: Exception | None = None
        slot = AnySlot("dialogue", mappings=[{"type": "custom"}])
        store = InMemoryTrackerStore(Domain.empty())

        async def get_tracker(conversation: str) -> DialogueStateTracker:
            known = await store.retrieve(conversation)
            return known or DialogueStateTracker(conversation, [slot])

        self.store = store
        store.domain = Domain([], [], [slot], {}, [], {}, {})
        agent = SimpleNamespace(
            lock_store=Locks(),
            tracker_store=store,
            processor=SimpleNamespace(get_tracker=get_tracker),
            domain=store.domain,
        )
        senders = {"web": self._door("web"), "slack": self._door("slack")}
        app = SimpleNamespace(ctx=SimpleNamespace(agent=agent, senders=senders))
        self.teller = DoorTeller(app, GATE)

    def _door(self, name: str):
        async def send(address: Mapping[str, Any], message: dict[str, Any]) -> None:
            if self.fault is not None:
                raise self.fault
            self.sent.append((name, message))

        return send

    async def record(self, conversation: str) -> tuple[list[str | None], DialogueState]:
        tracker = await self.store.retrieve(conversation)
        assert tracker is not None
        said = [event.text for event in tracker.events if isinstance(event, BotUttered)]
        return said, DialogueState.from_json(tracker.get_slot("dialogue"))


@pytest.fixture
def doors() -> Doors:
    return Doors()


async def test_a_note_is_sent_and_recorded_once(doors: Doors) -> None:
    for _ in range(2):  # the second after a crash between telling and settling
        assert await doors.teller.tell(SUID, "web", {"conversation": WEB}, NOTE)
    assert [(door, message["id"]) for door, message in doors.sent] == [("web", "note-7-ab")]
    assert "about" not in doors.sent[0][1]
    said, state = await doors.record(WEB)
    assert said == ["You are in CS229."]
    assert state.focus is not None
    assert state.effect is not None
    assert (state.focus.code, state.effect.kind) == ("CS229", GoalKind.ENROLL)


async def test_a_door_without_a_conversation_is_told_all_the_same(doors: Doors) -> None:
    assert await doors.teller.tell(SUID, "slack", {"team": "T1", "user": "U1"}, NOTE)
    assert [door for door, _ in doors.sent] == ["slack"]


async def test_a_door_that_is_gone_or_was_never_opened_cannot_tell(doors: Doors) -> None:
    doors.fault = Undeliverable("account_inactive")
    assert not await doors.teller.tell(SUID, "slack", {"team": "T1", "user": "U1"}, NOTE)
    assert not await doors.teller.tell(SUID, "telegram", {}, NOTE)
    assert doors.sent == []


async def test_what_may_pass_by_itself_is_raised_for_another_try(doors: Doors) -> None:
    doors.fault = ConnectionError("slack is away")
    with pytest.raises(ConnectionError):
        await doors.teller.tell(SUID, "slack", {"team": "T1", "user": "U1"}, NOTE)


async def test_what_is_kept_stands_in_the_web_conversation_once(doors: Doors) -> None:
    for _ in range(2):
        await doors.teller.keep(SUID, NOTE)
    said, _ = await doors.record(WEB)
    assert said == ["You are in CS229."]
    assert [door for door, _ in doors.sent] == ["web"]
