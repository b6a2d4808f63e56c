"""Random enrollments, drops, swaps and capacity changes keep every promise of the registrar."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from small_registrar import ALG, ALG_EVENING, BIO, DRA, PLACES, SEATS, SmallRegistrar

from knowledge.errors import QuadError

SUIDS = tuple(f"0555000{number}" for number in range(9))
SECTIONS = (ALG, ALG_EVENING, BIO, DRA)
Act = Callable[[SmallRegistrar, random.Random], None]
Held = dict[str, dict[int, str]]


def _enroll(small: SmallRegistrar, chance: random.Random) -> None:
    suid, class_id = chance.choice(SUIDS), chance.choice(SECTIONS)
    before, wait = small.section(class_id), chance.random() < 0.8
    small.enroll(suid, class_id, accept_waitlist=wait)
    assert small.section(class_id).enrolled <= max(before.capacity, before.enrolled)
    assert wait or small.held(suid)[class_id] == "enrolled"


def _drop(small: SmallRegistrar, chance: random.Random) -> None:
    suid, class_id = _something_held(small, chance)
    small.drop(suid, class_id)
    assert class_id not in small.held(suid)


def _swap(small: SmallRegistrar, chance: random.Random) -> None:
    suid, old = _something_held(small, chance)
    new = chance.choice(SECTIONS)
    small.swap(suid, old, new, accept_waitlist=chance.random() < 0.5)
    assert old not in small.held(suid)
    assert new in small.held(suid)


def _resize(small: SmallRegistrar, chance: random.Random) -> None:
    small.capacity(chance.choice(SECTIONS), chance.randint(0, SEATS + 1))


def _something_held(small: SmallRegistrar, chance: random.Random) -> tuple[str, int]:
    held = [(s, c) for s, of in small.everything(SUIDS).items() for c in of]
    return chance.choice(held) if held else (SUIDS[0], ALG)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_acts_keeps_the_promises(small: SmallRegistrar, seed: int) -> None:
    chance, outcomes = random.Random(seed), Counter[str]()
    small.students(*SUIDS)
    acts: tuple[Act, ...] = (_enroll, _enroll, _enroll, _drop, _swap, _resize)
    for _ in range(100):
        before = small.everything(SUIDS)
        try:
            chance.choice(acts)(small, chance)
            outcomes["done"] += 1
        except QuadError as refusal:
            outcomes[refusal.problem] += 1
            assert small.everything(SUIDS) == before
        _check(small)
    # The dice did reach what this test is about.
    assert outcomes["done"] > 25
    assert outcomes["section-full"]
    assert small.audit("promote")


def _check(small: SmallRegistrar) -> None:
    with small.units.read() as work:
        for section in work.catalogue.sections():
            assert section.waitlisted <= PLACES
            assert section.seats_left == 0 or section.waitlisted == 0
        for suid in SUIDS:
            mine = work.students.enrollments(suid)
            assert len({e.code for e in mine}) == len(mine)
            assert sum(e.units for e in mine) <= 20
    everything = small.everything(SUIDS)
    _check_lines(everything)
    assert _told_by_the_log(small) == everything


def _check_lines(everything: Held) -> None:
    places: dict[int, list[int]] = {}
    for held in everything.values():
        for class_id, place in held.items():
            if place != "enrolled":
                places.setdefault(class_id, []).append(int(place))
    for taken in places.values():
        assert sorted(taken) == list(range(1, len(taken) + 1))


def _told_by_the_log(small: SmallRegistrar) -> Held:
    """Who is where by the audit log alone; only the first in line may be promoted."""
    seated: Held = {suid: {} for suid in SUIDS}
    lines: dict[int, list[str]] = {class_id: [] for class_id in SECTIONS}
    for row in small.audit():
        if row.table != "enrollments":
            continue
        suid, class_id = row.key.split("/")[0], int(row.key.split("/")[1])
        if row.act == "promote":
            assert lines[class_id][0] == suid
        if row.before == {"status": "waitlisted"}:
            lines[class_id].remove(suid)
        elif row.before is not None:
            del seated[suid][class_id]
        if row.after is not None and row.after["status"] == "waitlisted":
            lines[class_id].append(suid)
        elif row.after is not None:
            seated[suid][class_id] = "enrolled"
    for class_id, line in lines.items():
        for place, suid in enumerate(line, start=1):
            seated[suid][class_id] = str(place)
    return seated
