"""Campus times on another clock: every date by its own rules, days carried past midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.local_times import beside, end_of_day
from actions.texts import Texts
from bot.dialogue.zones import CAMPUS, differs, elsewhere, known_zone, meeting_elsewhere, on_campus
from bot.dialogue.zones import place as place_of

TEXTS = Texts.read()
WINTER = (date(2019, 1, 7), date(2019, 3, 15))
MADRID, PHOENIX = ZoneInfo("Europe/Madrid"), ZoneInfo("America/Phoenix")
ZONES = sorted(name for name in available_timezones() if known_zone(name))


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Base", "../etc/passwd", "/etc/localtime", "Europe/../UTC", "a" * 80, "Europe\x00",
     "Europe/Madrid; DROP", "Europe"],
)  # fmt: skip
def test_what_is_no_zone_is_none(name: str) -> None:
    assert known_zone(name) is None


def test_a_class_in_madrid() -> None:
    text = "Mon Wed 10:30-11:20, Gates B01; Fri 16:00-17:50"
    assert meeting_elsewhere(text, MADRID, date(2019, 1, 7), date(2019, 3, 1)) == (
        "Mon Wed 19:30-20:20; Sat 1:00-2:50",
    )


def test_two_differences_where_one_place_moves_its_clocks_earlier() -> None:
    """California changes on 10 March 2019, Spain on the 31st."""
    assert meeting_elsewhere("Mon 10:00-11:00", MADRID, *WINTER) == (
        "Mon 19:00-20:00", "Mon 18:00-19:00",
    )  # fmt: skip
    assert meeting_elsewhere("Mon 10:00-11:00", PHOENIX, *WINTER) == (
        "Mon 11:00-12:00", "Mon 10:00-11:00",
    )  # fmt: skip


def test_nothing_changes_on_campus_time_or_without_a_zone() -> None:
    text = "Mon Wed 10:30-11:20, Gates B01"
    for zone in (None, CAMPUS, ZoneInfo("America/Vancouver"), ZoneInfo("US/Pacific")):
        assert beside(TEXTS, text, zone, *WINTER) == text
        assert end_of_day(TEXTS, WINTER[0], zone) == ""
    assert beside(TEXTS, "", MADRID, *WINTER) == ""


def test_how_it_is_told() -> None:
    told = beside(TEXTS, "Tue 9:00-10:20, 200-002", MADRID, date(2019, 1, 7), date(2019, 3, 1))
    assert told == "Tue 9:00-10:20, 200-002 – Tue 18:00-19:20 your time in Madrid"
    assert "2019-01-11 ends at 9:00 on 2019-01-12" in end_of_day(TEXTS, date(2019, 1, 11), MADRID)


@given(
    st.sampled_from(ZONES),
    st.dates(date(2018, 1, 1), date(2030, 1, 1)),
    st.times(),
)
@settings(deadline=None, max_examples=300)
def test_the_same_moment_on_both_clocks(name: str, day: date, clock: time) -> None:
    moment = on_campus(day, clock)
    there = elsewhere(moment, ZoneInfo(name))
    assert there.astimezone(UTC) == moment.astimezone(UTC)
    assert place_of(ZoneInfo(name)) in name.replace("_", " ")


@given(
    st.sampled_from(ZONES),
    st.dates(date(2018, 9, 1), date(2026, 1, 1)),
    st.integers(0, 6),
    st.integers(8 * 60, 20 * 60),
    st.integers(30, 170),
)
@settings(deadline=None, max_examples=150)
def test_each_week_is_one_of_those_told(
    name: str, first: date, weekday: int, start: int, minutes: int
) -> None:
    zone, last = ZoneInfo(name), first + timedelta(days=69)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    begins, ends = (time(*divmod(at, 60)) for at in (start, start + minutes))
    text = f"{days[weekday]} {begins:%-H:%M}-{ends:%-H:%M}, Room 1"
    told = meeting_elsewhere(text, zone, first, last)
    assert bool(told) == differs(zone, first, last)
    for week in range(10):
        monday = first + timedelta(days=7 * week - first.weekday())
        day = monday + timedelta(days=weekday)
        there = datetime.combine(day, begins, CAMPUS).astimezone(zone)
        over = datetime.combine(day, ends, CAMPUS).astimezone(zone)
        line = f"{days[there.weekday()]} {there:%-H:%M}-{over:%-H:%M}"
        assert not told or line in told
