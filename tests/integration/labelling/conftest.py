"""The site with conversations to label, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conversed import Tracker
from labellers import SECRET, Person

from bot.identity import Gate
from bot.labelling.collecting import Collector
from bot.labelling.tracker import Conversations
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"QUAD_VAR": str(tmp_path / "var"), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET}
    )


@pytest.fixture
def tracker(settings: Settings) -> Tracker:
    return Tracker(settings.var / "conversations.db")


@pytest.fixture
def collector(units: UnitOfWork, tracker: Tracker) -> Collector:
    return Collector(units, Conversations(tracker.url), tracker.url)


@pytest.fixture
def person(
    settings: Settings, tracker: Tracker, units: UnitOfWork, serve: Callable[[Any], str]
) -> Iterator[Callable[..., Person]]:
    """Signs people in by name and role."""
    site = serve(create_app(settings, units))
    signed_in: list[Person] = []

    def sign_in(name: str, role: Role = Role.RATER) -> Person:
        token = Gate(SECRET).issue(Principal(name, role))
        signed_in.append(Person(site, token))
        return signed_in[-1]

    yield sign_in
    for each in signed_in:
        each.http.close()
