"""A bot where the NLU is not the point: it keeps turns as Rasa does, in Rasa's own stores.

Each message is an act on a ledger under the message's id, as an enrollment is at Axess: a turn
that broke off before it was stored acts under the same key again.
"""

# ruff: noqa: E402
from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from typing import Any

from bot.rasa_compat import install

install()
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered


class SmallAgent:
    """`answers`: text → (act, replies); other texts are searched for and echoed."""

    def __init__(self, slowness: float = 0.0, rng: random.Random | None = None) -> None:
        self.domain = Domain.empty()
        self.lock_store = InMemoryLockStore()
        self.tracker_store = InMemoryTrackerStore(self.domain)
        self.answers: dict[str, tuple[str, list[dict[str, Any]]]] = {}
        self.ledger: dict[str, list[str]] = defaultdict(list)  # conversation → texts, as acted on
        self.keys: dict[str, int] = defaultdict(int)  # idempotency key → times acted (at most 1)
        self.heard: list[UserMessage] = []
        self.failing = 0  # turns that break off
        self._slowness = slowness
        self._rng = rng or random.Random(0)

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: UserMessage) -> None:
        conversation = message.sender_id
        async with self.lock_store.lock(conversation):
            await self._turn(conversation, message)

    async def _turn(self, conversation: str, message: UserMessage) -> None:
        tracker = await self.tracker_store.get_or_create_tracker(conversation)
        await self._pause()
        self.heard.append(message)
        key = f"{conversation}:{message.message_id}"
        if not self.keys[key]:
            self.keys[key] += 1
            self.ledger[conversation].append(message.text)
        await self._pause()
        if self.failing:
            self.failing -= 1
            raise ConnectionError("the bot broke off")
        act, replies = self.answers.get(
            message.text, ("action_search", [{"text": f"heard: {message.text}"}])
        )
        parse = {"intent": {"name": "inform", "confidence": 1.0}, "entities": []}
        said = UserUttered(message.text, parse_data=parse, metadata=message.metadata)
        tracker.update(said, self.domain)
        tracker.update(ActionExecuted(act), self.domain)
        for reply in replies:
            data = {key: value for key, value in reply.items() if key != "text"}
            tracker.update(BotUttered(reply.get("text"), data), self.domain)
        tracker.update(ActionExecuted("action_listen"), self.domain)
        await self.tracker_store.save(tracker)

    async def _pause(self) -> None:
        if self._slowness:
            await asyncio.sleep(self._rng.uniform(0, self._slowness))
