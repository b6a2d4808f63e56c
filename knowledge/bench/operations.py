"""Random acts of students and admins, some asked twice, and what must be true of each answer."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.bench.world import ADMIN, AFTER_DROP_DEADLINE, TODAY, World
from knowledge.errors import KeyReused, QuadError
from knowledge.mocks.idempotency import KeyedRequest, answer_once
from knowledge.model.courses import Grading
from knowledge.model.students import Decision
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work

Act = Callable[[Work], StoredAnswer]


@dataclass
class RandomActs:
    """One client's acts on a world, decided by its dice alone."""

    units: UnitOfWork
    world: World
    chance: random.Random
    told: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._suids, self._lectures, self._labs = (
            self.world.suids,
            self.world.lectures,
            self.world.labs,
        )
        self._numbers: list[tuple[str, int]] = []

    def one(self) -> None:
        """Do one thing; refusals are counted by kind, anything else that is raised goes up."""
        kinds = (self._enroll, self._drop, self._swap, self._resize, self._record, self._exception)
        (kind,) = self.chance.choices(kinds, (50, 22, 14, 6, 4, 4))
        try:
            kind()
        except QuadError as refusal:
            self.told[refusal.problem] += 1

    def _enroll(self) -> None:
        suid, class_id, wish = self._suid(), self._lecture(), self._wish()
        if wish.permission is not None and self._numbers:
            number, class_id = self._numbers.pop()
            wish = replace(wish, permission=number)
        wish = replace(wish, linked=self._lab(class_id))

        def act(work: Work) -> StoredAnswer:
            done = Registrar(work, TODAY, f"student:{suid}").enroll(suid, class_id, wish)
            return StoredAnswer(201, {"done": str(done)})

        self._ask(suid, f"POST enroll {class_id} {wish}", act)

    def _drop(self) -> None:
        suid, class_id = self._held()
        late = self.chance.random() < 0.1
        today = AFTER_DROP_DEADLINE if late else TODAY
        withdraw = late and self.chance.random() < 0.7

        def act(work: Work) -> StoredAnswer:
            done = Registrar(work, today, f"student:{suid}").drop(suid, class_id, withdraw)
            return StoredAnswer(200, {"done": str(done)})

        self._ask(suid, f"DELETE {class_id} {today} {withdraw}", act)

    def _swap(self) -> None:
        suid, old = self._held()
        new = self._lecture()
        wish = replace(self._wish(), linked=self._lab(new), permission=None, petition=False)

        def act(work: Work) -> StoredAnswer:
            done = Registrar(work, TODAY, f"student:{suid}").swap(suid, old, new, wish)
            return StoredAnswer(201, {"done": str(done)})

        self._ask(suid, f"POST swap {old} {new} {wish}", act)

    def _ask(self, suid: str, request: str, act: Act) -> None:
        """Ask under a key, and sometimes again: the answer must be the same, the effect one."""
        key = f"{self.chance.getrandbits(128):032x}"
        asked = KeyedRequest(suid, key, request, {})
        first = answer_once(self.units, asked, act)
        self.told["done" if first.status < 400 else first.body["type"].rpartition("/")[2]] += 1
        if self.chance.random() < 0.1:
            again = answer_once(self.units, asked, act)
            self._expect(again == first, f"{asked} was answered {first}, then {again}")
            self.told["asked twice"] += 1
        elif self.chance.random() < 0.02:
            try:
                answer_once(self.units, replace(asked, body={"other": True}), act)
                self._expect(False, f"{asked}: its key served another request")
            except KeyReused:
                self.told["key reused"] += 1

    def _resize(self) -> None:
        class_id = self._lecture()
        section = self._lab(class_id) or class_id if self.chance.random() < 0.3 else class_id
        seats = max(0, self.world.capacity + self.chance.randint(-3, 3))
        self._administer(lambda acting: acting.set_capacity(section, seats))

    def _record(self) -> None:
        suid, held = self._suid(), self.chance.random() < 0.3

        def act(work: Work) -> StoredAnswer:
            student = work.students.get(suid, lock=True)
            holds = ("Unpaid fee",) if held else ()
            Administration(work, TODAY, ADMIN).put_student(replace(student, holds=holds))
            return StoredAnswer(200, {})

        self._ask(suid, f"PUT {held}", act)

    def _exception(self) -> None:
        class_id = self._lecture()
        if self.chance.random() < 0.5:
            number = self._administer(lambda acting: acting.give_permission(class_id))
            self._numbers.append((number.number, class_id))
            return
        with self.units.read() as work:
            waiting = work.exceptions.petitions(pending_only=True)
        if waiting:
            one = self.chance.choice(waiting)
            verdict = Decision.APPROVED if one.petition_id % 3 else Decision.DENIED
            self._administer(lambda acting: acting.decide_petition(one.petition_id, verdict))

    def _administer(self, act: Callable[[Administration], Any]) -> Any:
        self.told["administered"] += 1
        return self.units.transact(lambda work: act(Administration(work, TODAY, ADMIN)))

    def _held(self) -> tuple[str, int]:
        """Something that a random student has, as far as anybody knows."""
        suid = self._suid()
        with self.units.read() as work:
            mine = work.students.enrollments(suid)
        return suid, self.chance.choice(mine).class_id if mine else self._lecture()

    def _wish(self) -> Wish:
        dice = self.chance.random
        return Wish(
            units=self.chance.choice((*[None] * 6, 3, 5, 5, 9)),
            grading=self.chance.choice((*[None] * 8, *Grading)),
            accept_waitlist=dice() < 0.7,
            permission="0" if dice() < 0.1 else None,
            petition=dice() < 0.3,
        )

    def _lab(self, class_id: int) -> int | None:
        labs = self._labs.get(class_id)
        return self.chance.choice(labs) if labs and self.chance.random() < 0.8 else None

    def _suid(self) -> str:
        return self.chance.choice(self._suids)

    def _lecture(self) -> int:
        return self.chance.choice(self._lectures)

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.violations.append(otherwise)
