"""Brings a database to the current schema by its migrations."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

_MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0002"


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; returns at once when there are none."""
    if _revision(engine) == HEAD:
        return  # the usual start: no need to load Alembic
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
