"""A Quad that has got to know two students."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept_people import (
    NAME,
    OTHER,
    OTHER_NAME,
    SECRET,
    TODAY,
    WHO,
    Kept,
    make_events,
    rate,
    record,
    talk,
    use_doors,
)

from bot.labelling.collecting import Collector
from bot.labelling.tracker import Conversations
from bot.privacy.stores import Stores
from knowledge.settings import Settings


@pytest.fixture
def kept(seeded_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    url = f"sqlite:///{tmp_path / 'quad.db'}"
    if getattr(request, "param", "sqlite") == "postgres":
        url = request.getfixturevalue("postgres_url")
    else:
        shutil.copy(seeded_file, tmp_path / "quad.db")
    environ = {"QUAD_VAR": str(tmp_path), "QUAD_SECRET": SECRET, "QUAD_DATABASE_URL": url}
    settings = Settings.from_env({**environ, "QUAD_TODAY": TODAY.isoformat()})
    stores = Stores.of(settings)
    found = Kept(settings, stores)
    make_events(settings)
    for suid, name in ((WHO, NAME), (OTHER, OTHER_NAME)):
        record(stores, suid, name)
        talk(found, suid, name)
        use_doors(found, suid, name)
    Collector(stores.units, Conversations(settings.tracker_url), "test").collect()
    rate(found)
    yield found
    stores.close()
