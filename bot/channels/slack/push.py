"""What is told unasked: notes to a student, and late results into their conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.slack.addresses import Addresses
from bot.channels.slack.home import Home
from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sender
from bot.channels.slack.signing_in import note
from bot.channels.slack.threads import Threads


class Push:
    """The door's senders."""

    def __init__(self, addresses: Addresses, sender: Sender, home: Home, threads: Threads) -> None:
        self._addresses = addresses
        self._sender = sender
        self._home = home
        self._threads = threads

    async def send(self, address: Mapping[str, Any], message: dict[str, Any]) -> None:
        """A note to the direct message of a user; raise Undeliverable."""
        direct = Place(str(address["team"]), "", str(address["user"]))
        await self._sender.reply(direct, message)

    async def into(self, conversation: str, message: dict[str, Any]) -> bool:
        """A late result into its conversation; False when it is none of Slack's."""
        place = await self._threads.run(self._addresses.place, conversation)
        if place is None:
            return False
        await self._sender.reply(replace(place, response_url=None), message)
        return True

    async def linked(self, team: str, user: str) -> None:
        """Tell a user that the sign-in worked, and show the classes on the Home tab."""
        await self._sender.tell(Place(team, "", user), note("signed_in"))
        await self._home.show(team, user)
