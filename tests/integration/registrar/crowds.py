"""What the processes of the race tests do; importable by name, as spawned processes need."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.bench.world import ADMIN, TODAY
from knowledge.errors import QuadError
from knowledge.mocks.idempotency import KeyedRequest, answer_once
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True)
class Order:
    """One act: enroll (new), drop (old), swap (old, new) or resize (new, seats)."""

    suid: str
    new: int = 0
    old: int = 0
    seats: int = -1
    key: str = ""
    lab: int | None = None
    dies: bool = False  # killed between the writes and the commit

    def act(self, work: Work) -> StoredAnswer:
        """Do it in a transaction."""
        if self.seats >= 0:
            Administration(work, TODAY, ADMIN).set_capacity(self.new, self.seats)
            return StoredAnswer(200, {})
        registrar, wish = Registrar(work, TODAY, self.suid), Wish(None, None, True, self.lab)
        done: Any
        if self.old and self.new:
            done = registrar.swap(self.suid, self.old, self.new, wish)
        elif self.old:
            done = registrar.drop(self.suid, self.old)
        else:
            done = registrar.enroll(self.suid, self.new, wish)
        if self.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return StoredAnswer(200, {"done": str(done)})

    def ask(self, units: UnitOfWork) -> str:
        """The answer: "200", or the problem."""
        request = KeyedRequest(self.suid, self.key or None, f"{self.new} {self.old}", {})
        try:
            answer = answer_once(units, request, self.act)
        except QuadError as error:
            return error.problem
        return str(answer.body.get("type", answer.status)).rpartition("/")[2]


def work_off(url: str, orders: list[Order], start: Any, told: Any) -> None:
    """One process: wait for the others, then do everything in turn."""
    units = UnitOfWork.at(url)
    with units.read() as work:
        work.catalogue.calendar()
    start.wait(60)
    told.put([order.ask(units) for order in orders])
    units.close()


def in_threads(units: UnitOfWork, *orders: Order) -> list[str]:
    """All at the same moment, each in a thread of its own; the answers in the same order."""
    answers: dict[int, str] = {}
    gate = threading.Barrier(len(orders))

    def one(number: int, ask: Callable[[UnitOfWork], str]) -> None:
        gate.wait()
        answers[number] = ask(units)

    threads = [threading.Thread(target=one, args=(n, o.ask)) for n, o in enumerate(orders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [answers[number] for number in range(len(orders))]
