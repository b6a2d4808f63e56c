"""The world of a simulated student: the real catalogue and registrar, without a network between.

The services' own apps are called in process (ASGI), on a sample database of their own, so that
rules, refusals and search are those of the running product.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx
from fastapi import FastAPI

from actions.context import Services
from actions.wiring import make_services
from bot.identity import Gate
from bot.policy.simulator.world.campus import TODAY, Campus
from bot.policy.simulator.world.memory import RememberingCatalogue
from bot.storage.database import DoorDatabase
from bot.web import notes
from knowledge.catalogue.meanings import Meanings
from knowledge.mocks import problems
from knowledge.mocks.axess import create_axess
from knowledge.mocks.axess_plan import add_planning
from knowledge.mocks.explorecourses import create_explorecourses
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

_SITE = "http://world"
_VECTORS_SECONDS = 120.0


@dataclass(frozen=True)
class World:
    """Students who come and go, and the services that the bot's actions call for them."""

    campus: Campus
    services: Services


@asynccontextmanager
async def opened(
    folder: Path, encoders: Path, today: date = TODAY, *, settled: bool = False
) -> AsyncIterator[World]:
    """A world in a folder of its own; `encoders`: where the packed sentence encoder lies.

    Search ranks by words alone until its vectors are there; `settled` waits for them (seconds), so
    that the same question has the same answer from the first to the last.
    """
    settings = _settings(folder, encoders, today)
    units = UnitOfWork.at(settings.database_url)
    prepare(units)
    meanings = Meanings.open(settings.var)
    transport = httpx.ASGITransport(app=_site(settings, units, meanings))
    async with httpx.AsyncClient(transport=transport) as http:
        if settled and meanings is not None:
            await http.get(f"{_SITE}/explorecourses/search", params={"view": "json", "q": "any"})
            await asyncio.to_thread(meanings.wait, _VECTORS_SECONDS)
        services = make_services(settings, http)
        remembering = RememberingCatalogue(services.catalogue.service)
        yield World(Campus(units, today), replace(services, catalogue=remembering))
        await services.questions.sent()
    units.close()


def _settings(folder: Path, encoders: Path, today: date) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "encoders").exists():
        (folder / "encoders").symlink_to(encoders.resolve())
    return Settings.from_env(
        {
            "QUAD_VAR": str(folder),
            "QUAD_TODAY": today.isoformat(),
            "QUAD_AXESS_URL": f"{_SITE}/axess",
            "QUAD_EXPLORECOURSES_URL": f"{_SITE}/explorecourses",
        }
    )


def _site(settings: Settings, units: UnitOfWork, meanings: Meanings | None) -> FastAPI:
    app = FastAPI()
    problems.install(app)
    gate = Gate(settings.secret)
    axess = create_axess(units, gate.verify, settings.clock)
    add_planning(axess, units, gate.verify, settings.clock, settings.secret)
    app.mount("/axess", axess)
    app.include_router(notes.router(gate, DoorDatabase(units)))
    app.mount("/explorecourses", create_explorecourses(units, meanings))
    return app
