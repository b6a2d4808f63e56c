"""Composition root of the action server: `python -m actions`."""

from __future__ import annotations

import asyncio
import logging
import sys

import httpx
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.base import QuadAction
from actions.context import Services
from actions.understand import ActionUnderstand
from actions.wiring import HANDLERS, make_services
from knowledge import logs, tokens
from knowledge.errors import NotSignedIn
from knowledge.insights.name_watch import watch
from knowledge.model.students import Role
from knowledge.settings import Settings

logger = logging.getLogger(__name__)


def register(executor: ActionExecutor, services: Services) -> None:
    """Give the executor every action."""
    executor.register_action(ActionUnderstand(services))
    for act, handler in HANDLERS.items():
        executor.register_action(QuadAction(act, handler, services))


def create_app(settings: Settings) -> Sanic:
    """The action server's protocol (rasa_sdk), open to our own bot alone."""
    app = Sanic("quad_actions", configure_logging=False)
    executor = ActionExecutor()

    @app.listener("before_server_start")
    async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.http = httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=50))
        register(executor, make_services(settings, app.ctx.http))
        logger.info("actions: ready on port %d", settings.actions_port)

    @app.listener("after_server_stop")
    async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await app.ctx.http.aclose()

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        if not _is_ours(request, settings.secret):
            return json({"error": "not-permitted", "action_name": ""}, status=403)
        return json(await executor.run(request.json))

    return app


def _is_ours(request: Request, secret: str) -> bool:
    """A caller names the student it speaks for, so it must be our own bot."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        return scheme == "Bearer" and tokens.verify(token, secret).role is Role.SERVICE
    except NotSignedIn:
        return False


def main() -> int:
    """Serve until told to stop."""
    names = logs.install()
    for noisy in ("rasa_sdk", "sanic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = Settings.from_env()
    watch(names, settings.database_url)
    app = create_app(settings)
    app.run(host="127.0.0.1", port=settings.actions_port, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
