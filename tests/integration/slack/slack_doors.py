"""Doors of two processes on one database, of which one may crash."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path

from fake_slack import FakeSlack
from slack_agent import SmallAgent
from slack_world import settings_at  # before all that imports Rasa

from bot.channels.slack.wiring import Parts, make
from bot.storage.database import DoorDatabase
from knowledge.settings import SlackSettings
from knowledge.storage.unit_of_work import UnitOfWork

_LEASE = timedelta(milliseconds=600)
_PAUSE = timedelta(milliseconds=30)


@cache
def _prepared() -> Path:
    """A database with the doors' tables, made once."""
    path = Path(tempfile.mkdtemp()) / "doors.db"
    units = UnitOfWork.at(f"sqlite:///{path}")
    assert DoorDatabase(units).units is units
    with units.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    units.close()
    return path


class Doors:
    """Two processes' doors on one database; a crash takes one and leaves its letters claimed."""

    def __init__(self, folder: Path, slack: FakeSlack, agent: SmallAgent) -> None:
        credentials = SlackSettings(bot_token="xoxb-one", api_url=f"{slack.address}/api/")
        self._settings = settings_at(folder, credentials)
        shutil.copy(_prepared(), folder / "doors.db")
        self._units = UnitOfWork.at(self._settings.database_url)
        self._database = DoorDatabase(self._units)
        self._agent = agent
        self.doors: list[Parts] = []

    def open(self) -> Parts:
        parts = make(
            self._settings,
            self._database,
            lambda: self._agent,
            self._agent.handle_message,
            _LEASE,
            _PAUSE,
        )
        parts.worker.start()
        return parts

    async def crash(self, number: int) -> None:
        dying, self.doors[number] = self.doors[number], self.open()
        await dying.close()

    async def close(self) -> None:
        for parts in self.doors:
            await parts.close()
        self._units.close()
