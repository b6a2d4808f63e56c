"""A conversation with the whole running bot, by text through its REST door."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

from bot.policy.simulator.values import Reply, Utterance
from bot.policy.simulator.world.conversing import Chosen

_PATIENCE_SECONDS = 30.0


@dataclass
class TextConversation:
    """What a student types and reads; which acts the bot chose stays hidden (`chosen` is empty)."""

    http: httpx.AsyncClient
    url: str
    token: str
    sender: str
    chosen: list[Chosen] = field(default_factory=list)
    noted: str = ""

    async def say(self, said: Utterance) -> list[Reply]:
        """Post one message; raise httpx.HTTPError when the door fails."""
        response = await self.http.post(
            f"{self.url}/webhooks/rest/webhook",
            json={"sender": self.sender, "message": said.text},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=_PATIENCE_SECONDS,
        )
        response.raise_for_status()
        return [
            Reply(each.get("text") or "", tuple(b["title"] for b in each.get("buttons") or ()))
            for each in response.json()
        ]
