"""The migrations of the doors' tables."""

from __future__ import annotations

from pathlib import Path

from bot.storage.migrating import Migrations

MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "doors_version", "0002")
