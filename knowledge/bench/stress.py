"""Many clients at once do random things to one small university, and nothing may ever be wrong."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.bench.invariants import violations
from knowledge.bench.operations import RandomActs
from knowledge.bench.scratch import scratch
from knowledge.bench.world import World
from knowledge.storage.unit_of_work import UnitOfWork

_SPAWN = multiprocessing.get_context("spawn")
_TIGHT = World(courses=60, students=400, capacity=12, waitlist=6)
_LOOK_EVERY = 20.0  # seconds


@dataclass
class Outcome:
    """What was done and refused, and all that was found wrong; `looks` counts the checks."""

    database: str
    clients: int
    processes: int
    operations: int
    seconds: float = 0.0
    per_second: float = 0.0
    looks: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """As plain values; of many violations the first hundred."""
        return {**asdict(self), "violations": self.violations[:100], "wrong": len(self.violations)}


@dataclass(frozen=True)
class Stress:
    """So many operations by so many clients, spread over processes; one seed, one set of dice."""

    url: str
    operations: int
    clients: int = 16
    seed: int = 0
    processes: int = 4
    world: World = _TIGHT

    def run(self) -> Outcome:
        """Do it on a scratch database beside the one named."""
        kind = "sqlite" if self.url.startswith("sqlite") else "postgresql"
        outcome = Outcome(kind, self.clients, self.processes, self.operations)
        with scratch(self.url) as url:
            units = UnitOfWork.at(url)
            self.world.build(units)
            started = time.monotonic()
            with ProcessPoolExecutor(self.processes, _SPAWN) as pool:
                runs = [pool.submit(_crowd, self, url, n) for n in range(self.processes)]
                self._watch(units, runs, outcome)
            outcome.seconds = round(time.monotonic() - started, 1)
            outcome.per_second = round(self.operations / outcome.seconds, 1)
            self._collect(runs, outcome)
            outcome.violations += violations(units)
            outcome.looks += 1
            units.close()
        return outcome

    def _watch(self, units: UnitOfWork, runs: list[Future[Any]], outcome: Outcome) -> None:
        while wait(runs, timeout=_LOOK_EVERY).not_done:
            outcome.violations += violations(units)
            outcome.looks += 1

    def _collect(self, runs: list[Future[Any]], outcome: Outcome) -> None:
        told: Counter[str] = Counter()
        for run in runs:
            for answers, wrong in run.result():
                told += answers
                outcome.violations += wrong
        outcome.answers = dict(told.most_common())

    def share(self, client: int) -> int:
        """How many operations are this client's."""
        return self.operations // self.clients + (client < self.operations % self.clients)


def _crowd(stress: Stress, url: str, process: int) -> list[tuple[Counter[str], list[str]]]:
    """The clients of one process, a thread each."""
    units = UnitOfWork.at(url)
    mine = range(process, stress.clients, stress.processes)
    with ThreadPoolExecutor(len(mine)) as pool:
        done = list(pool.map(lambda client: _client(stress, units, client), mine))
    units.close()
    return done


def _client(stress: Stress, units: UnitOfWork, client: int) -> tuple[Counter[str], list[str]]:
    acts = RandomActs(units, stress.world, random.Random(f"{stress.seed}/{client}"))
    for _ in range(stress.share(client)):
        acts.one()
    return acts.told, acts.violations
