"""The site and a job server whose encoder knows faces by what is written in the photo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from check_in_rig import SECRET, Page, find
from fastapi import FastAPI
from serving import served

from bot.identity import Gate
from bot.site import create_app
from bot.storage.database import DoorDatabase
from knowledge.model.students import Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork
from skills.serving import server
from skills.serving.records import Records
from skills.serving.runner import Runner


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One job server for all of these tests: its worker takes a while to start."""
    var = tmp_path_factory.mktemp("check_in")
    with served(_job_server(var)) as url:
        yield Settings.from_env(
            {"QUAD_VAR": str(var), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET,
             "QUAD_SKILLS_PORT": url.rpartition(":")[2]}
        )  # fmt: skip


def _job_server(var: Path) -> FastAPI:
    (var / "uploads").mkdir()
    gate = Gate(SECRET)
    runner = Runner(var / "jobs", Records(var / "jobs.db"), find)
    return server.create_app(
        runner, var / "uploads", None, lambda shown: gate.admit(shown).role is Role.SERVICE
    )


@pytest.fixture
def site(settings: Settings, units: UnitOfWork, serve: Callable[[Any], str]) -> str:
    return serve(create_app(settings, units))


@pytest.fixture
def doors(units: UnitOfWork) -> DoorDatabase:
    return DoorDatabase(units)


@pytest.fixture
def robin(site: str) -> Iterator[Page]:
    page = Page(site, "05990001")
    yield page
    page.http.close()


@pytest.fixture
def sam(site: str) -> Iterator[Page]:
    page = Page(site, "05990002")
    yield page
    page.http.close()
