"""A whole Quad on free ports with its own data; its parts can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.identity import Gate
from knowledge.model.students import Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0  # seconds until a process answers


class DidNotStart(RuntimeError):
    """A process did not become healthy in time; its log says why."""


@dataclass
class Quad:
    """Site, actions, skills and one or more bot processes on one database."""

    settings: Settings
    log: Path
    bots: list[str]
    environment: dict[str, str]
    numbers: int = 5_800_000
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @classmethod
    def start(cls, var: Path, replicas: int = 1, **overrides: str) -> Quad:
        """Start everything under `var`; raise DidNotStart."""
        encoders = var / "encoders"
        if not encoders.exists():
            encoders.symlink_to((Path("var") / "encoders").resolve())
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("QUAD_", "SLACK_"))}
        ports = {f"QUAD_{name}_PORT": str(free_port()) for name in ("SITE", "ACTIONS", "SKILLS")}
        bots = [free_port() for _ in range(replicas)]
        environment = {
            **kept,
            **ports,
            "QUAD_BOT_PORT": str(bots[0]),
            "QUAD_VAR": str(var),
            "QUAD_TODAY": "2018-11-15",
            "QUAD_SECRET": "a secret for drills alone, longer than thirty-two bytes",
            "PYTHONWARNINGS": "ignore",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            **overrides,
        }
        addresses = [f"http://127.0.0.1:{port}" for port in bots]
        quad = cls(Settings.from_env(environment), var / "quad.log", addresses, environment)
        try:
            quad.run("site", "bot.site")
            quad.wait(f"http://127.0.0.1:{quad.settings.site_port}/session")
            quad.run("actions", "actions")
            quad.run("skills", "bot.jobs")
            for number in range(replicas):
                quad.run_bot(number)
            quad.wait(f"http://127.0.0.1:{quad.settings.actions_port}/health")
        except BaseException:
            quad.stop()
            raise
        return quad

    @property
    def site(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.settings.site_port}"

    def run(self, name: str, module: str, **overrides: str) -> None:
        """Start a process under a name."""
        with self.log.open("ab") as out:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own modules
                [sys.executable, "-m", module],
                cwd=ROOT,
                env={**self.environment, **overrides},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def run_bot(self, number: int) -> None:
        """Start a replica (again) and wait until it answers."""
        port = self.bots[number].rpartition(":")[2]
        self.run(f"bot{number}", "bot.server", QUAD_BOT_PORT=port)
        self.wait(f"{self.bots[number]}/health")

    def end(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End a process: killed, or told to by SIGTERM."""
        process = self._running.pop(name)
        process.send_signal(how)
        process.wait(timeout=30)

    def stop(self) -> None:
        """End all that runs."""
        for name in list(self._running):
            self.end(name)

    def wait(self, url: str) -> None:
        """Until a process answers; raise DidNotStart."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                if httpx.get(url, timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise DidNotStart(f"{url}: see {self.log}")

    def add_student(self, units: UnitOfWork) -> tuple[str, str]:
        """A new student: the number, and a token."""
        self.numbers += 1
        suid = f"{self.numbers:08d}"
        with units.write() as work:
            student = Student(suid, f"Student {suid}", "Undeclared")
            Administration(work, self.settings.clock(), "drill").put_student(student)
        return suid, Gate(self.settings.secret).issue(Principal(suid, Role.STUDENT))


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
