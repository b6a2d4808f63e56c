"""Installing Quad into a workspace by OAuth v2: slack-bolt's flow on our own stores."""

from __future__ import annotations

import logging
from datetime import timedelta
from logging import Logger
from typing import Any

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.installs import Installs
from bot.channels.slack.threads import Threads
from bot.identity.one_time import OneTimeCodes
from knowledge.errors import NotSignedIn
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
PATH = "/webhooks/slack"
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
    "mpim:history",
    "users:read",
)
_LIFETIME = timedelta(minutes=10)
_PURPOSE = "slack-install"


class OneTimeStates(AsyncOAuthStateStore):
    """OAuth states: each opens once; slack-bolt binds them to the browser by a cookie."""

    def __init__(self, codes: OneTimeCodes, threads: Threads) -> None:
        self._codes = codes
        self._threads = threads

    @property
    def logger(self) -> Logger:
        """Asked for by slack-bolt."""
        return logger

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A new state."""
        return await self._threads.run(self._codes.issue, _PURPOSE, {}, _LIFETIME)

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued, lately, and is shown for the first time."""
        try:
            await self._threads.run(self._codes.redeem, _PURPOSE, state)
        except NotSignedIn:
            return False
        return True


def flow(
    settings: Settings, client: AsyncWebClient, installs: Installs, states: OneTimeStates
) -> AsyncOAuthFlow | None:
    """The flow, where SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set."""
    slack = settings.slack
    if slack.client_id is None or slack.client_secret is None:
        return None
    return AsyncOAuthFlow(
        client=client,
        logger=logger,
        settings=AsyncOAuthSettings(
            client_id=slack.client_id,
            client_secret=slack.client_secret,
            scopes=list(SCOPES),
            user_scopes=[],
            redirect_uri=f"{settings.bot_url}{PATH}/oauth_redirect",
            install_path=f"{PATH}/install",
            redirect_uri_path=f"{PATH}/oauth_redirect",
            installation_store=installs,
            installation_store_bot_only=True,
            state_store=states,
            state_expiration_seconds=int(_LIFETIME.total_seconds()),
        ),
    )
