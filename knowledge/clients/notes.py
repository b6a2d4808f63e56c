"""The client of the site's `/notes`: whether a student wants to be told things unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.clients.http import Service


@dataclass(frozen=True)
class NotesClient:
    """Asks and sets on behalf of one student at a time."""

    service: Service
    token: Callable[[], str]

    async def wanted(self, suid: str) -> bool:
        """Whether this student gets notes."""
        return await self._call("GET", suid)

    async def want(self, suid: str, wanted: bool) -> bool:
        """Turn them on or off; saying it twice changes nothing."""
        return await self._call("PUT", suid, json={"wanted": wanted})

    async def _call(self, method: str, suid: str, **more: Any) -> bool:
        answer: bool = await self.service.call(
            method,
            "/notes",
            params=[("subject", suid)],
            headers={"Authorization": f"Bearer {self.token()}"},
            read=lambda body: bool(body["wanted"]),
            **more,
        )
        return answer
