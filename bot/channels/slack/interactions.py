"""Clicks, selections and `/quad`: each says something to the bot, or asks the door itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import places
from bot.channels.slack.blocks import (
    NOTES_OFF,
    NOTES_ON,
    OPEN_FORM,
    UNLINK,
    help_message,
    said,
    settled,
)
from bot.channels.slack.conversing import Conversing
from bot.channels.slack.forms import Forms
from bot.channels.slack.home import Home
from bot.channels.slack.inbox import Letter
from bot.channels.slack.people import People
from bot.channels.slack.places import Place
from bot.channels.slack.plain_text import plain
from bot.channels.slack.signing_in import aside, invite, note

_SCHEDULE = "what am I enrolled in?"  # what `/quad schedule` says to the bot
_IN, _OUT = ("sign-in", "sign in", "signin", "link"), ("sign-out", "sign out", "signout", "unlink")


@dataclass(frozen=True)
class Interactions:
    """Handles everything that is no message."""

    conversing: Conversing
    people: People
    forms: Forms
    home: Home

    async def clicked(self, letter: Letter, action: Mapping[str, Any]) -> None:
        """A button or a line of a menu: the message is settled, then the words are heard."""
        body, place = letter.body, places.of_click(letter.body)
        kind = action.get("action_id")
        if kind == OPEN_FORM:
            await self.forms.open(str(body["trigger_id"]), place)
        elif kind == UNLINK:
            await self._sign_out(place)
        elif kind in (NOTES_ON, NOTES_OFF):
            await self.home.want_notes(place.team, place.user, kind == NOTES_ON)
        elif (words := said(action)) is not None:
            await self._settle(letter, place, action)
            await self.conversing.hear(letter, place, words)
            if (body.get("view") or {}).get("type") == "home":
                await self.home.show(place.team, place.user)

    async def _settle(self, letter: Letter, place: Place, action: Mapping[str, Any]) -> None:
        message_ts = (letter.body.get("container") or {}).get("message_ts")
        if not message_ts or letter.progress.get("settled"):
            return
        shown = settled(letter.body.get("message") or {}, action)
        await self.conversing.sender.replace(place, message_ts, shown)
        await self.conversing.threads.run(self.conversing.inbox.note, letter, {"settled": True})

    async def commanded(self, letter: Letter) -> None:
        """`/quad WORDS`."""
        place = places.of_command(letter.body)
        words = plain(str(letter.body.get("text") or ""))
        verb = words.casefold()
        if verb in _IN:
            await invite(self.people, self.conversing.sender, place)
        elif verb in _OUT:
            await self._sign_out(place)
        elif verb in ("", "help"):
            await self.conversing.sender.tell(place, help_message())
        elif verb == "enroll":
            await self.forms.open(str(letter.body["trigger_id"]), place)
        else:
            await self.conversing.hear(letter, place, _SCHEDULE if verb == "schedule" else words)

    async def shortcut(self, letter: Letter) -> None:
        """A shortcut opens the form; one on a message puts the course it names there."""
        body = letter.body
        team, user = places.team_of(body), str(body["user"]["id"])
        channel = str((body.get("channel") or {}).get("id") or "")
        text = str((body.get("message") or {}).get("text") or "")
        channel = "" if channel.startswith("D") else channel
        place = Place(team, channel, user, private=bool(channel))
        await self.forms.open(str(body["trigger_id"]), place, plain(text))

    async def _sign_out(self, place: Place) -> None:
        gone = await self.people.sign_out(place.team, place.user)
        told = note("signed_out" if gone else "not_signed_in")
        await self.conversing.sender.tell(aside(place), told)
        if gone:
            await self.home.show(place.team, place.user)
