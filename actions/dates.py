"""When one can enroll and until when one can drop: the registrar's dates of the coming terms."""

from __future__ import annotations

from datetime import date

from actions.context import Exchange
from actions.local_times import end_of_day
from knowledge.model.terms import TermDates

_MOST = 3


async def dates(exchange: Exchange) -> None:
    """The dates of the terms asked about, else of the next ones; with the student's own window."""
    clock = await exchange.services.academic_clock()
    asked = [each for each in clock.calendar.terms if _asked(each, exchange.state.args)]
    coming = [each for each in asked if not each.is_over(clock.today)][:_MOST]
    if not asked:
        exchange.say("utter_dates_unknown")
    elif not coming:
        last = asked[-1]
        facts = {"quarter": last.term.quarter, "year": last.term.year, "ends": _written(last.ends)}
        exchange.say("utter_dates_over", **facts)
    else:
        lines = [_line(exchange, each, clock.today) for each in coming]
        ends = end_of_day(
            exchange.services.texts, _next_deadline(coming[0], clock.today), exchange.zone
        )
        more = [*await _own_window(exchange), *([ends] if ends else [])]
        exchange.say("utter_dates", list="\n".join([*lines, *more]))


def _next_deadline(dates: TermDates, today: date) -> date:
    """The first of a term's last days that is still ahead."""
    days = (dates.enroll_closes, dates.drop_by, dates.withdraw_by or dates.drop_by)
    return min((day for day in days if day >= today), default=dates.ends)


def _asked(dates: TermDates, args: dict[str, object]) -> bool:
    term = dates.term
    return args.get("quarter") in (None, term.quarter) and args.get("year") in (None, term.year)


def _line(exchange: Exchange, dates: TermDates, today: date) -> str:
    return exchange.part(
        "utter_part_dates_open" if dates.is_open(today) else "utter_part_dates",
        quarter=dates.term.quarter,
        year=dates.term.year,
        opens=_written(dates.enroll_opens),
        closes=_written(dates.enroll_closes),
        drop_by=_written(dates.drop_by),
        withdraw_by=_written(dates.withdraw_by or dates.drop_by),
        starts=_written(dates.starts),
        ends=_written(dates.ends),
    )


async def _own_window(exchange: Exchange) -> list[str]:
    """A line for a student who may enroll at other times than everybody."""
    if exchange.principal.get("role") != "student":
        return []
    record = await exchange.services.axess.student(exchange.suid)
    if not (window := record.get("window")):
        return []
    opens, closes = (date.fromisoformat(window[end]) for end in ("opens", "closes"))
    facts = {"opens": _written(opens), "closes": _written(closes)}
    return [exchange.part("utter_part_own_window", **facts)]


def _written(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
