"""When a student may enroll: by the term, by the student's groups, by a window of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from one_case import DATES, case, slugs

from knowledge.model.terms import GroupWindow

GROUPS = st.sampled_from(["undergraduate", "senior", "athlete"])
DAYS = st.dates(date(2018, 9, 1), date(2019, 3, 22))
windows = st.builds(
    lambda group, opens, length: GroupWindow(group, opens, opens + timedelta(days=length)),
    GROUPS,
    DAYS,
    st.integers(0, 60),
)


def test_a_group_with_an_early_window_goes_first() -> None:
    early = GroupWindow("senior", date(2018, 10, 20), date(2019, 1, 25))
    dates = replace(DATES, windows=(early,))
    day = date(2018, 10, 22)
    senior = replace(case().student, groups=frozenset({"senior"}))
    assert slugs(case(dates=dates, today=day, student=senior)) == []
    assert slugs(case(dates=dates, today=day)) == ["window-not-open"]


def test_ones_own_window_counts_more_than_the_groups() -> None:
    wide = GroupWindow("undergraduate", date(2018, 9, 1), date(2019, 3, 1))
    own = replace(case().student, window=(date(2018, 12, 1), date(2018, 12, 2)))
    assert slugs(case(dates=replace(DATES, windows=(wide,)), student=own)) == ["window-not-open"]


@given(st.lists(windows, max_size=4), st.frozensets(GROUPS), DAYS)
def test_the_window_is_the_widest_of_the_students_groups(
    given_windows: list[GroupWindow], groups: frozenset[str], day: date
) -> None:
    dates = replace(DATES, windows=tuple(given_windows))
    student = replace(case().student, groups=groups)
    own = [w for w in given_windows if w.group in groups]
    expected = (
        min(w.opens for w in own) <= day <= max(w.closes for w in own)
        if own
        else DATES.enroll_opens <= day <= DATES.enroll_closes
    )
    open_now = not {"window-not-open", "window-closed", "term-over"} & set(
        slugs(case(dates=dates, student=student, today=day))
    )
    assert open_now == expected
