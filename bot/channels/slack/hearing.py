"""Messages: which of them are meant for Quad, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import places
from bot.channels.slack.addresses import Addresses
from bot.channels.slack.conversing import Conversing
from bot.channels.slack.envelopes import is_spoken
from bot.channels.slack.files import Files
from bot.channels.slack.inbox import Letter
from bot.channels.slack.places import Place
from bot.channels.slack.plain_text import mentions, plain
from bot.channels.slack.signing_in import aside, note
from bot.channels.slack.threads import Threads
from bot.channels.slack.workspaces import Workspaces

_PROBLEMS = {"too-large": "file_too_large", "not-read": "file_not_read"}


@dataclass(frozen=True)
class Hearing:
    """Listens to `message` and `app_mention`."""

    conversing: Conversing
    workspaces: Workspaces
    addresses: Addresses
    files: Files
    threads: Threads

    async def hear(self, letter: Letter, event: Mapping[str, Any]) -> None:
        """Answer a message that is for Quad; pass over all others."""
        team = places.team_of(letter.body)
        workspace = await self.workspaces.of(team, letter.body.get("enterprise_id"))
        if not is_spoken(event) or event["user"] == workspace.bot_user:
            return
        place = places.of_message(team, event)
        if not await self._is_meant(event, place, workspace.bot_user):
            return
        known = letter.progress.get("uploads")
        uploads, problem = (known, None) if known else await self.files.keep(team, event)
        if problem is not None:
            await self.conversing.sender.tell(aside(place), note(_PROBLEMS[problem]))
            if not uploads:
                return
        if uploads:
            await self.threads.run(self.conversing.inbox.note, letter, {"uploads": uploads})
        words = plain(str(event.get("text") or ""), workspace.bot_user)
        await self.conversing.hear(letter, place, words, uploads)

    async def _is_meant(self, event: Mapping[str, Any], place: Place, bot_user: str) -> bool:
        if place.direct or event.get("type") == "app_mention":
            return True
        if bot_user and mentions(str(event.get("text") or ""), bot_user):
            return True
        # Without a mention only a thread goes on in which this user has spoken with Quad.
        threaded = event.get("thread_ts") is not None
        return threaded and await self.threads.run(self.addresses.goes_on, place)
