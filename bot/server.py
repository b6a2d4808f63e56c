"""Composition root of the bot process: Rasa's server with our doors, and only what may be public.

`python -m bot.server` reads the settings once, hands them to Rasa as the variables that
endpoints.yml names, and serves. Rasa's HTTP API beyond `/model/parse` (trackers, models, training)
would show conversations to anybody: it needs an admin's or a service's token here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

from bot.rasa_compat import install, patch_server

install()

from rasa.core.agent import load_agent  # noqa: E402
from rasa.core.run import (  # noqa: E402 - after the stand-ins
    close_resources,
    configure_app,
    create_http_input_channels,
)
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from rasa.model import get_latest_model  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402
from sanic import Sanic  # noqa: E402
from sanic.request import Request  # noqa: E402
from sanic.response import HTTPResponse, json  # noqa: E402
from sqlalchemy import Engine, event  # noqa: E402

from actions.texts import Texts  # noqa: E402
from bot.action_endpoint import PooledEndpoint  # noqa: E402
from bot.channels import cors, limiting  # noqa: E402
from bot.channels.dedupe import handled_messages  # noqa: E402
from bot.channels.outbox import Outbox  # noqa: E402
from bot.channels.telling import DoorTeller  # noqa: E402
from bot.identity import SERVICE_LIFETIME, Gate  # noqa: E402
from bot.identity.origins import allowed_origins  # noqa: E402
from bot.notes.delivering import Deliverer  # noqa: E402
from bot.privacy.daily import sweep_daily  # noqa: E402
from bot.storage.database import shared  # noqa: E402
from bot.thinking import patch_processor  # noqa: E402
from bot.web.headers import mark_bot  # noqa: E402
from knowledge import logs  # noqa: E402
from knowledge.errors import NotSignedIn  # noqa: E402
from knowledge.insights.name_watch import watch  # noqa: E402
from knowledge.model.students import Principal, Role  # noqa: E402
from knowledge.settings import Settings  # noqa: E402

logger = logging.getLogger(__name__)
_PUBLIC = ("/webhooks/", "/socket.io", "/health")
_DRAIN_SECONDS = 4.0  # for what is under way; honcho kills after five
_TRUSTED = (Role.ADMIN, Role.SERVICE)


def rasa_environment(settings: Settings) -> dict[str, str]:
    """The variables that endpoints.yml names."""
    service = Principal("bot", Role.SERVICE)
    return {
        "QUAD_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
        "QUAD_TRACKER_URL": settings.tracker_url,
        "QUAD_SERVICE_TOKEN": Gate(settings.secret).issue(service, SERVICE_LIFETIME),
    }


def create_app(settings: Settings, model: str) -> Sanic:
    """Rasa's Sanic app with our doors, guarded."""
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    channels = create_http_input_channels(None, "credentials.yml")
    app = configure_app(channels, enable_api=True, endpoints=endpoints, port=settings.bot_port)
    gate = Gate.of(settings)
    _guard(app, gate)
    mark_bot(app, settings)
    app.ctx.outbox = Outbox(shared(settings.database_url))
    app.ctx.senders = {}  # by door; each door adds its own
    texts = Texts.read()
    _deliver_notes(app, settings, texts)
    limiting.install(app, settings.limits, gate, texts)
    cors.install(app, allowed_origins(settings))

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        agent = getattr(request.app.ctx, "agent", None)
        ready = agent is not None and agent.is_ready()
        return json({"status": "ok" if ready else "starting"}, status=200 if ready else 503)

    async def load(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        endpoints.action = PooledEndpoint(endpoints.action)
        app.ctx.agent = await load_agent(model_path=model, endpoints=endpoints, loop=loop)
        place = f"{socket.gethostname()}:{settings.bot_port}"
        await handled_messages(settings.database_url).begin(place)
        app.ctx.sweeping = loop.create_task(sweep_daily(settings))
        logger.info("bot: ready on port %d", settings.bot_port)

    async def finish(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await handled_messages(settings.database_url).drain(_DRAIN_SECONDS)

    async def release(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.sweeping.cancel()
        await endpoints.action.close()

    app.register_listener(load, "before_server_start")
    app.register_listener(finish, "before_server_stop")
    app.register_listener(release, "after_server_stop")
    app.register_listener(close_resources, "after_server_stop")
    return app


def _deliver_notes(app: Sanic, settings: Settings, texts: Texts) -> None:
    """What there is to tell unasked goes out while the doors are open."""
    teller = DoorTeller(app, Gate(settings.secret))
    deliverer = Deliverer(shared(settings.database_url), texts, teller)

    async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        deliverer.start()

    async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await deliverer.stop()

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


def _quick_commits(connection: Any, record: Any) -> None:
    """Rasa's tracker store on SQLite: a write-ahead log instead of two disk syncs a message."""
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")


def _guard(app: Sanic, gate: Gate) -> None:
    """Everything but the doors and `/model/parse` needs a trusted token."""

    @app.middleware("request")
    async def guard(request: Request) -> HTTPResponse | None:
        parse = request.path == "/model/parse" and request.method in ("POST", "OPTIONS")
        if request.path == "/":
            return json({"service": "bot"})  # Rasa would tell its version
        if parse or request.path.startswith(_PUBLIC):
            return None
        try:
            principal = gate.admit(request.headers.get("Authorization"))
        except NotSignedIn as error:
            return json({"error": error.problem}, status=401)
        return None if principal.role in _TRUSTED else json({"error": "not-permitted"}, status=403)


def _quiet_sanic() -> None:
    """Making the app has given Sanic's loggers handlers of their own: every line came twice."""
    for name in ("sanic.root", "sanic.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).setLevel(logging.WARNING)


def main() -> int:
    """Serve until told to stop."""
    names = logs.install()
    for noisy in ("rasa", "sanic", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    configure_structlog(logging.WARNING)  # Rasa's debug lines hold what students wrote
    settings = Settings.from_env()
    watch(names, settings.database_url)
    os.environ.update(rasa_environment(settings))
    event.listen(Engine, "connect", _quick_commits)
    patch_server()
    patch_processor()
    model = get_latest_model(str(Path("var") / "models"))
    if model is None:
        logger.error("no model under var/models: run `make model` first")
        return 2
    app = create_app(settings, model)
    _quiet_sanic()
    app.run(host="0.0.0.0", port=settings.bot_port, access_log=False, motd=False)  # noqa: S104
    return 0


if __name__ == "__main__":
    sys.exit(main())
