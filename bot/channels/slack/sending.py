"""Puts the bot's replies into Slack: in the thread, in the direct message, or for one's eyes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.channels.errors import Undeliverable
from bot.channels.slack.blocks import SlackMessage, messages, uploads
from bot.channels.slack.clients import Clients
from bot.channels.slack.pictures import Pictures
from bot.channels.slack.places import Place, with_thread

logger = logging.getLogger(__name__)
_PATIENCE = aiohttp.ClientTimeout(total=10)
_SLACKS_OWN = ("slack.com", "slack-gov.com")


class Sender:
    """Sends; raises Undeliverable where nobody can be told."""

    def __init__(self, clients: Clients, pictures: Pictures, api_url: str) -> None:
        self._clients = clients
        self._pictures = pictures
        self._api_host = urlsplit(api_url).netloc

    async def reply(self, place: Place, reply: Mapping[str, Any]) -> None:
        """One reply of the bot, as all the messages and files that it needs."""
        files = uploads(reply)
        async with self._clients.in_turn(place.team, place.channel or place.user):
            if reply.get("text") or reply.get("custom") or reply.get("buttons") or not files:
                for shown in messages(reply):
                    await self._post(place, shown)
            for each in files:
                await self._upload(place, each.address, each.title)

    async def tell(self, place: Place, shown: SlackMessage) -> None:
        """One message of the door itself."""
        async with self._clients.in_turn(place.team, place.channel or place.user):
            await self._post(place, shown)

    async def replace(self, place: Place, message_ts: str, shown: SlackMessage) -> None:
        """The clicked message as it is after the click; one that is gone stays gone."""
        arguments = shown.arguments()
        if place.private and place.response_url:
            await self._respond(place.response_url, {**arguments, "replace_original": True})
            return
        if not place.channel:
            return
        try:
            await self._clients.call(
                place.team, "chat.update", channel=place.channel, ts=message_ts, **arguments
            )
        except (Undeliverable, SlackApiError) as error:
            logger.info("slack: a clicked message stays as it was (%s)", type(error).__name__)

    async def _post(self, place: Place, shown: SlackMessage) -> None:
        arguments = shown.arguments()
        if place.private and place.thread:
            arguments["blocks"] = with_thread(shown.blocks, place.thread)
        if place.private and place.response_url and await self._aside(place, arguments):
            return
        to = {"channel": place.channel or place.user}
        if place.thread and not place.direct:
            to["thread_ts"] = place.thread
        if not place.private or place.direct:
            await self._clients.call(place.team, "chat.postMessage", **to, **arguments)
            return
        try:
            await self._clients.call(
                place.team, "chat.postEphemeral", user=place.user, **to, **arguments
            )
        except Undeliverable:
            # Quad is not in that channel: the direct message is as private.
            await self._clients.call(
                place.team, "chat.postMessage", channel=place.user, **arguments
            )

    async def _aside(self, place: Place, arguments: dict[str, Any]) -> bool:
        """Answer a command where it was typed; False when that address is used up."""
        aside = {**arguments, "response_type": "ephemeral", "replace_original": False}
        return await self._respond(place.response_url or "", aside)

    async def _respond(self, url: str, body: dict[str, Any]) -> bool:
        host = urlsplit(url).netloc
        if host != self._api_host and not host.endswith(tuple(f".{own}" for own in _SLACKS_OWN)):
            return False
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as http,
                http.post(url, json=body, allow_redirects=False) as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _upload(self, place: Place, address: str, title: str) -> None:
        content = await self._pictures.fetch(address)
        if content is None:
            logger.warning("slack: a picture could not be read")
            return
        channel, thread = place.channel, place.thread
        if place.private or not channel:  # a file cannot be for one's eyes in a channel
            opened = await self._clients.call(place.team, "conversations.open", users=place.user)
            channel, thread = opened["channel"]["id"], None
        await self._clients.upload(
            place.team,
            content=content,
            filename=_file_name(address, content),
            title=title,
            channel=channel,
            **({"thread_ts": thread} if thread and not place.direct else {}),
        )


def _file_name(address: str, content: bytes) -> str:
    """The last part of the address, with an ending by which Slack knows a picture."""
    name = address.rpartition("/")[2].partition("?")[0] or "picture"
    if "." in name:
        return name
    return f"{name}.gif" if content.startswith(b"GIF8") else f"{name}.png"
