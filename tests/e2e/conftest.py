"""The whole of Quad, started as `make run` starts it, on free ports and a database of its own.

With `--running` the tests speak to the Quad that `make run` has started instead, under the same
environment, and with students of their own.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest
from chromium import launched
from playwright.sync_api import Browser

from bot.identity import Gate
from knowledge.model.codes import CourseCode
from knowledge.model.students import Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

ROOT = Path(__file__).parents[2]
TODAY = date(2018, 11, 15)
_FIRST_SUID = 5_970_001


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Quad:
    """A running Quad and what tests need to speak to it."""

    site: str
    bot: str
    skills: str
    gate: Gate
    units: UnitOfWork
    log: Path
    conversations: Path  # Rasa's tracker store
    numbers: Iterator[int]  # of the students who are still to come

    @classmethod
    def running(cls) -> Quad:
        """The one that runs under this environment."""
        settings = Settings.from_env()
        site, bot, skills = (
            f"http://127.0.0.1:{port}"
            for port in (settings.site_port, settings.bot_port, settings.skills_port)
        )
        fresh = itertools.count(60_000_000 + int(time.time()) % 30_000_000)
        units = UnitOfWork.at(settings.database_url)
        store = settings.var / "conversations.db"
        return cls(site, bot, skills, Gate(settings.secret), units, Path(), store, fresh)

    def add_student(self, **record: object) -> str:
        """A new student of its own for each test."""
        suid = f"{next(self.numbers):08d}"
        completed = frozenset(CourseCode.parse(c) for c in record.pop("completed", ()))
        programme = str(record.pop("programme", "Undeclared"))
        student = Student(suid, f"Student {suid}", programme, completed, **record)
        with self.units.write() as work:
            Administration(work, TODAY, "test").put_student(student)
        return suid

    def token(self, suid: str, role: Role = Role.STUDENT) -> str:
        return self.gate.issue(Principal(suid, role))

    def say(
        self, message: object, suid: str | None = None, sender: str = "s", **metadata: str
    ) -> list[dict]:
        """One message through the REST door."""
        headers = {"Authorization": f"Bearer {self.token(suid)}"} if suid else {}
        body = {"sender": sender, "message": message, "metadata": metadata}
        url = f"{self.bot}/webhooks/rest/webhook"
        response = httpx.post(url, json=body, headers=headers, timeout=30)
        response.raise_for_status()
        return response.json()

    def text(self, message: str, suid: str | None = None, sender: str = "s") -> str:
        """All texts of the replies to a message."""
        return "\n".join(reply.get("text") or "" for reply in self.say(message, suid, sender))

    def enrollments(self, suid: str) -> list[dict]:
        """The student's record, as Axess tells it."""
        url = f"{self.site}/axess/students/{suid}/enrollments"
        headers = {"Authorization": f"Bearer {self.token(suid)}"}
        return httpx.get(url, headers=headers).raise_for_status().json()

    def leave_all(self, suid: str) -> None:
        """Give all of a student's seats back, so that one test never fills another's class."""
        headers = {"Authorization": f"Bearer {self.token(suid)}"}
        for held in self.enrollments(suid):
            url = f"{self.site}/axess/students/{suid}/enrollments/{held['class_id']}"
            httpx.delete(url, headers=headers)


@pytest.fixture(scope="session")
def quad(request: pytest.FixtureRequest) -> Quad:
    """One for all end-to-end tests."""
    if not request.config.getoption("--running"):
        started: Quad = request.getfixturevalue("started")
        return started
    running = Quad.running()
    try:
        httpx.get(f"{running.site}/health").raise_for_status()
    except httpx.HTTPError as error:
        pytest.exit(f"--running: no Quad is ready at {running.site} ({error})", 2)
    return running


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quad]:
    """Started for these tests, and stopped after them."""
    var = tmp_path_factory.mktemp("var")
    shutil.copytree(ROOT / "var" / "encoders", var / "encoders")
    ports = {name: free_port() for name in ("SITE", "BOT", "ACTIONS", "SKILLS")}
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("QUAD_")},
        **{f"QUAD_{name}_PORT": str(port) for name, port in ports.items()},
        "QUAD_VAR": str(var),
        "QUAD_TODAY": TODAY.isoformat(),
        "QUAD_SECRET": "a secret for the tests alone, longer than thirty-two bytes",
        "PYTHONWARNINGS": "ignore",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    log = var / "quad.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.supervise"],
            cwd=ROOT,
            env=env,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            site = f"http://127.0.0.1:{ports['SITE']}"
            _wait(site, process, log)
            yield Quad(
                site,
                f"http://127.0.0.1:{ports['BOT']}",
                f"http://127.0.0.1:{ports['SKILLS']}",
                Gate(env["QUAD_SECRET"]),
                UnitOfWork.at(f"sqlite:///{var / 'quad.db'}"),
                log,
                var / "conversations.db",
                itertools.count(_FIRST_SUID),
            )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _wait(site: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(1200):
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{site}/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")  # its event loop must end before other tests run theirs
def browser() -> Iterator[Browser]:
    """The system's Chromium, asking nothing of the network by itself."""
    with launched() as started:
        yield started
