"""The Slack door in a real Sanic server, with a small agent and the stand-in of Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from fake_slack import FakeSlack
from slack_world import World, running


@pytest.fixture
def slack(serve: Callable[[Any], str]) -> FakeSlack:
    fake = FakeSlack()
    fake.address = serve(fake.app)
    return fake


@pytest.fixture
async def world(tmp_path: Path, slack: FakeSlack) -> AsyncIterator[World]:
    async with running(tmp_path, slack) as started:
        yield started
