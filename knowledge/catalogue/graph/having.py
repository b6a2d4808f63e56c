"""What a candidate has: its values of each attribute, those of sections only from matching ones.

Times of the week are days and a part of the day, the parts being those that students name and the
search knows: mornings, afternoons, evenings (`bot` reads "mornings" as the same hours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.query import CourseHit, Window
from knowledge.model.courses import Section
from knowledge.model.schedule import Day, Meeting, minutes

PARTS: tuple[Window, ...] = ((None, 720), (720, 1080), (1020, None))
_DAY_MINUTES = 24 * 60


def values(attribute: Attribute, hit: CourseHit) -> tuple[str, ...]:
    """The values a candidate has, in a stable order: what a student who wants it would answer."""
    return tuple(dict.fromkeys(_READERS[attribute](hit)))


def matching(attribute: Attribute, held: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """For each candidate's values, those of any candidate that would find it.

    The same, but for times: what meets on Mondays alone is found by "Mondays and Wednesdays" too.
    """
    listed = [tuple(each) for each in held]
    if attribute is not Attribute.TIMES:
        return listed
    known = sorted({value for each in listed for value in each})
    found = {value: [other for other in known if alike(value, other)] for value in known}
    return [tuple(dict.fromkeys(o for value in each for o in found[value])) for each in listed]


def lectures(hit: CourseHit) -> list[Section]:
    """The matching sections that are chosen for themselves: a lab comes with its lecture."""
    return [section for section in hit.sections if section.parent is None]


def times(section: Section) -> tuple[str, ...]:
    """When a section meets, once for each part of the day that all its meetings lie in."""
    return _times(section.meetings)


@lru_cache(maxsize=16_384)  # the dearest part of a question about a long list
def _times(meetings: tuple[Meeting, ...]) -> tuple[str, ...]:
    days = sorted({day for meeting in meetings for day in meeting.days})
    if not days:
        return ()
    named = ",".join(day.full_name for day in days)
    begin = min(minutes(meeting.start) for meeting in meetings)
    end = max(minutes(meeting.end) for meeting in meetings)
    return tuple(
        f"{named}:{_written(earliest)}-{_written(latest)}"
        for earliest, latest in PARTS
        if (earliest or 0) <= begin and end <= (_DAY_MINUTES if latest is None else latest)
    )


@lru_cache(maxsize=4096)
def alike(value: str, other: str) -> bool:
    """Whether what meets at `value` is found by `other`, as the search understands days."""
    (days, hours), (asked, asked_hours) = _parted(value), _parted(other)
    return hours == asked_hours and (days <= asked or asked <= days)


def _parted(value: str) -> tuple[frozenset[str], str]:
    days, _, hours = value.partition(":")
    return frozenset(days.split(",")), hours


def _written(minute: int | None) -> str:
    return "" if minute is None else str(minute)


def _units(hit: CourseHit) -> list[str]:
    low, high = hit.course.units_min, min(hit.course.units_max, hit.course.units_min + 30)
    return [str(number) for number in range(low, high + 1)]


def _days(hit: CourseHit) -> list[str]:
    held = {day for s in lectures(hit) for meeting in s.meetings for day in meeting.days}
    return [day.full_name for day in sorted(held, key=Day.__int__)]


def _quarters(hit: CourseHit) -> list[str]:
    held = {section.term.quarter for section in lectures(hit)}
    return [quarter.value for quarter in sorted(held, key=lambda quarter: quarter.ordinal)]


_READERS: Mapping[Attribute, Callable[[CourseHit], Iterable[str]]] = {
    Attribute.SUBJECT: lambda hit: [code.subject for code in hit.course.codes],
    Attribute.TOPIC: lambda hit: hit.course.topics,
    Attribute.LEVEL: lambda hit: [hit.course.level.value],
    Attribute.QUARTER: _quarters,
    Attribute.UNITS: _units,
    Attribute.INSTRUCTOR: lambda hit: [name for s in lectures(hit) for name in s.instructors],
    Attribute.DAY: _days,
    Attribute.TIMES: lambda hit: [value for s in lectures(hit) for value in times(s)],
    Attribute.REQUIREMENT: lambda hit: hit.course.requirements,
}
