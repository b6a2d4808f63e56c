"""Which workspace a request comes from, and the token to answer it with."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.errors import Undeliverable
from bot.channels.slack.installs import Installs

_TRUSTED_SECONDS = 30.0  # an installation is looked up again after that: it may have gone


@dataclass(frozen=True)
class Workspace:
    """A workspace that we may speak in."""

    team: str
    token: str
    bot_user: str
    bot_id: str
    name: str = ""
    enterprise: str | None = None


class Workspaces(AsyncAuthorize):
    """Finds workspaces: the one of SLACK_BOT_TOKEN, or those that installed Quad by OAuth."""

    def __init__(self, installs: Installs, client: AsyncWebClient, bot_token: str | None) -> None:
        self._installs = installs
        self._client = client
        self._bot_token = bot_token
        self._only: Workspace | None = None  # the bot token's
        self._known: dict[str, tuple[float, Workspace]] = {}

    async def __call__(
        self, *, context: Any, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        """Called by slack-bolt for every request; None for a workspace that is not ours."""
        try:
            found = await self.of(team_id or "", enterprise_id)
        except Undeliverable:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user,
            bot_token=found.token,
        )

    async def of(self, team: str, enterprise: str | None = None) -> Workspace:
        """The workspace; raise Undeliverable where Quad is not installed (any more)."""
        seen, known = self._known.get(team, (0.0, None))
        if known is not None and time.monotonic() - seen < _TRUSTED_SECONDS:
            return known
        found = await self._find(team, enterprise)
        if found is None:
            self._known.pop(team, None)
            raise Undeliverable("not-installed")
        self._known[team] = (time.monotonic(), found)
        return found

    def forget(self, team: str) -> None:
        """Look it up again next time."""
        self._known.pop(team, None)

    async def _find(self, team: str, enterprise: str | None) -> Workspace | None:
        installed = await self._installs.async_find_installation(
            enterprise_id=enterprise, team_id=team
        )
        if installed is not None and installed.bot_token:
            return Workspace(
                team,
                installed.bot_token,
                installed.bot_user_id or "",
                installed.bot_id or "",
                installed.team_name or "",
                enterprise,
            )
        only = await self._of_bot_token()
        return only if only is not None and only.team == team else None

    async def _of_bot_token(self) -> Workspace | None:
        if self._bot_token is None or self._only is not None:
            return self._only
        try:
            told = await self._client.auth_test(token=self._bot_token)
        except SlackApiError:
            return None
        self._only = Workspace(
            told["team_id"],
            self._bot_token,
            told["user_id"],
            told.get("bot_id") or "",
            told.get("team") or "",
        )
        return self._only
