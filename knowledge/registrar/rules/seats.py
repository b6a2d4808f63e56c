"""Seats: how many are free for this student, which discussion or lab goes with the lecture.

Reserved seats are counted per group: of the seats kept for a group, those not yet taken by its
members are closed to everybody else until the reservation ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import (
    LectureNeeded,
    LinkedSectionInvalid,
    LinkedSectionNeeded,
    QuadError,
    SeatsReserved,
    SectionCancelled,
    SectionFull,
)
from knowledge.model.courses import Reserved, Section
from knowledge.model.schedule import clash
from knowledge.registrar.rules import readiness
from knowledge.registrar.rules.case import Case


def free_for(case: Case) -> int:
    """The seats this student could take, not looking at the waitlist."""
    waived = SeatsReserved.problem in readiness.lifted(case)
    closed = 0 if waived else sum(_untaken(case, kept) for kept in _closed_to(case))
    return max(0, case.section.seats_left - closed)


def may_sit(case: Case) -> bool:
    """Whether a seat is free and nobody who waits has the better right to it.

    Who waits while seats are free cannot take them; a seat kept for one's own group is one's own.
    """
    if free_for(case) == 0:
        return False
    own = [kept for kept in _active(case) if kept.group in case.student.groups]
    return case.section.waitlisted == 0 or any(_untaken(case, kept) > 0 for kept in own)


def full(case: Case) -> SectionFull | SeatsReserved:
    """Why there is no seat: none at all, or none for this student."""
    section = case.section
    line = (section.waitlisted < section.waitlist_capacity, section.waitlisted)
    kept = [k for k in _closed_to(case) if _untaken(case, k) > 0]
    if section.seats_left > 0 and kept:
        groups, until = sorted(k.group for k in kept), max(k.until for k in kept)
        return SeatsReserved(section.class_id, case.code, groups, until.isoformat(), *line)
    return SectionFull(section.class_id, case.code, *line)


def offered(case: Case) -> Iterator[QuadError]:
    """The section is taught, and is a lecture or seminar that can be taken by itself."""
    section = case.section
    if section.cancelled:
        yield SectionCancelled(section.class_id, case.code)
    if section.parent is not None:
        yield LectureNeeded(section.class_id, case.code, section.parent)


def linked_of(case: Case) -> Section | None:
    """The discussion or lab that goes with this wish: the one asked for, or the only one that fits.

    None when the lecture has none, or when the choice is open or impossible (see `linked`).
    """
    if case.wish.linked is not None:
        asked = [child for child in case.children if child.class_id == case.wish.linked]
        return asked[0] if asked else None
    fitting = _fitting(case)
    return fitting[0] if len(fitting) == 1 else None


def linked(case: Case) -> Iterator[QuadError]:
    """A lecture with discussions or labs is taken together with one of them."""
    wanted = case.wish.linked
    if wanted is not None and all(child.class_id != wanted for child in case.children):
        yield LinkedSectionInvalid(case.section.class_id, wanted)
    elif wanted is not None:
        yield from (
            SectionFull(child.class_id, case.code, False, child.waitlisted)
            for child in case.children
            if child.class_id == wanted and not _has_room(child)
        )
    elif case.children:
        yield from _unchosen(case)


def _unchosen(case: Case) -> Iterator[QuadError]:
    fitting = [child.class_id for child in _fitting(case)]
    if len(fitting) > 1:
        yield LinkedSectionNeeded(case.section.class_id, case.code, fitting)
    elif not fitting:
        roomy = [child.class_id for child in case.children if _has_room(child)]
        if roomy:  # each of them clashes: to be chosen, and then told with what
            yield LinkedSectionNeeded(case.section.class_id, case.code, roomy)
        else:
            first = case.children[0]
            yield SectionFull(first.class_id, case.code, False, first.waitlisted)


def _fitting(case: Case) -> list[Section]:
    hours = [meeting for taken in case.same_term for meeting in taken.meetings]
    return [c for c in case.children if _has_room(c) and not clash(c.meetings, hours)]


def _has_room(child: Section) -> bool:
    return not child.cancelled and child.seats_left > 0


def _active(case: Case) -> list[Reserved]:
    return [kept for kept in case.section.reserved if case.today <= kept.until]


def _closed_to(case: Case) -> list[Reserved]:
    return [kept for kept in _active(case) if kept.group not in case.student.groups]


def _untaken(case: Case, kept: Reserved) -> int:
    return max(0, kept.seats - case.in_groups.get(kept.group, 0))
