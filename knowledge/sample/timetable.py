"""Builds the sections of one term: when, where, with whom and with how many seats.

Deterministic for a given random source. Each section takes the first slot (in an order shuffled
per section) in which it clashes with nothing it must not clash with: sections of the same subject
and level, its instructor's other sections, and the "open group" of the lecture's own examples
(CS106A, CS230, CS229 and all of HISTORY), whose members never clash while the week has room.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time

from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Day, Meeting, clash
from knowledge.model.terms import Term
from knowledge.sample.courses import Offered

CAPACITY = {"huge": 320, "large": 120, "medium": 50, "small": 18}
_ONE_SECTION = frozenset({"CS106A", "CS106B", "CS230", "CS229"})
_OPEN_GROUP = frozenset({"CS106A", "CS230", "CS229"})
_SEVERAL = {"MATH51": 3, "MATH19": 2, "MATH20": 2, "MATH21": 2, "PWR1": 4, "PWR2": 3,
            "CHEM31A": 2, "PSYCH1": 2, "ECON1": 2, "STATS60": 2, "PHYSICS41": 2, "FRENLANG1": 2,
            "SPANLANG1": 3, "CS107": 2, "ECON50": 2}  # fmt: skip
_MWF, _TTH, _MW = ((2, 4, 6), (3, 5), (2, 4))
_ROOMS = ("Alder", "Bracken", "Cedar", "Dovecote", "Elmwood", "Foundry", "Garnet", "Harbor")


def _at(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _slots(days: tuple[int, ...], starts: range, length: int) -> list[Meeting]:
    held = frozenset(Day(day) for day in days)
    return [Meeting(held, _at(start), _at(start + length)) for start in starts]


_LECTURES = (
    _slots(_MWF, range(8 * 60 + 30, 17 * 60, 60), 50)
    + _slots(_TTH, range(9 * 60, 17 * 60, 90), 80)
    + _slots(_MW, range(9 * 60 + 30, 18 * 60, 90), 80)
    + _slots(_TTH, range(18 * 60, 20 * 60, 90), 80)
    + _slots(_MW, range(18 * 60 + 30, 20 * 60, 90), 80)
)
_SEMINARS = [
    slot for day in range(2, 7) for slot in _slots((day,), range(9 * 60 + 30, 20 * 60, 120), 110)
]


@dataclass
class TermTimetable:
    """The sections of one term as they are laid, with what each new one must keep clear of."""

    term: Term
    chance: random.Random
    first_class_id: int
    staff: dict[str, list[str]]
    sections: list[Section] = field(default_factory=list)
    _busy: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))

    def add(self, offered: Offered) -> None:
        """Lay all sections of one course."""
        code = str(offered.course.code)
        for number in range(1, _SEVERAL.get(code, 1) + 1):
            self.sections.append(self._section(offered, number))

    def _section(self, offered: Offered, number: int) -> Section:
        course = offered.course
        teacher = self.chance.choice(self.staff[offered.department.code])
        groups = [f"teacher:{teacher}", *_groups(course)]
        meeting = self._free_slot(offered.size, groups)
        for group in groups:
            self._busy[group].append(meeting)
        share = _SEVERAL.get(str(course.code), 1)
        capacity = max(12, CAPACITY[offered.size] // share)
        return Section(
            class_id=self.first_class_id + len(self.sections),
            course_id=course.course_id,
            code=course.code,
            term=self.term,
            number=f"{number:02d}",
            component="SEM" if offered.size == "small" else "LEC",
            meetings=(self._in_room(meeting),),
            instructors=(teacher,),
            capacity=capacity,
            waitlist_capacity=max(5, capacity // 8),
        )

    def _free_slot(self, size: str, groups: list[str]) -> Meeting:
        """The first free slot; when the week is full, the groups are given up one by one."""
        slots = list(_SEMINARS if size == "small" else _LECTURES)
        self.chance.shuffle(slots)
        everything = slots + (_LECTURES if size == "small" else [])
        for kept in range(len(groups), 0, -1):
            taken = [meeting for group in groups[:kept] for meeting in self._busy[group]]
            free = next((slot for slot in everything if not clash((slot,), taken)), None)
            if free is not None:
                return free
        return slots[0]

    def _in_room(self, meeting: Meeting) -> Meeting:
        room = f"{self.chance.choice(_ROOMS)} {self.chance.randint(100, 399)}"
        return Meeting(meeting.days, meeting.start, meeting.end, room)


def _groups(course: Course) -> Iterator[str]:
    """What a section must not clash with, the most important first."""
    code = str(course.code)
    history = any(listed.subject == "HISTORY" for listed in course.codes)
    if code in _OPEN_GROUP or history:
        yield "open"
    yield f"{course.code.subject}:{course.level.value}:{course.code.number // 50}"


def in_laying_order(offered: list[Offered]) -> list[Offered]:
    """The open group first, while the week has room, its lectures before its seminars."""

    def order(item: Offered) -> tuple[bool, bool]:
        in_group = "open" in _groups(item.course)
        return not in_group, in_group and item.size == "small"

    return sorted(offered, key=order)
