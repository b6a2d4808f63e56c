"""Does it clash? The hours of a class beside those of another one, or of what the student holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.context import Exchange
from actions.offerings import in_term
from knowledge.clients.values import CourseView, SectionView

_MEETING = re.compile(
    r"(?P<days>(?:\b[A-Z][a-z]{2}\b ?)+)(?P<first>\d{1,2}:\d\d)-(?P<last>\d{1,2}:\d\d)"
)


@dataclass(frozen=True)
class Taken:
    """Hours that are taken: by which class, in which term, in the words of the catalogue."""

    course: str
    term: tuple[str, int]
    meetings: tuple[str, ...]


async def clashes(exchange: Exchange, courses: Sequence[CourseView]) -> None:
    """Every section of the first class in the terms in question, with what it clashes with."""
    found, others = courses[0], courses[1:]
    taken = _of_courses(others) if others else await _held(exchange, found)
    if not taken:
        exchange.say("utter_nothing_to_clash", course=_name(found))
        return
    terms = {each.term for each in taken}
    asked = in_term(found, exchange.state.args.get("term") or {})
    sections = [each for each in asked if (each.quarter, each.year) in terms]
    if not sections:
        exchange.say("utter_never_together", course=_name(found))
        return
    lines = [_line(exchange, found, section, taken) for section in sections]
    exchange.dispatcher.utter_message(text="\n".join(lines))


def overlap(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether any of "Tue Thu 15:00-16:20, Elmwood 130" meets while any of the others does."""
    others = [hours for meeting in theirs for hours in _hours(meeting)]
    mine = [hours for meeting in ours for hours in _hours(meeting)]
    return any(
        days & other_days and first < other_last and other_first < last
        for days, first, last in mine
        for other_days, other_first, other_last in others
    )


def _hours(meeting: str) -> list[tuple[frozenset[str], int, int]]:
    """Days and the minutes from midnight at which it begins and ends."""
    return [
        (frozenset(match["days"].split()), _minutes(match["first"]), _minutes(match["last"]))
        for match in _MEETING.finditer(meeting)
    ]


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _of_courses(courses: Sequence[CourseView]) -> list[Taken]:
    return [
        Taken(_name(course), (section.quarter, section.year), section.meetings)
        for course in courses
        for section in course.lectures
    ]


async def _held(exchange: Exchange, found: CourseView) -> list[Taken]:
    """What the student is in or waits for, but for the class itself; nothing for a visitor."""
    if exchange.principal.get("role") != "student":
        return []
    held = await exchange.services.axess.enrollments(exchange.suid)
    return [
        Taken(f"{item.code} {item.title}", (item.quarter, item.year), item.meetings)
        for item in held
        if item.code not in found.codes and item.code != found.code
    ]


def _line(
    exchange: Exchange, found: CourseView, section: SectionView, taken: Sequence[Taken]
) -> str:
    term = (section.quarter, section.year)
    against = [
        f"{each.course} ({'; '.join(each.meetings)})"
        for each in taken
        if each.term == term and overlap(section.meetings, each.meetings)
    ]
    return exchange.part(
        "utter_part_clashes" if against else "utter_part_clashes_not",
        course=_name(found),
        quarter=section.quarter,
        year=section.year,
        section=section.section,
        times=section.times,
        others=", ".join(against),
    )


def _name(course: CourseView) -> str:
    return f"{course.code} {course.title}"
