"""Composition root of the skills process: the job server, and its results into conversations."""

from __future__ import annotations

import logging
import sys
from datetime import timedelta

import uvicorn

from actions.texts import Texts
from bot.identity import Gate
from bot.pushing import Pusher
from bot.web.headers import SiteHeaders
from knowledge import logs
from knowledge.errors import NotSignedIn
from knowledge.insights.name_watch import watch
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from skills.serving.records import Records
from skills.serving.runner import Runner
from skills.serving.server import create_app

_TOKEN_LIFETIME = timedelta(minutes=10)
logger = logging.getLogger(__name__)


def main() -> int:
    """Serve until told to stop."""
    names = logs.install()
    settings = Settings.from_env()
    gate = Gate(settings.secret)

    def token() -> str:
        return gate.issue(Principal("skills", Role.SERVICE), _TOKEN_LIFETIME)

    def is_service(authorization: str | None) -> bool:
        try:
            return gate.admit(authorization).role is Role.SERVICE
        except NotSignedIn:
            return False

    push = f"http://127.0.0.1:{settings.bot_port}/webhooks/web/push"
    pusher = Pusher(push, settings.skills_url, Texts.read(), token)
    runner = Runner(settings.var / "jobs", Records(settings.var / "jobs.db"))
    pusher.settled = runner.settled
    app = create_app(runner, settings.var / "uploads", pusher, is_service)
    app.add_middleware(SiteHeaders, settings=settings)
    watch(names, settings.database_url)
    logger.info("skills: ready on port %d", settings.skills_port)
    uvicorn.run(
        app,
        host="0.0.0.0",  # noqa: S104 - pictures are shown in the student's browser
        port=settings.skills_port,
        ws="none",  # sockets are the bot's
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
