"""Quarters and years, absolute and relative."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise.terms import QuarterValue, YearValue, quarter, year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fall", QuarterValue("Autumn")),
        ("Autumn quarter", QuarterValue("Autumn")),
        ("aut", QuarterValue("Autumn")),
        ("win qtr", QuarterValue("Winter")),
        ("WINTER", QuarterValue("Winter")),
        ("spr", QuarterValue("Spring")),
        ("summer term", QuarterValue("Summer")),
        ("next quarter", QuarterValue(None, 1)),
        ("this quarter", QuarterValue(None, 0)),
        ("current term", QuarterValue(None, 0)),
        ("wntr", QuarterValue("Winter")),
        ("the quarter after next", QuarterValue(None, 2)),
        ("last quarter", QuarterValue(None, -1)),
        ("next winter", QuarterValue("Winter", 1)),
        ("this spring", QuarterValue("Spring", 0)),
        ("the second one", None),
        ("", None),
    ],
)
def test_quarters(text: str, expected: QuarterValue | None) -> None:
    assert quarter(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", YearValue(2019)),
        ("'19", YearValue(2019)),
        ("’19", YearValue(2019)),
        ("19", YearValue(2019)),
        ("two thousand nineteen", YearValue(2019)),
        ("two thousand and nineteen", YearValue(2019)),
        ("twenty nineteen", YearValue(2019)),
        ("twenty twenty seven", YearValue(2027)),
        ("twenty twenty", YearValue(2020)),
        ("2018-19", YearValue(academic_start=2018)),
        ("2018–19", YearValue(academic_start=2018)),
        ("2018/19", YearValue(academic_start=2018)),
        ("2018-2019", YearValue(academic_start=2018)),
        ("1999-00", YearValue(1999)),
        ("next year", YearValue(shift=1)),
        ("this year", YearValue(shift=0)),
        ("last year", YearValue(shift=-1)),
        ("whenever", None),
        ("", None),
    ],
)
def test_years(text: str, expected: YearValue | None) -> None:
    assert year(text) == expected


@given(st.integers(2000, 2098))
def test_years_in_digits_and_pairs(number: int) -> None:
    assert year(str(number)) == YearValue(number)
    assert year(f"'{number % 100:02}") == YearValue(number)
    span = f"{number}-{(number + 1) % 100:02}"
    assert year(span) == YearValue(academic_start=number)


@given(st.text(max_size=100))
def test_any_text_gives_a_value_or_none(text: str) -> None:
    found = quarter(text)
    assert found is None or found.season in (None, "Autumn", "Winter", "Spring", "Summer")
    value = year(text)
    assert value is None or (value.year or value.academic_start or value.shift) is not None
