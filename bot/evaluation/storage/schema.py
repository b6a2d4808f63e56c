"""The migrations of the evaluation's tables."""

from __future__ import annotations

from pathlib import Path

from bot.storage.migrating import Migrations

MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "evaluation_version", "0001")
