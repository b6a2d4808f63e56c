"""Leaving a course: without a trace, with a W, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_case import DATES, course, taken

from knowledge import errors
from knowledge.model.students import Status
from knowledge.registrar.rules import judge_drop, leaves_mark

SEATED = taken(course())
WAITING = taken(course(), status=Status.WAITLISTED)


def test_after_the_deadline_a_w_must_be_asked_for() -> None:
    day = date(2019, 3, 2)
    with pytest.raises(errors.WithdrawalOnly) as refusal:
        judge_drop(SEATED, DATES, day)
    assert refusal.value.data() == {
        "code": "ALG101",
        "deadline": "2019-03-01",
        "withdraw_by": "2019-03-15",
    }
    judge_drop(SEATED, DATES, day, withdraw=True)
    assert leaves_mark(SEATED, DATES, day)


def test_after_the_last_day_for_a_w_it_stays() -> None:
    with pytest.raises(errors.DropDeadlinePassed):
        judge_drop(SEATED, DATES, date(2019, 3, 16), withdraw=True)
    with pytest.raises(errors.DropDeadlinePassed):
        judge_drop(SEATED, replace(DATES, withdraw_by=None), date(2019, 3, 2), withdraw=True)


@given(st.dates(date(2018, 11, 1), date(2019, 4, 30)), st.booleans(), st.booleans())
def test_a_mark_is_left_exactly_between_the_two_deadlines(
    day: date, waiting: bool, withdraw: bool
) -> None:
    of = WAITING if waiting else SEATED
    try:
        judge_drop(of, DATES, day, withdraw)
        allowed = True
    except errors.QuadError:
        allowed = False
    if waiting:
        assert allowed == (day <= DATES.ends)
        assert not leaves_mark(of, DATES, day)
    else:
        assert allowed == (day <= (DATES.withdraw_by if withdraw else DATES.drop_by))
        assert leaves_mark(of, DATES, day) == (day > DATES.drop_by)
