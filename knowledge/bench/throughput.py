"""Enrollments a second, three ways: threads of one process, real HTTP, and many processes."""

from __future__ import annotations

import multiprocessing
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import uvicorn

from knowledge import tokens
from knowledge.bench.clients import Client, direct, over_http
from knowledge.bench.scratch import scratch
from knowledge.bench.world import TODAY, World
from knowledge.mocks.axess import create_axess
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

_SPAWN = multiprocessing.get_context("spawn")
_WORLD = World()
_WARM_UP = 6.0  # seconds: connections, prepared statements, the kept catalogue


@dataclass(frozen=True)
class Figure:
    """How many enrollments a second, what else was answered, and how it was asked."""

    way: str
    database: str
    clients: int
    seconds: float
    enrollments_per_second: float
    answers: dict[str, int]

    def data(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Bench:
    """One database URL (a scratch database is made beside it), clients and seconds a way."""

    url: str
    clients: int = 16
    seconds: float = 20.0
    world: World = _WORLD

    def threads(self) -> Figure:
        """The service in this process, a thread a client."""
        with self._filled() as url:
            units = UnitOfWork.at(url)
            told = self._together(lambda n, starts: self._ask(n, starts, direct(units)))
            units.close()
        return self._figure("service, threads of one process", told)

    def processes(self) -> Figure:
        """The service itself in as many processes as clients."""
        with (
            self._filled() as url,
            _SPAWN.Manager() as manager,
            ProcessPoolExecutor(self.clients, _SPAWN) as pool,
        ):
            ready = manager.Barrier(self.clients)
            runs = [pool.submit(_run, self, n, url, ready) for n in range(self.clients)]
            told = _sum(runs)
        return self._figure("service, a process a client", told)

    def http(self, workers: int) -> Figure:
        """Axess over HTTP with that many server processes; clients are threads of one process."""
        secret = secrets.token_urlsafe(32)
        signed = tokens.issue(Principal("bench", Role.SERVICE), secret, timedelta(hours=1))
        with self._filled() as url, _served(url, secret, workers) as port:
            told = self._together(lambda n, starts: self._ask(n, starts, over_http(port, signed)))
        return self._figure(f"HTTP, {workers} server process(es)", told)

    def _ask(self, number: int, starts: float, ask: Any) -> Counter[str]:
        return Client(self.world, number, self.clients).run(ask, starts, self.seconds)

    def _together(self, run: Callable[[int, float], Counter[str]]) -> Counter[str]:
        starts = time.time() + _WARM_UP
        with ThreadPoolExecutor(self.clients) as pool:
            return _sum([pool.submit(run, n, starts) for n in range(self.clients)])

    @contextmanager
    def _filled(self) -> Iterator[str]:
        with scratch(self.url) as url:
            units = UnitOfWork.at(url)
            self.world.build(units)
            units.close()
            yield url

    def _figure(self, way: str, told: Counter[str]) -> Figure:
        rate = round(told["enrolled"] / self.seconds, 1)
        kind = "sqlite" if self.url.startswith("sqlite") else "postgresql"
        return Figure(way, kind, self.clients, self.seconds, rate, dict(told.most_common()))


def _sum(runs: list[Future[Counter[str]]]) -> Counter[str]:
    return sum((run.result() for run in runs), Counter())


def _run(bench: Bench, number: int, url: str, ready: Any) -> Counter[str]:
    """One process: know the catalogue, wait until the others do, then ask."""
    units = UnitOfWork.at(url)
    with units.read() as work:
        for class_id in bench.world.lectures:
            work.catalogue.course_of(work.catalogue.listed(class_id))
            work.catalogue.children(class_id)
    ready.wait()
    client = Client(bench.world, number, bench.clients)
    told = client.run(direct(units), time.time() + 1, bench.seconds)
    units.close()
    return told


@contextmanager
def _served(url: str, secret: str, workers: int) -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        port: int = listening.getsockname()[1]
        arguments = (listening, url, secret)
        servers = [_SPAWN.Process(target=_serve, args=arguments) for _ in range(workers)]
        for server in servers:
            server.start()
        yield port
        for server in servers:
            server.terminate()
            server.join(10)


def _serve(listening: socket.socket, url: str, secret: str) -> None:
    """One server process on the shared socket."""
    app = create_axess(
        UnitOfWork.at(url), lambda token: tokens.verify(token, secret), lambda: TODAY
    )
    config = uvicorn.Config(app, log_level="error", ws="none", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])
