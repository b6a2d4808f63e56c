"""Where Quad keeps things: the database, the conversations, and the files under var/."""

from __future__ import annotations

from dataclasses import dataclass

from bot.evaluation.storage.store import RatingStore
from bot.privacy.files import Files
from bot.privacy.transcripts import Transcripts
from bot.storage.database import DoorDatabase
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Stores:
    """Everything there is to look through; `doors` has the tables of all rooms."""

    doors: DoorDatabase
    transcripts: Transcripts
    files: Files
    secret: str

    @classmethod
    def of(cls, settings: Settings) -> Stores:
        """Those that these settings name, ready to be read."""
        units = UnitOfWork.at(settings.database_url)
        prepare(units)
        _ = RatingStore(units).units  # makes its tables
        transcripts = Transcripts(settings.tracker_url)
        return cls(DoorDatabase(units), transcripts, Files(settings.var), settings.secret)

    @property
    def units(self) -> UnitOfWork:
        """The database of registrar, labelling, ratings and doors."""
        return self.doors.units

    def close(self) -> None:
        """Give all connections back."""
        self.units.close()
        self.transcripts.close()
