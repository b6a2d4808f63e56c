"""Days and windows of the day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise.times import DAYS, TimeWindow, days, window


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TTh", "Tuesday Thursday"),
        ("tth", "Tuesday Thursday"),
        ("Tu/Th", "Tuesday Thursday"),
        ("MWF", "Monday Wednesday Friday"),
        ("mwf", "Monday Wednesday Friday"),
        ("M/W/F", "Monday Wednesday Friday"),
        ("MW", "Monday Wednesday"),
        ("Tues", "Tuesday"),
        ("thurs", "Thursday"),
        ("Wednesdays", "Wednesday"),
        ("Mondays and Wednesdays", "Monday Wednesday"),
        ("fri", "Friday"),
        ("weekends", "Saturday Sunday"),
        ("weekdays", "Monday Tuesday Wednesday Thursday Friday"),
        ("the second one", ""),
        ("", ""),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert days(text) == frozenset(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before noon", (None, 720)),
        ("after 3pm", (900, None)),
        ("after five", (1020, None)),
        ("at 10:30", (630, 690)),
        ("8am", (480, 540)),
        ("at 14:30", (870, 930)),
        ("between 1 and 4", (780, 960)),
        ("from 9 to 11", (540, 660)),
        ("from 11 to 1", (660, 780)),
        ("2-4pm", (840, 960)),
        ("10:30-11:50", (630, 710)),
        ("until 1pm", (None, 780)),
        ("after lunch", (780, None)),
        ("half past two", (870, 930)),
        ("by 5", (None, 1020)),
        ("morning", (None, 720)),
        ("in the evenings", (1020, None)),
        ("not before 10am", (600, None)),
        ("nothing before 10", (600, None)),
        ("no earlier than 10am", (600, None)),
        ("no later than 5pm", (None, 1020)),
        ("not in the morning", (720, None)),
        ("whenever", None),
        ("", None),
    ],
)
def test_windows(text: str, expected: tuple[int | None, int | None] | None) -> None:
    assert window(text) == (None if expected is None else TimeWindow(*expected))


@given(st.sampled_from(DAYS), st.booleans(), st.booleans())
def test_every_day_in_every_case(day: str, lower: bool, plural: bool) -> None:
    written = day + ("s" if plural else "")
    assert days(written.lower() if lower else written) == {day}


@given(st.integers(8, 21), st.integers(0, 59))
def test_every_clock_time(hour: int, minute: int) -> None:
    start = hour * 60 + minute
    assert window(f"at {hour}:{minute:02}") == TimeWindow(start, start + 60)
    assert window(f"after {hour}:{minute:02}") == TimeWindow(start, None)


@given(st.text(max_size=100))
def test_any_text_gives_days_and_minutes_of_the_day(text: str) -> None:
    assert days(text) <= set(DAYS)
    found = window(text)
    ends = () if found is None else (found.earliest, found.latest)
    assert all(end is None or 0 <= end <= 25 * 60 for end in ends)
