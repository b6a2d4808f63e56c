"""A world for simulated students, on a database of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.policy.simulator.world.world import opened

ROOT = Path(__file__).parents[4]


@pytest.fixture
async def world(tmp_path: Path):
    async with opened(tmp_path / "world", ROOT / "var" / "encoders") as each:
        yield each
