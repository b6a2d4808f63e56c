"""The audit log played again: what it tells must be allowed at every step, and end at the tables.

Acts on one section are written while it is held, and so are the acts of one student; by number the
log is therefore the order in which they took effect, although others write between them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from knowledge.model.students import Status

_SEATED, _WAITING = Status.ENROLLED.value, Status.WAITLISTED.value
Key = tuple[str, int]


@dataclass(frozen=True)
class Offering:
    """What the replay must know of a section; `plain` ones have no labs and no reserved seats."""

    class_id: int
    course_id: int
    term_id: int
    capacity: int
    waitlist_capacity: int
    repeatable: bool
    plain: bool


@dataclass
class Replay:
    """Where everybody is by the log alone, and every step that should not have been."""

    offerings: dict[int, Offering]
    capacity: dict[int, int]
    held: dict[Key, dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    seated: Counter[int] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    _courses: dict[str, Counter[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def step(self, row: Any) -> None:
        """Take one entry of the log."""
        if row.table == "sections" and row.act == "set-capacity":
            self._resize(row)
        elif row.table == "enrollments":
            suid, _, class_id = row.key.partition("/")
            self._move(row.id, row.act, (suid, int(class_id)), row.before, row.after)

    def _resize(self, row: Any) -> None:
        self._expect(self.capacity[int(row.key)] == row.before["capacity"], row.id, "capacity lost")
        self.capacity[int(row.key)] = row.after["capacity"]

    def _move(
        self,
        number: int,
        act: str,
        key: Key,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        held = self.held.get(key)
        same = (held and held["status"]) == (before and before["status"])
        self._expect(same, number, f"{act} of {key} from {before}, but it was {held}")
        if held is not None:
            self._leave(number, act, key, held)
        if after is not None:
            self._enter(number, act, key, {**(held or {}), **after})

    def _leave(self, number: int, act: str, key: Key, held: dict[str, Any]) -> None:
        suid, class_id = key
        del self.held[key]
        offering = self.offerings[class_id]
        self._courses[suid][offering.course_id, offering.term_id] -= 1
        if held["status"] == _SEATED:
            self._seats(class_id, held, -1)
            return
        line = self.lines[class_id]
        first = act != "promote" or not offering.plain or line[0] == suid
        self._expect(first, number, f"{suid} promoted in {class_id} over {line[0]}")
        line.remove(suid)

    def _enter(self, number: int, act: str, key: Key, now: dict[str, Any]) -> None:
        suid, class_id = key
        offering, line = self.offerings[class_id], self.lines[class_id]
        self._once(number, suid, offering)
        self.held[key] = now
        if now["status"] == _WAITING:
            line.append(suid)
            room = len(line) <= offering.waitlist_capacity
            self._expect(room, number, f"waitlist of {class_id} too long")
            return
        fair = act == "promote" or not offering.plain or not line
        self._expect(fair, number, f"{suid} seated in {class_id} before {line[:1]}")
        self._seats(class_id, now, +1)
        for section in (class_id, now.get("linked_class_id")):
            fits = section is None or self.seated[section] <= self.capacity[section]
            self._expect(fits, number, f"{section} oversold")

    def _once(self, number: int, suid: str, offering: Offering) -> None:
        mine = self._courses[suid]
        mine[offering.course_id, offering.term_id] += 1
        often = sum(
            many
            for (course, term), many in mine.items()
            if course == offering.course_id
            and (term == offering.term_id or not offering.repeatable)
        )
        self._expect(often == 1, number, f"{suid} twice in course {offering.course_id}")

    def _seats(self, class_id: int, held: dict[str, Any], change: int) -> None:
        self.seated[class_id] += change
        if held.get("linked_class_id") is not None:
            self.seated[held["linked_class_id"]] += change

    def _expect(self, holds: bool, number: int, otherwise: str) -> None:
        if not holds:
            self.violations.append(f"audit {number}: {otherwise}")
