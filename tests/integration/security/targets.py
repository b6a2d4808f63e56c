"""The site as attackers see it, and as its people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from crawling import SAMPLES, Found, routes
from fastapi import FastAPI
from serving import served

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


@dataclass
class Target:
    """The site as attackers see it, and as its people do."""

    app: FastAPI
    url: str
    units: UnitOfWork
    settings: Settings

    @cached_property
    def gate(self) -> Gate:
        return Gate(SECRET)

    @cached_property
    def samples(self) -> dict[str, str]:
        """Numbers of things that exist."""
        with self.units.read() as work:
            course = work.catalogue.course("CS106A").course_id
            section = work.catalogue.sections(course)[0]
        page = self.people.get("/admin/terms").text
        term = page.split('href="/admin/terms/')[1].split('"')[0]
        numbers = {"course_id": course, "class_id": section.class_id, "term_id": term}
        return {**SAMPLES, **{name: str(value) for name, value in numbers.items()}}

    @cached_property
    def routes(self) -> list[Found]:
        return list(routes(self.app))

    @cached_property
    def stranger(self) -> httpx.Client:
        """Somebody without any session."""
        return httpx.Client(base_url=self.url, timeout=30)

    @cached_property
    def people(self) -> httpx.Client:
        """An admin's browser, signed in to every area of ours."""
        client = httpx.Client(base_url=self.url, timeout=30)
        token = self.gate.issue(Principal("ada", Role.ADMIN))
        for area in ("admin", "label", "rate"):
            client.post(f"/{area}/sign-in", data={"token": token})
        return client

    @cached_property
    def student(self) -> httpx.Client:
        """A student's browser, signed in with the university."""
        token = self.gate.issue(Principal(SAMPLES["suid"], Role.STUDENT))
        return httpx.Client(base_url=self.url, timeout=30, cookies={"quad": token})

    def get(self, found: Found, **options: Any) -> httpx.Response:
        """A page as its own people see it."""
        return self.people.get(found.at(self.samples), **options)


@contextmanager
def attacked(folder: Path, prepare: Callable[[UnitOfWork], None] | None = None) -> Iterator[Target]:
    """A site on the database of that folder."""
    settings = Settings.from_env(
        {"QUAD_VAR": str(folder), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET}
    )
    units = UnitOfWork.at(settings.database_url)
    if prepare is not None:
        prepare(units)
    app = create_app(settings, units)
    with served(app, log_level="critical", server_header=False) as url:
        found = Target(app, url, units, settings)
        yield found
        found.stranger.close()
        found.people.close()
        found.student.close()
    units.close()
