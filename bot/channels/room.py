"""A conversation's open tabs: what the bot says goes to all of them, under ids."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel
from socketio import AsyncServer

from bot.channels.ids import reply_id


class RoomOutput(OutputChannel):
    """Sends the replies to one message to every tab, and keeps them for resends."""

    @classmethod
    def name(cls) -> str:
        """The same name as the door's, so that both find each other."""
        return "web"

    def __init__(self, sio: AsyncServer, key: str) -> None:
        self._sio = sio
        self._key = key
        self.sent: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One bot message, whole: text, buttons, image and custom data together."""
        reply = {name: value for name, value in message.items() if value and name != "metadata"}
        reply["id"] = reply_id(self._key, len(self.sent))
        self.sent.append(reply)
        await self._sio.emit("bot_uttered", reply, room=recipient_id)
