"""The Slack door once set up: requests checked and handed to slack-bolt, OAuth, Socket Mode."""

from __future__ import annotations

import asyncio
import logging

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from slack_bolt.adapter.sanic import AsyncSlackRequestHandler
from slack_bolt.adapter.sanic.async_handler import to_async_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.response import BoltResponse

from bot.channels.slack.shut import not_set_up
from bot.channels.slack.signing import Signatures
from bot.channels.slack.talking import NAME, OnMessage
from bot.channels.slack.wiring import Parts, make
from bot.identity import Gate
from bot.storage.database import shared
from knowledge.errors import NotSignedIn
from knowledge.model.students import Role
from knowledge.settings import Settings

logger = logging.getLogger(__name__)


class OpenDoor:
    """Receives from Slack; `worker` answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        slack = settings.slack
        self._signatures = Signatures(slack.signing_secret) if slack.signing_secret else None
        self._socket: AsyncSocketModeHandler | None = None
        self._parts: Parts | None = None

    def add_to(self, door: Blueprint, on_new_message: OnMessage) -> None:
        """Add the routes; the door listens from the server's start to its end."""
        self._listen(door, on_new_message)

        @door.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return json(
                {"status": "ok" if self._parts else "not set up"}, 200 if self._parts else 404
            )

        @door.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        @door.get("/install")
        async def install(request: Request) -> HTTPResponse:
            return await self._oauth(request)

        @door.get("/oauth_redirect")
        async def oauth_redirect(request: Request) -> HTTPResponse:
            return await self._oauth(request)

        @door.post("/linked")
        async def linked(request: Request) -> HTTPResponse:
            return await self._linked(request)

    def _listen(self, door: Blueprint, on_new_message: OnMessage) -> None:
        @door.listener("after_server_start")
        async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            database = shared(self._settings.database_url)
            self._parts = make(self._settings, database, lambda: app.ctx.agent, on_new_message)
            await self._parts.threads.run(lambda: database.units)  # the tables are there
            if not hasattr(app.ctx, "senders"):
                app.ctx.senders = {}
            app.ctx.senders[NAME] = self._parts.push.send
            app.ctx.into_slack = self._parts.push.into
            app.ctx.step_in_slack = self._parts.push.step
            self._parts.worker.start()
            if self._settings.slack.app_token is not None:
                token = self._settings.slack.app_token
                self._socket = AsyncSocketModeHandler(self._parts.app, token)
                await self._socket.connect_async()  # type: ignore[no-untyped-call]

        @door.listener("before_server_stop")
        async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            if self._socket is not None:
                await self._socket.close_async()  # type: ignore[no-untyped-call]
            if self._parts is not None:
                await self._parts.close()

    async def _receive(self, request: Request) -> HTTPResponse:
        if self._parts is None or self._signatures is None:
            return not_set_up()
        reason = self._signatures.refusal(request.headers, request.body)
        if reason is not None:
            logger.warning("slack: refused a request (%s)", reason)
            return json({"error": "not-signed-in", "reason": reason}, status=401)
        try:
            return await AsyncSlackRequestHandler(self._parts.app).handle(request)
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
        ):  # signed, but no shape that slack-bolt can read
            logger.warning("slack: a request could not be read")
            return json({"error": "malformed-message"}, status=400)

    async def _oauth(self, request: Request) -> HTTPResponse:
        flow = self._parts.app.oauth_flow if self._parts is not None else None
        if flow is None:
            return not_set_up()
        told = to_async_bolt_request(request)
        if request.path.endswith("/install"):
            return _answer(await flow.handle_installation(told))
        return _answer(await flow.handle_callback(told))

    async def _linked(self, request: Request) -> HTTPResponse:
        """The site has linked a user: tell it in Slack."""
        if self._parts is None:
            return not_set_up()
        try:
            principal = Gate(self._settings.secret).admit(request.headers.get("Authorization"))
        except NotSignedIn as error:
            return json({"error": error.problem}, status=401)
        if principal.role is not Role.SERVICE:
            return json({"error": "not-permitted"}, status=403)
        team, user = str(request.json["team"]), str(request.json["user"])
        await self._parts.push.linked(team, user)
        return empty()


def _answer(told: BoltResponse) -> HTTPResponse:
    """slack-bolt's answer in Sanic's form; its own adapter sets cookies in a newer Sanic's way."""
    answer = HTTPResponse(
        told.body, status=told.status, headers=told.first_headers_without_set_cookie()
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds the state
    for cookies in told.cookies():
        for name, cookie in cookies.items():
            answer.cookies[name] = cookie.value
            answer.cookies[name]["httponly"] = True
            answer.cookies[name]["secure"] = True
            answer.cookies[name]["samesite"] = "Lax"
            answer.cookies[name]["path"] = "/webhooks/slack"
            if cookie["max-age"]:
                answer.cookies[name]["max-age"] = int(cookie["max-age"])
    return answer
