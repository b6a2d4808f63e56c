"""What is told unasked: notes to a student, and late results into their conversation."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.slack.addresses import Addresses
from bot.channels.slack.envelopes import Envelope
from bot.channels.slack.home import Home
from bot.channels.slack.inbox import Inbox, Letter
from bot.channels.slack.places import Place
from bot.channels.slack.progressing import Progress
from bot.channels.slack.sending import Sender
from bot.channels.slack.signing_in import note
from bot.channels.slack.threads import Threads

PUSHED = "push"  # the type of a letter that Slack did not send: no request of Slack's is read so


class Push:
    """The door's senders."""

    def __init__(
        self,
        addresses: Addresses,
        inbox: Inbox,
        sender: Sender,
        home: Home,
        threads: Threads,
        wake: Callable[[], None],
        progress: Progress,
    ) -> None:
        self._addresses = addresses
        self._inbox = inbox
        self._wake = wake
        self._sender = sender
        self._home = home
        self._threads = threads
        self._progress = progress
        self._shown: set[asyncio.Task[None]] = set()

    async def send(self, address: Mapping[str, Any], message: dict[str, Any]) -> None:
        """A note to the direct message of a user; raise Undeliverable."""
        direct = Place(str(address["team"]), "", str(address["user"]))
        await self._sender.reply(direct, message)

    async def into(self, conversation: str, message: dict[str, Any]) -> bool:
        """A late result into its conversation, by its id once; False when it is none of Slack's.

        It goes through the inbox, behind the turn that it belongs to: nothing is lost on the way.
        """
        place = await self._threads.run(self._addresses.place, conversation)
        if place is None:
            return False
        name = str(message.get("id") or uuid.uuid4().hex)
        envelope = Envelope(f"{PUSHED}:{name}"[:160], place.lane)
        body = {"type": PUSHED, "place": place.as_json(), "message": message}
        await self._threads.run(self._inbox.put, envelope, body)
        self._wake()
        return True

    async def step(self, conversation: str, message: dict[str, Any]) -> bool:
        """How far a demo is, where Slack has that conversation; nobody waits until it is shown."""
        place = await self._threads.run(self._addresses.place, conversation)
        if place is None:
            return False
        showing = asyncio.create_task(self._progress.show(place, message))
        self._shown.add(showing)
        showing.add_done_callback(self._shown.discard)
        return True

    async def deliver(self, letter: Letter) -> None:
        """What `into` has put into the inbox."""
        place, message = Place.from_json(letter.body["place"]), letter.body["message"]
        if not await self._progress.replace(place, message):
            await self._sender.reply(place, message)

    async def linked(self, team: str, user: str) -> None:
        """Tell a user that the sign-in worked, and show the classes on the Home tab."""
        await self._sender.tell(Place(team, "", user), note("signed_in"))
        await self._home.show(team, user)
