"""Which sections fit what a student prefers: number, days, times, instructor."""

from __future__ import annotations

from bot.dialogue.state import Goal
from knowledge.clients.values import SectionView
from nlu.normalise import times


def fitting(sections: list[SectionView], goal: Goal) -> list[SectionView]:
    """The sections on those days, in that window, with that instructor; all when none was named."""
    days = times.days(goal.get("day") or "")
    window = times.window(goal.get("time") or "")
    number = goal.get("section")
    teacher = str(goal.get("instructor") or "").lower()
    return [
        section
        for section in sections
        if (number is None or section.section.lstrip("0") == str(number))
        and (not days or days & section.days)
        and (window is None or _within(section, window))
        and (not teacher or any(teacher in name.lower() for name in section.instructors))
    ]


def _within(section: SectionView, window: times.TimeWindow) -> bool:
    starts, ends = _minutes(section.start), _minutes(section.end)
    early = window.earliest is None or starts >= window.earliest
    exact = window.earliest is not None and window.latest is not None
    # "at 10:30" names when a class begins, "before noon" when it must be over.
    late = window.latest is None or (starts if exact else ends) <= window.latest
    return early and late


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours or 0) * 60 + int(minutes or 0)
