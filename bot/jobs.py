"""Composition root of the skills process: the job server, and its results into conversations."""

from __future__ import annotations

import logging
import sys

import uvicorn

from actions.texts import Texts
from bot.pushing import Pusher
from knowledge.settings import Settings
from skills.runner import Runner
from skills.server import create_app

logger = logging.getLogger(__name__)


def main() -> int:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    settings = Settings.from_env()
    push = f"http://127.0.0.1:{settings.bot_port}/webhooks/web/push"
    pusher = Pusher(push, settings.skills_url, Texts.read())
    app = create_app(Runner(settings.var / "jobs"), settings.var / "uploads", pusher)
    logger.info("skills: ready on port %d", settings.skills_port)
    uvicorn.run(
        app,
        host="0.0.0.0",  # noqa: S104 - pictures are shown in the student's browser
        port=settings.skills_port,
        ws="none",  # sockets are the bot's
        log_level="warning",
        access_log=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
