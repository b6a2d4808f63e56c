"""slack-bolt's app: which listener handles what comes out of the inbox."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import places
from bot.channels.slack.forms import Forms
from bot.channels.slack.hearing import Hearing
from bot.channels.slack.home import Home
from bot.channels.slack.inbox import Letter
from bot.channels.slack.installs import Installs
from bot.channels.slack.intake import LETTER, Intake
from bot.channels.slack.interactions import Interactions
from bot.channels.slack.workspaces import Workspaces

ANY = re.compile(".*")


@dataclass(frozen=True)
class Rooms:
    """Where letters are handled."""

    hearing: Hearing
    interactions: Interactions
    forms: Forms
    home: Home


def create(
    intake: Intake,
    rooms: Rooms,
    workspaces: Workspaces,
    installs: Installs,
    client: AsyncWebClient,
    flow: AsyncOAuthFlow | None,
) -> AsyncApp:
    """The app; signatures were checked by the door before it sees a request."""
    quiet = logging.getLogger("bot.channels.slack.bolt")
    quiet.setLevel(logging.ERROR)  # slack-bolt's warnings hold whole requests

    async def keep(
        req: AsyncBoltRequest,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        return await intake.keep(req, next)

    authorize: Any = workspaces  # slack-bolt takes an AsyncAuthorize, but does not say so
    app = AsyncApp(
        logger=quiet,
        name="quad",
        client=client,
        authorize=authorize,
        installation_store=installs,
        oauth_flow=flow,
        before_authorize=keep,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )
    app.enable_token_revocation_listeners()
    _listen(app, rooms)
    return app


def _listen(app: AsyncApp, rooms: Rooms) -> None:
    async def hear(event: dict[str, Any], context: AsyncBoltContext) -> None:
        await rooms.hearing.hear(context[LETTER], event)

    for kind in ("message", "app_mention"):
        app.event(kind)(hear)

    @app.event("app_home_opened")
    async def show_home(event: dict[str, Any], body: dict[str, Any]) -> None:
        await rooms.home.show(places.team_of(body), event["user"])

    @app.action(ANY)
    async def click(action: dict[str, Any], context: AsyncBoltContext) -> None:
        await rooms.interactions.clicked(context[LETTER], action)

    @app.command(ANY)
    async def command(context: AsyncBoltContext) -> None:
        await rooms.interactions.commanded(context[LETTER])

    @app.shortcut(ANY)
    async def shortcut(context: AsyncBoltContext) -> None:
        await rooms.interactions.shortcut(context[LETTER])

    @app.view(ANY)
    async def form(view: dict[str, Any], context: AsyncBoltContext) -> None:
        await rooms.forms.sent(context[LETTER], view)

    @app.error
    async def fail(error: Exception) -> None:
        raise error  # to the worker, which tries the letter again


async def dispatch(app: AsyncApp, letter: Letter) -> None:
    """Let slack-bolt find and run the listener of a letter."""
    context = {LETTER: letter}
    await app.async_dispatch(
        AsyncBoltRequest(body=letter.body, mode="socket_mode", context=context)
    )
