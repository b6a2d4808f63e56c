"""Messages that came too late for their request and wait for the conversation's next one."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

_MOST = 1_000


class Outbox:
    """By conversation; the oldest conversations are forgotten first."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, list[dict[str, Any]]] = OrderedDict()

    def put(self, conversation: str, message: dict[str, Any]) -> None:
        """Keep a message for a door that cannot push."""
        self._waiting.setdefault(conversation, []).append(message)
        while len(self._waiting) > _MOST:
            self._waiting.popitem(last=False)

    def take(self, conversation: str) -> list[dict[str, Any]]:
        """What waits for this conversation; it is handed out once."""
        return self._waiting.pop(conversation, [])
