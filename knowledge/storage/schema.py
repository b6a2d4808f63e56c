"""Brings a database to the current schema by its migrations."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

_MIGRATIONS = Path(__file__).parent / "migrations"
_PREPARING = 230_230  # the advisory lock of whoever migrates or fills a database
HEAD = "0003"


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; returns at once when there are none."""
    if _revision(engine) == HEAD:
        return  # the usual start: no need to load Alembic
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        alone(connection)  # Alembic looks again, so who comes second finds nothing to do
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alone(connection: Connection) -> None:
    """Wait until no other process prepares the database; held until the transaction's end.

    A writing transaction on SQLite is alone as it is.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_PREPARING})"))


def align_numbers(connection: Connection) -> None:
    """Let PostgreSQL number new courses after those that were inserted with a number."""
    if connection.dialect.name == "postgresql":
        last = "(SELECT coalesce(max(id), 0) + 1 FROM courses)"
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('courses', 'id'), {last}, false)")
        )


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
