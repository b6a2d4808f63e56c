"""Slack's Web API, one client a workspace: Retry-After is waited for, and order is kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.errors import Undeliverable
from bot.channels.slack.workspaces import Workspaces

TIMEOUT_SECONDS = 15
_RATE_LIMIT_TRIES = 5
_MOST_QUEUES = 2_000
# Slack's words for an address or a token that is gone; trying again would change nothing.
_GONE = frozenset(
    "account_inactive app_missing channel_is_archived channel_not_found invalid_auth is_archived"
    " not_authed not_in_channel org_login_required team_access_not_granted token_expired"
    " token_revoked user_disabled user_not_found user_not_in_channel view_not_found"
    " expired_trigger_id trigger_expired cannot_dm_bot messages_tab_disabled missing_scope".split()
)

_READ = frozenset({"users.info"})


def bare(api_url: str) -> AsyncWebClient:
    """A client without a token, patient with Slack's limits."""
    return AsyncWebClient(
        base_url=api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[
            AsyncConnectionErrorRetryHandler(max_retry_count=2),
            AsyncRateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_TRIES),
            AsyncServerErrorRetryHandler(max_retry_count=2),
        ],
    )


class Clients:
    """Calls methods with the workspace's own token."""

    def __init__(self, client: AsyncWebClient, workspaces: Workspaces) -> None:
        self._client = client
        self._workspaces = workspaces
        self._queues: OrderedDict[tuple[str, str], asyncio.Lock] = OrderedDict()

    async def call(self, team: str, method: str, **arguments: Any) -> dict[str, Any]:
        """What the method answers; raise Undeliverable, or SlackApiError that may pass."""
        workspace = await self._workspaces.of(team)
        headers = {"Authorization": f"Bearer {workspace.token}"}
        try:
            # Slack takes JSON for what changes something, and no JSON for what is only read.
            if method in _READ:
                answer = await self._client.api_call(method, headers=headers, params=arguments)
            else:
                answer = await self._client.api_call(method, headers=headers, json=arguments)
        except SlackApiError as error:
            reason = str(error.response.get("error") or "")
            if reason in _GONE:
                self._workspaces.forget(team)
                raise Undeliverable(reason) from None
            raise
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def upload(self, team: str, **arguments: Any) -> None:
        """Put a file into a channel (files.getUploadURLExternal and what follows)."""
        workspace = await self._workspaces.of(team)
        client = AsyncWebClient(
            token=workspace.token,
            base_url=self._client.base_url,
            timeout=TIMEOUT_SECONDS,
            retry_handlers=self._client.retry_handlers,
        )
        try:
            await client.files_upload_v2(**arguments)
        except SlackApiError as error:
            reason = str(error.response.get("error") or "")
            if reason in _GONE:
                raise Undeliverable(reason) from None
            raise

    @asynccontextmanager
    async def in_turn(self, team: str, channel: str) -> AsyncIterator[None]:
        """What is sent to one channel goes one by one, also while Slack has us wait."""
        queue = self._queues.setdefault((team, channel), asyncio.Lock())
        self._queues.move_to_end((team, channel))
        async with queue:
            yield
        for key in list(self._queues)[: max(0, len(self._queues) - _MOST_QUEUES)]:
            if not self._queues[key].locked():
                del self._queues[key]
