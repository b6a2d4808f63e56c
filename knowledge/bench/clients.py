"""Clients that enroll random students as fast as they are answered.

Every one has students of its own, as every student has a device of their own; sections are shared.
"""

from __future__ import annotations

import http.client
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.bench.world import TODAY, World
from knowledge.mocks.idempotency import KeyedRequest, answer_once
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work

Ask = Callable[[str, int, int | None, str], tuple[int, str]]
ENROLLED = 201


@dataclass(frozen=True)
class Client:
    """One of `of` clients of a world."""

    world: World
    number: int
    of: int

    def run(self, ask: Ask, starts: float, seconds: float) -> Counter[str]:
        """Ask until the time is up; how many answers of each kind, and "slowest" in microseconds.

        Nothing before `starts` (by the wall clock) is counted: caches and connections warm up.
        """
        chance = random.Random(self.number)
        mine = self.world.suids[self.number :: self.of]
        lectures, labs = self.world.lectures, self.world.labs
        told: Counter[str] = Counter()
        while (now := time.time()) < starts + seconds:
            suid, class_id = chance.choice(mine), chance.choice(lectures)
            linked = chance.choice(labs[class_id]) if class_id in labs else None
            status, problem = ask(suid, class_id, linked, f"{chance.getrandbits(128):032x}")
            if now >= starts:
                told["enrolled" if status == ENROLLED else problem or str(status)] += 1
        return told


def direct(units: UnitOfWork) -> Ask:
    """Asks the service itself: the transaction with its kept answer, without HTTP."""

    def ask(suid: str, class_id: int, linked: int | None, key: str) -> tuple[int, str]:
        def act(work: Work) -> StoredAnswer:
            wish = Wish(linked=linked)
            done = Registrar(work, TODAY, f"student:{suid}").enroll(suid, class_id, wish)
            return StoredAnswer(ENROLLED, {"class_id": class_id, "code": str(done)})

        keyed = KeyedRequest(suid, key, "POST", {"class_id": class_id, "linked": linked})
        answer = answer_once(units, keyed, act)
        return answer.status, str(answer.body.get("type", "")).rpartition("/")[2]

    return ask


def over_http(port: int, token: str) -> Ask:
    """Asks a real server over one kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(suid: str, class_id: int, linked: int | None, key: str) -> tuple[int, str]:
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        body = json.dumps({"class_id": class_id, "linked_class_id": linked})
        connection.request("POST", f"/students/{suid}/enrollments", body, headers)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        return answer.status, str(told.get("type", "")).rpartition("/")[2]

    return ask
