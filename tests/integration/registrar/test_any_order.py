"""Whatever is done in whatever order: seats, waitlists, units, hours and the log stay right.

The model is what the tables showed before each step: it tells which rows a step may touch, and that
a refusal touches none. What must hold in every state is checked after each step besides.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from worlds import TINY, Look, Worlds

from knowledge.bench.invariants import violations
from knowledge.bench.world import AFTER_DROP_DEADLINE, TODAY
from knowledge.errors import QuadError
from knowledge.model.courses import Grading
from knowledge.model.students import Decision
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.unit_of_work import UnitOfWork, Work

_TERM_OVER = date(2027, 7, 1)
_LABS = TINY.labs
_SUIDS, _LECTURES = st.sampled_from(TINY.suids), st.sampled_from(TINY.lectures)
_BUSY = st.sampled_from(TINY.lectures[:5])  # where seats run out
_DAYS = st.sampled_from([TODAY, TODAY, TODAY, AFTER_DROP_DEADLINE, _TERM_OVER])
_PLAIN = [n for at, n in enumerate(TINY.lectures) if n not in _LABS and (n % 10_000) // 10 % 5]
_WISHES = st.builds(
    Wish,
    units=st.sampled_from([None, None, None, 3, 5, 9]),
    grading=st.sampled_from([None, None, *Grading]),
    accept_waitlist=st.sampled_from([True, True, False]),
    petition=st.booleans(),
)
_numbers = itertools.count()


def _lab(lecture: int, which: int) -> int | None:
    """One of a lecture's labs, or none at all."""
    return dict(enumerate(_LABS.get(lecture, []))).get(which)


class AnyOrder(RuleBasedStateMachine):
    """One university; every step is one transaction."""

    worlds: Worlds
    folder: Path

    @initialize()
    def begin(self) -> None:
        self.opened = ExitStack()
        url = self.opened.enter_context(self.worlds.fresh(self.folder / str(next(_numbers))))
        self.units = UnitOfWork.at(url)
        self.permissions: list[tuple[str, int]] = []
        self.petitions: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "units"):
            self.units.close()
            self.opened.close()

    @rule(suid=_SUIDS, class_id=st.one_of(_BUSY, _LECTURES), wish=_WISHES, lab=st.integers(0, 2))
    def enroll(self, suid: str, class_id: int, wish: Wish, lab: int) -> None:
        wish = replace(wish, linked=_lab(class_id, lab))

        def act(work: Work) -> object:
            return Registrar(work, TODAY, "student").enroll(suid, class_id, wish)

        self.step(act, {(suid, class_id)}, {class_id})

    @rule(suid=_SUIDS, class_id=st.sampled_from(_PLAIN))
    def queue_up(self, suid: str, class_id: int) -> None:
        self.enroll(suid, class_id, Wish(accept_waitlist=True), 0)

    @rule(suid=_SUIDS, which=st.integers(0, 9))
    def enroll_by_permission(self, suid: str, which: int) -> None:
        if not self.permissions:
            return
        number, class_id = self.permissions[which % len(self.permissions)]
        self.enroll(suid, class_id, Wish(accept_waitlist=True, permission=number), 0)

    @rule(suid=_SUIDS, which=st.integers(0, 9), today=_DAYS, withdraw=st.booleans())
    def drop(self, suid: str, which: int, today: date, withdraw: bool) -> None:
        class_id = self.something(suid, which)

        def act(work: Work) -> object:
            return Registrar(work, today, "student").drop(suid, class_id, withdraw)

        self.step(act, {(suid, class_id)}, {class_id})

    @rule(suid=_SUIDS, which=st.integers(0, 9), new=_LECTURES, wish=_WISHES, lab=st.integers(0, 2))
    def swap(self, suid: str, which: int, new: int, wish: Wish, lab: int) -> None:
        old = self.something(suid, which)
        wish = replace(wish, linked=_lab(new, lab))

        def act(work: Work) -> object:
            return Registrar(work, TODAY, "student").swap(suid, old, new, wish)

        self.step(act, {(suid, old), (suid, new)}, {old, new})

    @rule(class_id=_BUSY, seats=st.integers(0, 6), lab=st.integers(0, 2))
    def resize(self, class_id: int, seats: int, lab: int) -> None:
        section = _lab(class_id, lab) or class_id
        self.administer(lambda acting: acting.set_capacity(section, seats), {class_id})

    @rule(suid=_SUIDS, held=st.booleans())
    def hold(self, suid: str, held: bool) -> None:
        def act(work: Work) -> object:
            student = work.students.get(suid, lock=True)
            changed = replace(student, holds=("Unpaid fee",) if held else ())
            return Administration(work, TODAY, "admin").put_student(changed)

        self.step(act, set(), set())

    @rule(class_id=_LECTURES)
    def give_permission(self, class_id: int) -> None:
        number = self.administer(lambda acting: acting.give_permission(class_id), set())
        self.permissions.append((number.number, class_id))

    @rule(verdict=st.sampled_from([Decision.APPROVED, Decision.DENIED]))
    def decide(self, verdict: Decision) -> None:
        with self.units.read() as work:
            waiting = [p.petition_id for p in work.exceptions.petitions(pending_only=True)]
        if waiting:
            self.administer(lambda acting: acting.decide_petition(waiting[0], verdict), set())

    def something(self, suid: str, which: int) -> int:
        mine = Look.at(self.units).of(suid)
        return mine[which % len(mine)] if mine else TINY.lectures[which]

    def administer(self, act: Callable[[Administration], object], moving: set[int]) -> object:
        return self.step(lambda work: act(Administration(work, TODAY, "admin")), set(), moving)

    def step(
        self, act: Callable[[Work], object], own: set[tuple[str, int]], moving: set[int]
    ) -> object:
        """Do it; `own` rows may change at will, and who waits in `moving` sections may move up."""
        before = Look.at(self.units)
        try:
            done = self.units.transact(act)
        except QuadError:
            assert Look.at(self.units) == before
            return None
        after = Look.at(self.units)
        self.only_promotions(before, after, own, moving)
        self.seats_and_lines(before, after)
        assert violations(self.units) == []
        return done

    @staticmethod
    def only_promotions(
        before: Look, after: Look, own: set[tuple[str, int]], moving: set[int]
    ) -> None:
        for key in (before.held.keys() | after.held.keys()) - own:
            was, now = before.held.get(key), after.held.get(key)
            if was != now:
                assert key[1] in moving
                assert (was and was[0], now and now[0]) == ("waitlisted", "enrolled")
        for class_id in moving.intersection(_PLAIN):  # who moved up stood before who did not
            stayed = after.lines.get(class_id, [])
            line = [s for s in before.lines.get(class_id, []) if (s, class_id) not in own]
            rest = [s for s in stayed if (s, class_id) not in own]
            assert line[len(line) - len(rest) :] == rest

    @staticmethod
    def seats_and_lines(before: Look, after: Look) -> None:
        for class_id, capacity in after.capacity.items():
            assert after.seated(class_id) <= max(capacity, before.seated(class_id))
        for class_id in _PLAIN:
            free = after.capacity[class_id] > after.seated(class_id)
            assert not (free and after.lines.get(class_id))


def test_any_order_of_acts_keeps_every_promise(worlds: Worlds, tmp_path: Path) -> None:
    machine = type("OnThisDatabase", (AnyOrder,), {"worlds": worlds, "folder": tmp_path})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )
