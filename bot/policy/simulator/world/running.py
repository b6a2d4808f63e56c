"""The whole of Quad, started on free ports and a database of its own for simulated students."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx

from bot.identity import Gate
from bot.policy.simulator.world.campus import TODAY, Campus
from bot.policy.simulator.world.episode import Talk
from bot.policy.simulator.world.texting import TextConversation
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

_PORTS = ("SITE", "BOT", "ACTIONS", "SKILLS")
_START_SECONDS = 120


class DidNotStart(RuntimeError):
    """Quad ended, or was not ready in time; its log is named."""


@dataclass(frozen=True)
class RunningQuad:
    """Where it listens, and its campus."""

    site: str
    bot: str
    gate: Gate
    campus: Campus
    http: httpx.AsyncClient

    def talk(self) -> Callable[[str], Talk]:
        """A conversation for each student, through the REST door with the student's own token."""
        return lambda suid: TextConversation(
            self.http, self.bot, self.gate.issue(Principal(suid, Role.STUDENT)), f"sim-{suid}"
        )


@asynccontextmanager
async def running(
    folder: Path, encoders: Path, today: date = TODAY, **variables: str
) -> AsyncIterator[RunningQuad]:
    """Quad in `folder`, until the block ends; `variables`: more of its environment."""
    _prepare(folder, encoders)
    ports = {name: _free_port() for name in _PORTS}
    secret = secrets.token_hex(32)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("QUAD_")},
        **{f"QUAD_{name}_PORT": str(port) for name, port in ports.items()},
        "QUAD_VAR": str(folder),
        "QUAD_TODAY": today.isoformat(),
        "QUAD_SECRET": secret,
        **variables,
    }
    process = _start(environment, folder / "quad.log")
    try:
        site, bot = (f"http://127.0.0.1:{ports[name]}" for name in ("SITE", "BOT"))
        async with httpx.AsyncClient() as http:
            await _until_ready(http, site, process, folder / "quad.log")
            campus = Campus(UnitOfWork.at(f"sqlite:///{folder / 'quad.db'}"), today)
            yield RunningQuad(site, bot, Gate(secret), campus, http)
            campus.units.close()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _prepare(folder: Path, encoders: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "encoders").exists():
        (folder / "encoders").symlink_to(encoders.resolve())


def _start(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("w") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.supervise"],
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_ready(
    http: httpx.AsyncClient, site: str, process: subprocess.Popen[bytes], log: Path
) -> None:
    for _ in range(_START_SECONDS * 10):
        if process.poll() is not None:
            raise DidNotStart(f"Quad ended; see {log}")
        try:
            if (await http.get(f"{site}/health")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise DidNotStart(f"Quad was not ready in {_START_SECONDS} s; see {log}")
