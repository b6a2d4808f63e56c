"""What the tests of the job server share: one that runs, with test skills beside the real ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import serving_skills

from skills.registry import CARDS
from skills.serving.events import JobEvent
from skills.serving.records import Records
from skills.serving.runner import Runner
from skills.serving.server import create_app

SERVICE = {"Authorization": "Bearer service"}


class Server:
    """A job server on a folder; another one on the same folder is the same after a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.told = folder, []
        self.uploads = folder / "uploads"
        self.uploads.mkdir(exist_ok=True)
        self.records = Records(folder / "jobs.db")
        cards = {**CARDS, **serving_skills.CARDS}
        self.runner = Runner(folder / "jobs", self.records, serving_skills.find, cards)
        self.app = create_app(self.runner, self.uploads, self._notify, self._is_service)
        self.http: httpx.Client

    def start(self, serve: Callable[[Any], str]) -> Server:
        self.http = httpx.Client(base_url=serve(self.app), timeout=40)
        return self

    async def _notify(self, event: JobEvent) -> None:
        self.told.append(event)

    def _is_service(self, authorization: str | None) -> bool:
        return authorization == SERVICE["Authorization"]

    def upload(self, content: bytes, name: str = "a" * 32) -> str:
        (self.uploads / name).write_bytes(content)
        return name

    def begin(self, skill: str, conversation: str = "", **more: Any) -> httpx.Response:
        headers = SERVICE if conversation else {}
        body = {"skill": skill, "conversation": conversation, **more}
        return self.http.post("/jobs", json=body, headers=headers)

    def ended(self, job_id: str) -> dict[str, Any]:
        return self.http.get(f"/jobs/{job_id}", params={"wait": 30}).json()

    def finish(self, skill: str, **more: Any) -> dict[str, Any]:
        started = self.begin(skill, **more)
        assert started.status_code == 202, started.text
        return self.ended(started.json()["id"])

    def until(self, job_id: str, state: str) -> dict[str, Any]:
        until = time.monotonic() + 20
        while (job := self.http.get(f"/jobs/{job_id}").json())["state"] != state:
            assert time.monotonic() < until, job
            time.sleep(0.02)
        return job

    def until_told(self, state: str) -> JobEvent:
        until = time.monotonic() + 20
        while not (found := [event for event in self.told if event.state == state]):
            assert time.monotonic() < until
            time.sleep(0.02)
        return found[0]
