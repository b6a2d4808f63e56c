"""Brings the tables of the doors to the current schema by their migrations."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from knowledge.storage.schema import alone

VERSIONS = "doors_version"  # the table that names the revision; the catalogue has its own
HEAD = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; returns at once when there are none."""
    if revision(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        alone(connection)  # Alembic looks again, so who comes second finds nothing to do
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(engine: Engine) -> str | None:
    """The revision of a database; None where there are no tables yet."""
    if not inspect(engine).has_table(VERSIONS):
        return None
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # noqa: S608
