"""The workspaces in which Quad is installed, with their tokens, encrypted."""

from __future__ import annotations

import logging
from logging import Logger
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from sqlalchemy import ColumnElement, delete

from bot.channels.slack.sealing import Sealing, Unopenable
from bot.channels.slack.threads import Threads
from bot.storage.database import DoorDatabase
from bot.storage.tables import SlackInstallRow, SlackLinkRow, SlackPlaceRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

logger = logging.getLogger(__name__)
_KEPT = (
    "app_id",
    "enterprise_id",
    "enterprise_name",
    "team_id",
    "team_name",
    "bot_token",
    "bot_id",
    "bot_user_id",
    "bot_scopes",
    "is_enterprise_install",
    "user_id",
)


class Installs(AsyncInstallationStore):
    """slack-bolt's store of installations on the doors' database: the bot's token alone is kept."""

    def __init__(self, database: DoorDatabase, sealing: Sealing, threads: Threads) -> None:
        self._database = database
        self._sealing = sealing
        self._threads = threads

    @property
    def logger(self) -> Logger:
        """Asked for by slack-bolt."""
        return logger

    async def async_save(self, installation: Installation) -> None:
        """A workspace installed Quad, perhaps again."""
        await self._threads.run(self._save, {key: getattr(installation, key) for key in _KEPT})

    async def async_save_bot(self, bot: Bot) -> None:
        """Nothing to do beside `async_save`: tokens are not rotated."""

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The bot of a workspace."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=is_enterprise_install,
        )
        return found.to_bot() if found is not None else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation in a workspace, or in the whole enterprise that it belongs to."""
        for team in dict.fromkeys((team_id or "", "")):
            if not team and not enterprise_id:
                continue
            kept = await self._threads.run(self._find, enterprise_id or "", team)
            if kept is not None:
                return Installation(**{"user_id": "", **kept})
        return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """The bot's token was revoked."""
        await self._threads.run(self._delete, enterprise_id or "", team_id or "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """A person's token was revoked: we keep none."""

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Quad was taken out of the workspace: all we know of it goes."""
        await self._threads.run(self._delete, enterprise_id or "", team_id or "", everything=True)

    def _save(self, values: dict[str, Any]) -> None:
        team = "" if values["is_enterprise_install"] else values["team_id"] or ""
        row = SlackInstallRow(
            enterprise_id=values["enterprise_id"] or "",
            team_id=team,
            user_id="",
            sealed=self._sealing.seal(values),
            installed_at=moments.now(),
        )
        self._database.units.transact(lambda work: work.session.merge(row))

    def _find(self, enterprise: str, team: str) -> dict[str, Any] | None:
        with self._database.units.read() as work:
            row = work.session.get(SlackInstallRow, (enterprise, team, ""))
            if row is None:
                return None
            try:
                opened: dict[str, Any] = self._sealing.open(row.sealed)
            except Unopenable:
                logger.warning("slack: an installation was sealed with another secret")
                return None
            return opened

    def _delete(self, enterprise: str, team: str, everything: bool = False) -> None:
        install: tuple[ColumnElement[bool], ...] = (
            SlackInstallRow.enterprise_id == enterprise,
            SlackInstallRow.team_id == team,
        )

        def act(work: Work) -> None:
            work.session.execute(delete(SlackInstallRow).where(*install))
            if everything:
                for table in (SlackLinkRow, SlackPlaceRow):
                    work.session.execute(delete(table).where(table.team_id == team))

        self._database.units.transact(act)
