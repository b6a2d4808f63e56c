"""Tables beside the catalogue's, in the same database, with migrations of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, inspect, text

from knowledge.storage.schema import alone
from knowledge.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Migrations:
    """One chain: where it lies, the table that names its revision, and its newest one."""

    folder: Path
    versions: str
    head: str

    def upgrade(self, engine: Engine) -> None:
        """Run the migrations that are missing; returns at once when there are none."""
        if self.revision(engine) == self.head:
            return
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(self.folder))
        with engine.execution_options(writing=True).begin() as connection:
            alone(connection)  # Alembic looks again, so who comes second finds nothing to do
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def revision(self, engine: Engine) -> str | None:
        """The revision of a database; None where there are no tables yet."""
        if not inspect(engine).has_table(self.versions):
            return None
        with engine.connect() as connection:
            query = text(f"SELECT version_num FROM {self.versions}")  # noqa: S608 - our own name
            return connection.execute(query).scalar()


class MigratedDatabase:
    """Opens transactions on tables that are made at the first use. Calls block."""

    def __init__(self, units: UnitOfWork, migrations: Migrations) -> None:
        self._units = units
        self._migrations = migrations
        self._ready = False
        self._making = Lock()

    @property
    def units(self) -> UnitOfWork:
        """The unit of work, once the tables are there."""
        with self._making:
            if not self._ready:
                self._migrations.upgrade(self._units.engine)
                self._ready = True
        return self._units
