"""How notes reach a student: through the door used last, else into the web conversation."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sanic import Sanic

from bot.channels.errors import Undeliverable
from bot.channels.noted import has_message, record_note
from bot.identity import Gate
from knowledge.model.students import Principal, Role

logger = logging.getLogger(__name__)
Sender = Callable[[Mapping[str, Any], dict[str, Any]], Awaitable[None]]
WEB = "web"
_FOR_THE_DIALOGUE = "about"


class DoorTeller:
    """Speaks through `app.ctx.senders`, by door; each takes an address and a message.

    An address may name its `conversation`, whose record then holds the note as well.
    """

    def __init__(self, app: Sanic, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def tell(
        self, subject: str, door: str, address: Mapping[str, Any], note: Mapping[str, Any]
    ) -> bool:
        """Send once, and record; False when nobody is behind that address any more."""
        sender: Sender | None = self._app.ctx.senders.get(door)
        if sender is None:
            return False
        conversation = address.get("conversation") or (self._web(subject) if door == WEB else None)
        if conversation and await has_message(self._app.ctx.agent, conversation, note["id"]):
            return True  # told before a crash, or before the answer of a try got lost
        try:
            await sender(address, _shown(note))
        except Undeliverable as error:
            logger.info("notes: %s cannot be reached (%s)", door, error.reason)
            return False
        if conversation:
            await self._record(conversation, note)
        return True

    async def keep(self, subject: str, note: Mapping[str, Any]) -> None:
        """Into the web conversation, and to the tabs that show it or will."""
        sender: Sender | None = self._app.ctx.senders.get(WEB)
        conversation = self._web(subject)
        if sender is not None and not await has_message(
            self._app.ctx.agent, conversation, note["id"]
        ):
            await sender({"conversation": conversation}, _shown(note))
        await record_note(self._app.ctx.agent, conversation, _shown(note), note[_FOR_THE_DIALOGUE])

    async def _record(self, conversation: str, note: Mapping[str, Any]) -> None:
        """A door that has shown the note has told it: what fails after that is not told twice."""
        try:
            await record_note(
                self._app.ctx.agent, conversation, _shown(note), note[_FOR_THE_DIALOGUE]
            )
        except Exception:
            logger.exception("notes: a note was told, but not recorded")

    def _web(self, subject: str) -> str:
        return self._gate.conversation(Principal(subject, Role.STUDENT), WEB)


def _shown(note: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in note.items() if key != _FOR_THE_DIALOGUE}
