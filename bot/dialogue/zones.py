"""Clock times for readers elsewhere: campus time stays, theirs is added behind it.

Pure: IANA's rules come with Python's zoneinfo (and the tzdata package). A weekly class keeps its
campus hour all term; what that is elsewhere changes when only one of the two places moves its
clocks, so each date is reckoned by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CAMPUS = ZoneInfo("America/Los_Angeles")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,2}")
_LONGEST = 60
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MEETING = re.compile(
    r"(?P<days>(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s)+)"
    r"(?P<start>\d{1,2}:\d{2})-(?P<end>\d{1,2}:\d{2})"
)


@lru_cache(maxsize=512)
def known_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name ("Europe/Madrid"); None for anything else."""
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def place(zone: ZoneInfo) -> str:
    """How a zone's place is called: "Madrid", "New York"; "UTC" is its own name."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def elsewhere(moment: datetime, zone: ZoneInfo) -> datetime:
    """A campus moment (aware) on the reader's clock."""
    return moment.astimezone(zone)


def on_campus(day: date, clock: time) -> datetime:
    """The moment at which campus clocks show this."""
    return datetime.combine(day, clock, CAMPUS)


def differs(zone: ZoneInfo, first: date, last: date) -> bool:
    """Whether the zone's clock is ever another one than campus' between these days."""
    noons = [on_campus(day, time(12)) for day in _weekly(first, last)]
    return any(noon.utcoffset() != elsewhere(noon, zone).utcoffset() for noon in noons)


def meeting_elsewhere(text: str, zone: ZoneInfo, first: date, last: date) -> tuple[str, ...]:
    """The weekly meetings of a text on the reader's clock, for a term from `first` to `last`.

    "Mon Wed 10:30-11:20, Gates B01" in Madrid gives "Mon Wed 19:30-20:20"; a second one joins it
    when the difference changes during the term. Empty for a text without meetings, or a zone with
    campus' own clock.
    """
    if not differs(zone, first, last):
        return ()
    versions: dict[str, date] = {}
    for day in _weekly(first, last):
        told = "; ".join(_shifted(match, zone, day) for match in _MEETING.finditer(text))
        if told:
            versions.setdefault(told, day)
    return tuple(versions)


def _shifted(match: re.Match[str], zone: ZoneInfo, week: date) -> str:
    """One weekly meeting in the week of that day; its days move along past midnight."""
    start, end = _clock(match["start"]), _clock(match["end"])
    monday = week - timedelta(days=week.weekday())
    days, clocks = [], ""
    for name in match["days"].split():
        day = monday + timedelta(days=_DAYS.index(name))
        begins = elsewhere(on_campus(day, start), zone)
        ends = elsewhere(on_campus(day, end), zone)
        days.append(_DAYS[begins.weekday()])
        clocks = f"{begins:%-H:%M}-{ends:%-H:%M}"
    return f"{' '.join(days)} {clocks}"


def _weekly(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=7)
    yield last


def _clock(text: str) -> time:
    hours, _, minutes = text.partition(":")
    return time(int(hours), int(minutes))
