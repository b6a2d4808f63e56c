"""The site with a database of its own, and an admin who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests_admin import SECRET, TODAY, Clerk

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def site(units: UnitOfWork, tmp_path: Path, serve: Callable[[Any], str]) -> str:
    settings = Settings.from_env(
        {"QUAD_VAR": str(tmp_path / "var"), "QUAD_TODAY": TODAY.isoformat(), "QUAD_SECRET": SECRET}
    )
    return serve(create_app(settings, units))


@pytest.fixture
def token() -> Callable[[str, Role], str]:
    return lambda name, role: Gate(SECRET).issue(Principal(name, role))


@pytest.fixture
def clerk(site: str, token: Callable[[str, Role], str]) -> Iterator[Clerk]:
    clerk = Clerk(site)
    signed = clerk.http.post("/admin/sign-in", data={"token": token("ada", Role.ADMIN)})
    assert signed.status_code == 200
    yield clerk
    clerk.http.close()
