"""A Slack door in a real Sanic server, with a small agent and the stand-in of Slack."""

# ruff: noqa: E402
from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx

from bot.rasa_compat import install

install()
from fake_slack import SECRET, FakeSlack, post
from sanic import Sanic
from sanic.touchup import TouchUp
from slack_agent import SmallAgent

from bot.channels.slack.door import SlackDoor
from bot.identity import Gate
from bot.identity.slack_links import SlackLinks, SlackUser
from bot.storage.database import DoorDatabase, shared
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings, SlackSettings

_names = itertools.count()


@dataclass
class World:
    """A running door, and what tests need to speak to it and to look behind it."""

    door: str
    slack: FakeSlack
    agent: SmallAgent
    settings: Settings
    database: DoorDatabase
    http: httpx.AsyncClient
    ctx: SimpleNamespace

    async def send(self, *bodies: dict[str, Any], **headers: str) -> None:
        for body in bodies:
            response = await post(self.http, self.door, body, **headers)
            assert response.status_code == 200, response.text

    async def until(self, holds: Callable[[], object], seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.01)

    async def quiet(self) -> None:
        """Until every letter is done."""
        from bot.channels.slack.inbox import Inbox
        from bot.channels.slack.sealing import Sealing

        inbox = Inbox(self.database, Sealing(self.settings.secret))
        async with asyncio.timeout(15):
            while await asyncio.to_thread(inbox.waiting):
                await asyncio.sleep(0.02)
        assert self.slack.wrong == []

    def link(self, user: str = "U1", suid: str = "05990001", team: str = "T0001") -> Principal:
        links = SlackLinks(self.database)
        student = Principal(suid, Role.STUDENT)
        links.link(links.invite(SlackUser(team, user)), student)
        return student

    @property
    def gate(self) -> Gate:
        return Gate(self.settings.secret)


def settings_at(folder: Path, slack: SlackSettings) -> Settings:
    environment = {
        "QUAD_VAR": str(folder),
        "QUAD_DATABASE_URL": f"sqlite:///{folder / 'doors.db'}",
        "QUAD_SECRET": "a secret for the tests alone, longer than thirty-two bytes",
        "QUAD_TODAY": "2018-11-15",
        "QUAD_AXESS_URL": "http://127.0.0.1:9/axess",
        "QUAD_EXPLORECOURSES_URL": "http://127.0.0.1:9/explorecourses",
    }
    return replace(Settings.from_env(environment), slack=slack)


@asynccontextmanager
async def running(folder: Path, slack: FakeSlack, **changed: Any) -> AsyncIterator[World]:
    """The door, until the block ends; by default with a bot token."""
    credentials = {
        "signing_secret": SECRET,
        "bot_token": "xoxb-one",
        "api_url": f"{slack.address}/api/",
    }
    settings = settings_at(folder, SlackSettings(**{**credentials, **changed}))
    agent = SmallAgent()
    app = Sanic(f"slack_test_{next(_names)}", configure_logging=False)
    app.ctx.agent = agent
    app.blueprint(SlackDoor(settings).blueprint(agent.handle_message), url_prefix="/webhooks/slack")
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
    await server.startup()
    TouchUp._registry.clear()  # Sanic has rewritten its methods, which works once a process
    await server.before_start()
    await server.after_start()
    door = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/slack"
    database = shared(settings.database_url)
    try:
        async with httpx.AsyncClient(timeout=10) as http:
            yield World(door, slack, agent, settings, database, http, app.ctx)
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
