"""Composition root of the skills process: the job server, and its results into conversations."""

from __future__ import annotations

import logging
import sys

import uvicorn

from actions.texts import Texts
from bot.pushing import Pusher
from bot.web.headers import SiteHeaders
from knowledge import logs
from knowledge.insights.name_watch import watch
from knowledge.settings import Settings
from skills.serving.runner import Runner
from skills.serving.server import create_app

logger = logging.getLogger(__name__)


def main() -> int:
    """Serve until told to stop."""
    names = logs.install()
    settings = Settings.from_env()
    push = f"http://127.0.0.1:{settings.bot_port}/webhooks/web/push"
    pusher = Pusher(push, settings.skills_url, Texts.read())
    app = create_app(Runner(settings.var / "jobs"), settings.var / "uploads", pusher)
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
