"""The site with items to rate, and raters who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rated import items
from rating_raters import SECRET, Rater

from bot.evaluation.storage.store import RatingStore
from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def site(units: UnitOfWork, tmp_path: Path, serve: Callable[[Any], str]) -> str:
    settings = Settings.from_env({"QUAD_VAR": str(tmp_path / "var"), "QUAD_SECRET": SECRET})
    return serve(create_app(settings, units))


@pytest.fixture
def kept(units: UnitOfWork) -> RatingStore:
    """The site's store, with three items of four candidates."""
    store = RatingStore(units)
    store.add(items(3))
    return store


@pytest.fixture
def token() -> Callable[[str, Role], str]:
    return lambda name, role: Gate(SECRET).issue(Principal(name, role))


@pytest.fixture
def enter(site: str, token: Callable[[str, Role], str]) -> Iterator[Callable[..., Rater]]:
    """Sign a rater in."""
    entered: list[Rater] = []

    def sign_in(name: str, role: Role = Role.RATER) -> Rater:
        rater = Rater(site)
        entered.append(rater)
        signed = rater.http.post("/rate/sign-in", data={"token": token(name, role)})
        assert signed.status_code == 200
        return rater

    yield sign_in
    for rater in entered:
        rater.http.close()
