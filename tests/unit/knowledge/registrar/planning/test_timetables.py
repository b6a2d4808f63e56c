"""Timetables as pictures and calendar files, read back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from PIL import Image
from small_catalogue import SPRING, TERMS, TODAY, WINTER, at, course, section

from knowledge.model.schedule import Day, Meeting
from knowledge.model.students import Status
from knowledge.model.terms import TermDates
from knowledge.registrar.planning.calendar_file import calendar_file
from knowledge.registrar.planning.timetable import Standing, Timetable, timetable
from knowledge.registrar.planning.timetable_picture import blocks, picture
from knowledge.registrar.rules import Taken

ZONE = ZoneInfo("America/Los_Angeles")
LECTURE = section(10, 1, WINTER, at(9, Day.MONDAY, Day.WEDNESDAY, Day.FRIDAY))
LAB = section(11, 1, WINTER, at(19, Day.TUESDAY), parent=10)
WAITING = section(20, 2, WINTER, at(9, Day.MONDAY))
PLANNED = section(30, 3, WINTER, at(9, Day.MONDAY))
LATER = section(40, 4, SPRING, at(9, Day.MONDAY))


@pytest.fixture
def week() -> Timetable:
    taken = (
        Taken(LECTURE, course(1), Status.ENROLLED, 4, LAB),
        Taken(WAITING, course(2), Status.WAITLISTED, 3),
        Taken(LATER, course(4), Status.ENROLLED, 4),
    )
    planned = [(PLANNED, course(3)), (LECTURE, course(1))]
    return timetable(TERMS[0], taken, planned)


def test_a_week_holds_what_is_taken_waited_for_and_planned(week: Timetable) -> None:
    assert [(entry.section.class_id, entry.standing) for entry in week.entries] == [
        (10, Standing.ENROLLED),
        (11, Standing.ENROLLED),
        (20, Standing.WAITLISTED),
        (30, Standing.PLANNED),
    ]
    assert week.units == 11
    assert [entry.label for entry in week.entries] == ["TST1", "TST1 LEC", "TST2", "TST3"]


def test_overlapping_classes_stand_side_by_side(week: Timetable) -> None:
    monday = blocks(week, Day.MONDAY)
    assert [(block.lane, block.lanes) for block in monday] == [(0, 3), (1, 3), (2, 3)]
    assert [(block.lane, block.lanes) for block in blocks(week, Day.FRIDAY)] == [(0, 1)]


def _drawn(week: Timetable) -> Image.Image:
    image = Image.open(io.BytesIO(picture(week, "Winter 2019", "planned")))
    image.load()
    return image


def test_a_picture_is_a_png_that_grows_with_the_day_and_the_weekend(week: Timetable) -> None:
    full = _drawn(week)
    assert (full.format, full.width) == ("PNG", 1920)
    short = _drawn(timetable(TERMS[0], (), [(PLANNED, course(3))]))
    assert short.height < full.height  # no evening lab
    weekend = section(50, 5, WINTER, (Meeting(frozenset({Day.SATURDAY}), time(8), time(9)),))
    assert _drawn(timetable(TERMS[0], (), [(weekend, course(5))])).height > short.height


def test_each_class_has_a_colour_of_its_own(week: Timetable) -> None:
    colours = {colour for _, colour in _drawn(week).convert("RGB").getcolors(1 << 20)}
    assert {(215, 232, 251), (253, 227, 200), (216, 240, 220)} <= colours


def test_a_week_without_hours_is_drawn_too() -> None:
    without = section(60, 6, WINTER, ())
    assert _drawn(timetable(TERMS[0], (), [(without, course(6))])).width == 1920
    assert _drawn(timetable(TERMS[0], (), [])).width == 1920


def _events(week: Timetable):
    return Calendar.from_ical(calendar_file("05550001", [week], TODAY)).walk("VEVENT")


def test_a_file_has_a_weekly_event_for_each_meeting_until_the_term_ends(week: Timetable) -> None:
    events = _events(week)
    assert len(events) == 4
    first = events[0]
    starts = first.decoded("dtstart")
    assert starts == datetime(2019, 1, 7, 9, tzinfo=ZONE)
    assert first.decoded("dtend") == datetime(2019, 1, 7, 9, 50, tzinfo=ZONE)
    rule = rrulestr(first["rrule"].to_ical().decode(), dtstart=starts.astimezone(UTC))
    days = [each.astimezone(ZONE) for each in rule]
    assert (days[0].date(), days[-1].date()) == (date(2019, 1, 7), date(2019, 3, 22))
    assert len(days) == 33
    assert first["summary"] == "TST1 Course 1"
    assert str(first["status"]) == "CONFIRMED"
    assert [str(event["status"]) for event in events[2:]] == ["TENTATIVE", "TENTATIVE"]


def test_an_event_begins_on_a_day_that_its_rule_names(week: Timetable) -> None:
    for event in _events(week):
        day = "MO TU WE TH FR SA SU".split()[event.decoded("dtstart").weekday()]
        assert day in event["rrule"]["BYDAY"]


def test_ids_stay_the_same_and_differ_between_students_and_classes(week: Timetable) -> None:
    ids = [str(event["uid"]) for event in _events(week)]
    assert ids == [str(event["uid"]) for event in _events(week)]
    assert len(set(ids)) == len(ids)
    other = Calendar.from_ical(calendar_file("05550002", [week], TODAY)).walk("VEVENT")
    assert not set(ids) & {str(event["uid"]) for event in other}


def test_the_file_carries_the_rules_of_its_zone(week: Timetable) -> None:
    calendar = Calendar.from_ical(calendar_file("05550001", [week], TODAY))
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "America/Los_Angeles"


def test_a_cancelled_class_is_told_as_such_and_one_without_days_is_left_out() -> None:
    hours = (Meeting(frozenset({Day.MONDAY}), time(9), time(10)),)
    gone = replace(section(70, 7, WINTER, hours), cancelled=True, version=4)
    dayless = section(71, 8, WINTER, (Meeting(frozenset(), time(9), time(10)),))
    planned = [(gone, course(7)), (dayless, course(8))]
    (event,) = _events(timetable(TERMS[0], (), planned))
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 4)
    assert event["dtstart"].params["TZID"] == "America/Los_Angeles"


@pytest.mark.parametrize("dates", TERMS, ids=lambda dates: str(dates.term))
def test_every_term_has_a_valid_file(dates: TermDates) -> None:
    hours = (Meeting(frozenset({Day.MONDAY, Day.FRIDAY}), time(9), time(10, 20), "Gates B01"),)
    week = timetable(dates, (), [(section(80, 9, dates.term, hours), course(9))])
    written = Calendar.from_ical(calendar_file("05550001", [week], TODAY))
    (event,) = written.walk("VEVENT")
    assert written.errors == event.errors == []
    starts = event.decoded("dtstart")
    assert dates.starts <= starts.date() <= dates.ends
    # 9:00 on campus all term long, whatever the clocks do in between.
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=starts.astimezone(UTC))
    assert rule.before(datetime(2100, 1, 1, tzinfo=UTC)).date() <= dates.ends
