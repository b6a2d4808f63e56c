"""Leaving a course: until when, and what it leaves behind."""

from __future__ import annotations

from datetime import date

from knowledge.errors import DropDeadlinePassed, TermOver, WithdrawalOnly
from knowledge.model.students import Status
from knowledge.model.terms import TermDates
from knowledge.registrar.rules.case import Taken


def judge_drop(taken: Taken, dates: TermDates, today: date, withdraw: bool = False) -> None:
    """Raise why it cannot be left; a place on a waitlist can be given up until the term's end.

    After the drop deadline a course can only be left with a W, which must be asked for.
    """
    if dates.is_over(today):
        raise TermOver(dates.term.quarter.value, dates.term.year, dates.ends.isoformat())
    if not leaves_mark(taken, dates, today):
        return
    code, deadline = str(taken.course.code), dates.drop_by.isoformat()
    if dates.withdraw_by is None or today > dates.withdraw_by:
        raise DropDeadlinePassed(code, deadline)
    if not withdraw:
        raise WithdrawalOnly(code, deadline, dates.withdraw_by.isoformat())


def leaves_mark(taken: Taken, dates: TermDates, today: date) -> bool:
    """Whether leaving now puts a W on the transcript."""
    return taken.status is Status.ENROLLED and today > dates.drop_by
