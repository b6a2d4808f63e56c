"""Timetables as an iCalendar file: one weekly event for each meeting until the term ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vRecur

from knowledge.model.schedule import Day, Meeting
from knowledge.registrar.planning.timetable import Entry, Standing, Timetable

ZONE = ZoneInfo("America/Los_Angeles")
MEDIA_TYPE = "text/calendar; charset=utf-8"
_CODES = {
    Day.SUNDAY: "SU", Day.MONDAY: "MO", Day.TUESDAY: "TU", Day.WEDNESDAY: "WE",
    Day.THURSDAY: "TH", Day.FRIDAY: "FR", Day.SATURDAY: "SA",
}  # fmt: skip
_STATUS = {
    Standing.ENROLLED: "CONFIRMED",
    Standing.WAITLISTED: "TENTATIVE",
    Standing.PLANNED: "TENTATIVE",
}


def calendar_file(owner: str, timetables: Iterable[Timetable], today: date) -> bytes:
    """The file; `owner` stands for the student without being his number.

    The same student's same class has the same UID in every file, so that calendars replace an
    event instead of adding a second one. A class that was cancelled is told as such:
    left out, it would stay in calendars that have it. Holidays stand in no academic calendar here.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Quad//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add_component(_zone())
    for timetable in timetables:
        for entry in timetable.entries:
            for place, meeting in enumerate(entry.meetings):
                if meeting.days:  # an imported class may have hours and no day yet
                    calendar.add_component(_event(owner, timetable, entry, meeting, place, today))
    return bytes(calendar.to_ical())


@cache
def _zone() -> Timezone:
    """The rules of the zone from 2018 on, inside the file: not every reader knows its name."""
    return Timezone.from_tzinfo(ZONE, first_date=date(2018, 1, 1), last_date=date(2038, 1, 1))


def _event(
    owner: str, timetable: Timetable, entry: Entry, meeting: Meeting, place: int, today: date
) -> Event:
    dates = timetable.dates
    first = _first_day(dates.starts, meeting)
    event = Event()
    event.add("uid", f"{owner}-{entry.section.class_id}-{place}@quad.example")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", datetime.combine(first, meeting.start, ZONE))
    event.add("dtend", datetime.combine(first, meeting.end, ZONE))
    event.add("rrule", _weekly(meeting, dates.ends))
    event.add("summary", f"{entry.label} {entry.course.title}")
    event.add("location", meeting.room)
    # A higher number makes a calendar take the newer hours, room or status of the same UID.
    event.add("sequence", entry.section.version)
    event.add("status", "CANCELLED" if entry.section.cancelled else _STATUS[entry.standing])
    event.add("categories", [entry.standing.value])
    return event


def _weekly(meeting: Meeting, ends: date) -> vRecur:
    """Every week on its days until the term's last day, which RFC 5545 wants told in UTC."""
    last = datetime.combine(ends, time(23, 59, 59), ZONE).astimezone(UTC)
    days = [_CODES[day] for day in sorted(meeting.days)]
    return vRecur({"FREQ": "WEEKLY", "BYDAY": days, "UNTIL": last})


def _first_day(starts: date, meeting: Meeting) -> date:
    """The first day of the term on which the class meets: a start that the rule itself names."""
    week = (starts + timedelta(days=offset) for offset in range(7))
    return next(day for day in week if Day(day.isoweekday() % 7 + 1) in meeting.days)
