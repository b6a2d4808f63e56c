"""The web door by itself: ids, resends, several tabs, tokens that end, what is no message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
import socketio

from bot.identity import SERVICE_LIFETIME
from knowledge.model.students import Principal, Role


class Tab:
    """One open tab: what it was sent, by event."""

    def __init__(self) -> None:
        self.socket = socketio.AsyncClient(reconnection=False)
        self.got: list[tuple[str, object]] = []
        self.socket.on("*", self._keep)

    async def _keep(self, event: str, data: object) -> None:
        self.got.append((event, data))

    def all(self, event: str) -> list:
        return [data for name, data in self.got if name == event]

    async def say(self, message: object, id: object = None) -> dict:
        return await self.socket.call("user_uttered", {"id": id, "message": message}, timeout=30)

    async def until(self, event: str, count: int = 1) -> list:
        async with asyncio.timeout(20):
            while len(self.all(event)) < count:
                await asyncio.sleep(0.02)
        return self.all(event)


@asynccontextmanager
async def _tab(quad, token: str) -> AsyncIterator[Tab]:
    tab = Tab()
    await tab.socket.connect(
        quad.bot, auth={"token": token}, transports=["polling"], wait_timeout=20
    )
    session = tab.socket.eio.http
    try:
        yield tab
    finally:
        leaving = asyncio.create_task(tab.socket.eio.disconnect(abort=True))
        await asyncio.wait([leaving], timeout=0.2)  # a long poll that hangs is not waited for
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        if session is not None:
            await session.close()


async def _refused(quad, auth: object) -> None:
    """The door says no; the client's last long poll is not waited for."""
    socket, said = socketio.AsyncClient(reconnection=False), asyncio.Event()
    socket.on("connect_error", lambda data: said.set())
    knocking = asyncio.create_task(socket.connect(quad.bot, auth=auth, transports=["polling"]))
    async with asyncio.timeout(20):
        await said.wait()
    assert not socket.namespaces
    if (session := socket.eio.http) is not None:
        await session.close()  # which ends the poll
    knocking.cancel()
    await asyncio.wait([knocking], timeout=0.2)


async def test_a_resend_gets_the_same_replies_under_the_same_ids(quad) -> None:
    token = quad.token(quad.add_student())
    async with _tab(quad, token) as tab:
        assert await tab.say("hello", "m-1") == {"ok": True, "id": "m-1"}
        first = await tab.until("bot_uttered")
        assert await tab.say("hello", "m-1") == {"ok": True, "id": "m-1"}
        both = await tab.until("bot_uttered", 2 * len(first))
        assert both == [*first, *first]
    async with _tab(quad, token) as later:
        (history,) = await later.until("history")
        assert [m["id"] for m in history] == ["m-1", *(m["id"] for m in first)]


async def test_a_second_tab_sees_both_sides_live(quad) -> None:
    token = quad.token(quad.add_student())
    async with _tab(quad, token) as one, _tab(quad, token) as other:
        await other.until("history")
        await one.say("hello", "m-1")
        assert await other.until("user_echo") == [{"id": "m-1", "text": "hello"}]
        assert await other.until("bot_uttered") == await one.until("bot_uttered")
        assert one.all("user_echo") == []


async def test_a_socket_ends_with_its_token(quad) -> None:
    principal = Principal(quad.add_student(), Role.STUDENT)
    token = quad.gate.issue(principal, timedelta(seconds=3))
    async with _tab(quad, token) as tab:
        assert (await tab.say("hello", "m-1"))["ok"]
        await tab.until("token")
        async with asyncio.timeout(10):
            while tab.socket.connected:
                await asyncio.sleep(0.05)
    await _refused(quad, {"token": token})


@pytest.mark.parametrize("auth", [None, {"token": "a.b.c"}, "text", ["token"], {"token": None}])
async def test_nobody_connects_without_a_good_token(quad, auth: object) -> None:
    await _refused(quad, auth)


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (None, "body"),
        ("text", "body"),
        ([], "body"),
        ({"id": "x"}, "message"),
        ({"id": "x", "message": 7}, "message"),
        ({"id": 7, "message": "hello"}, "id"),
    ],
)
async def test_what_is_no_message_is_refused_and_the_socket_lives(quad, event, field) -> None:
    async with _tab(quad, quad.token(quad.add_student())) as tab:
        answer = await tab.socket.call("user_uttered", event, timeout=30)
        assert (answer["ok"], answer["error"]) == (False, "malformed-message")
        assert answer["field"] == field
        assert (await tab.say("hello", "later"))["ok"]


async def test_a_push_is_shown_once_and_waits_for_rest(quad) -> None:
    suid = quad.add_student()
    service = quad.gate.issue(Principal("skills", Role.SERVICE), SERVICE_LIFETIME)
    conversation = quad.gate.conversation(Principal(suid, Role.STUDENT), "s")
    quad.say("hello", suid, message_id="m-1")
    body = {"conversation": conversation, "message": {"text": "done", "id": "job-1"}}
    headers = {"Authorization": f"Bearer {service}"}
    url = f"{quad.bot}/webhooks/web/push"
    for _ in range(2):  # the second for a lost answer
        httpx.post(url, json=body, headers=headers).raise_for_status()
    told = [reply["text"] for reply in quad.say("hello", suid, message_id="m-2")]
    assert told.count("done") == 1
    again = [reply["text"] for reply in quad.say("hello", suid, message_id="m-2")]
    assert again == told
    assert "done" not in [reply["text"] for reply in quad.say("hello", suid, message_id="m-3")]
    for bad in ({}, [], {"conversation": 7, "message": {}}, {"conversation": "c", "message": "t"}):
        assert httpx.post(url, json=bad, headers=headers).status_code == 400
    assert httpx.post(url, json=body).status_code == 403
