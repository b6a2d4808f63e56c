"""Composition root of the skills process: the job server, and its results into conversations."""

from __future__ import annotations

import logging
import sys
from typing import Any

import httpx
import uvicorn

from actions.texts import Texts
from bot.web.headers import SiteHeaders
from knowledge import logs
from knowledge.insights.name_watch import watch
from knowledge.settings import Settings
from skills.events import JobEvent
from skills.runner import Runner
from skills.server import create_app

logger = logging.getLogger(__name__)


class Pusher:
    """Posts what a job has to say into the conversation it was started from."""

    def __init__(self, settings: Settings) -> None:
        self._url = f"http://127.0.0.1:{settings.bot_port}/webhooks/web/push"
        self._pictures = f"http://localhost:{settings.skills_port}"
        self._texts = Texts.read()
        self._http = httpx.AsyncClient(timeout=5.0)

    async def __call__(self, event: JobEvent) -> None:
        """Push a late result; a bot that is away loses nothing but this message."""
        for message in self._messages(event):
            body = {"conversation": event.conversation, "message": message}
            headers = {"Authorization": f"Bearer {event.callback_token}"}
            try:
                await self._http.post(self._url, json=body, headers=headers)
            except httpx.TransportError:
                logger.warning("could not push the result of job %s", event.job_id)

    def _messages(self, event: JobEvent) -> list[dict[str, Any]]:
        if event.state == "done":
            pictures = [{"image": self._pictures + path} for path in event.pictures]
            return [{"text": event.text}, *pictures]
        name = f"utter_skill_{event.error.replace('-', '_')}"
        known = name if self._texts.has(name) else "utter_skill_failed"
        return [{"text": self._texts.render(known, 0, skill=event.skill)}]


def main() -> int:
    """Serve until told to stop."""
    names = logs.install()
    settings = Settings.from_env()
    watch(names, settings.database_url)
    app = create_app(Runner(settings.var / "jobs"), settings.var / "uploads", Pusher(settings))
    app.add_middleware(SiteHeaders, settings=settings)
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
