"""From a turn's mentions to slot values, in the light of the clock and of what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.dialogue import cues, negation, pointing, verbs
from bot.dialogue.permissions import permission_number
from bot.dialogue.picking import described
from bot.dialogue.state import DialogueState, Filled, GoalKind, Mentioned
from bot.dialogue.turn import Mention, Turn
from knowledge.model.terms import AcademicCalendar, Quarter, Term
from nlu.normalise import choices, codes, terms

_MOST_UNITS = 12  # of one class; "19" is a year that was taken for units
_A_YEAR = timedelta(days=366)
_LIKE_CODE = re.compile(r"[A-Za-z&]{2,10}\s?\d{1,6}[A-Za-z]{0,3}")
_PREFERENCES = ("day", "time", "instructor")


@dataclass(frozen=True)
class Clock:
    """The academic calendar and the day it is."""

    calendar: AcademicCalendar
    today: date

    def shifted(self, shift: int) -> tuple[str, int] | None:
        """The running term (0), the next (1) or the last (-1) as quarter and year."""
        if shift > 0:
            dates = self.calendar.following(self.today)
        elif shift == 0:
            dates = self.calendar.current(self.today)
        else:
            over = [dates for dates in self.calendar.terms if dates.is_over(self.today)]
            dates = over[-1] if over else None
        return (dates.term.quarter.value, dates.term.year) if dates else None

    def year_of(self, season: str, shift: int) -> int | None:
        """The year of "this" (0), "next" (1: not yet begun) or "last" (-1: over) winter."""
        quarter, today = Quarter(season), self.today
        if shift == 0:
            dates = self.calendar.upcoming(quarter, today)
            return dates.term.year if dates else None
        of_season = [dates for dates in self.calendar.terms if dates.term.quarter is quarter]
        if shift > 0:
            fitting = [d for d in of_season if timedelta(0) < d.starts - today <= shift * _A_YEAR]
        else:
            fitting = [d for d in reversed(of_season) if d.is_over(today)]
        return fitting[abs(shift) - 1].term.year if len(fitting) >= abs(shift) else None

    @property
    def academic_start(self) -> int:
        """The first calendar year of the running academic year."""
        dates = self.calendar.current(self.today)
        return dates.term.academic_year_start if dates else self.today.year - (self.today.month < 9)


def class_mentions(turn: Turn, state: DialogueState, role: str | None = None) -> list[Mentioned]:
    """The courses a turn names, in order: normalised codes, and titles still to be resolved."""
    found: list[Mentioned] = []
    subject = subject_of(state.focus.code) if state.focus else None
    for mention in turn.mentions:
        if mention.slot not in ("code", "title") or (role is not None and mention.role != role):
            continue
        if mention.slot == "title":
            found.append(Mentioned("", title=mention.text, confidence=mention.confidence))
        else:
            end = mention.start + len(mention.text)
            span = codes.widened(turn.text, mention.start, end) or mention.text
            read = codes.codes(span, subject)
            found.extend(Mentioned(code, confidence=mention.confidence) for code in read)
            if not read and _LIKE_CODE.fullmatch(mention.text):  # nothing is called so: to be said
                found.append(Mentioned("", title=mention.text, confidence=mention.confidence))
            subject = subject_of(read[-1]) if read else subject
    if not found and role is None and subject and cues.continues(turn.text):
        found = _by_number(turn, subject)
    return found


def _by_number(turn: Turn, subject: str) -> list[Mentioned]:
    """ "and 230?" after CS229: a number that is no year, time or units is a course."""
    said_otherwise = turn.has("year", "time", "units", "level", "quarter", "suid")
    if said_otherwise or pointing.section_number(turn.text) is not None:
        return []
    numbers = pointing.bare_numbers(turn.text)
    return [Mentioned(code) for number in numbers for code in codes.codes(number, subject)]


def subject_of(code: str) -> str | None:
    """The letters a code begins with: what a bare "106B" after CS106A belongs to."""
    return code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789") or None


def both(turn: Turn, state: DialogueState) -> list[Mentioned]:
    """The courses that "both" or "they" means, those talked about together or listed alone; or "the
    first two" of a longer list.
    """
    if places := pointing.several(turn.text, len(state.results)):
        return [state.results[place] for place in places]
    if len(state.results) != 2:
        return []
    current = state.focus is None or state.focus.code in [each.code for each in state.results]
    plural = pointing.they(turn.text) and current
    return list(state.results) if plural or pointing.both(turn.text) else []


def referred(turn: Turn, state: DialogueState) -> Mentioned | None:
    """The course a turn points at without naming it: "the second one", "it"."""
    index = pointing.ordinal(turn.text)
    if index is not None and state.results and index < len(state.results):
        return state.results[index]
    if index is None and (told := described(turn, state.results)) is not None:
        return told
    if pointing.refers(turn.text):
        return state.focus
    return None


def term_slots(turn: Turn, clock: Clock, known_quarter: str | None = None) -> dict[str, Filled]:
    """Quarter and year as far as they are said or follow by the clock."""
    slots: dict[str, Filled] = {}
    for mention in wanted(turn, "quarter")[:1]:
        coming = cues.coming_before(turn.text, mention.start)
        slots.update(_heard(mention, _quarter_slots(mention, clock, coming)))
    quarter = slots["quarter"].value if "quarter" in slots else known_quarter
    years = wanted(turn, "year")  # "2019" beats the "last year" of a story
    for mention in sorted(years, key=lambda each: not _plain_year(each))[:1]:
        slots.update(_heard(mention, year_slots(mention.text, quarter, clock)))
    return slots


def _plain_year(mention: Mention) -> bool:
    value = terms.year(mention.text)
    return value is not None and value.year is not None


def wanted(turn: Turn, slot: str) -> list[Mention]:
    """The spans of a slot that are not refused: "not winter, spring"."""
    return [m for m in turn.of(slot) if not negation.ruled_out(turn.text, m.start)]


def _heard(mention: Mention, slots: dict[str, Filled]) -> dict[str, Filled]:
    """The values of one span, as sure as the span."""
    return {name: replace(f, confidence=mention.confidence) for name, f in slots.items()}


def _quarter_slots(mention: Mention, clock: Clock, coming: bool) -> dict[str, Filled]:
    value = terms.quarter(mention.text)
    if value is None:
        return {}
    if value.season is None:
        term = clock.shifted(value.shift or 0)
        return {"quarter": Filled(term[0]), "year": Filled(term[1])} if term else {}
    slots = {"quarter": Filled(value.season)}
    shift = 1 if coming else value.shift
    if shift is not None and (year := clock.year_of(value.season, shift)) is not None:
        slots["year"] = Filled(year, guessed=True)
    return slots


def year_slots(text: str, quarter: str | None, clock: Clock) -> dict[str, Filled]:
    """The year of a span; academic years and "next year" need the quarter to become a year."""
    value = terms.year(text)
    if value is None:
        return {}
    if value.year is not None:
        return {"year": Filled(value.year)}
    guessed = value.academic_start is None
    start = value.academic_start
    if start is None:
        start = clock.academic_start + (value.shift or 0)
    if quarter is None:
        return {"academic_start": Filled(start, guessed=guessed)}
    return {"year": Filled(in_academic_year(start, quarter), guessed=guessed)}


def in_academic_year(start: int, quarter: str) -> int:
    """The calendar year of a quarter in the academic year that begins in `start`."""
    return start if quarter == Quarter.AUTUMN.value else start + 1


def same_academic_year(quarter: str, year: int, other: str) -> int:
    """The calendar year of another quarter of the academic year that a term lies in."""
    return in_academic_year(Term(Quarter(quarter), year).academic_year_start, other)


def with_academic_year(slots: dict[str, Filled]) -> dict[str, Filled]:
    """Once the quarter is known, an academic year that was said becomes a calendar year."""
    if "year" in slots or "quarter" not in slots or "academic_start" not in slots:
        return slots
    start = slots["academic_start"]
    year = in_academic_year(start.value, slots["quarter"].value)
    rest = {name: filled for name, filled in slots.items() if name != "academic_start"}
    return {**rest, "year": replace(start, value=year)}


def choice_slots(turn: Turn) -> dict[str, Filled]:
    """Units, grading basis, waitlist consent and preferences for a section."""
    slots: dict[str, Filled] = {}
    for mention in turn.of("units")[:1]:
        value = choices.units(mention.text)
        if value is not None and value.low == value.high <= _MOST_UNITS:
            slots["units"] = Filled(value.low)
    for mention in turn.of("grading")[:1]:
        if (basis := choices.grading(mention.text)) is not None:
            slots["grading"] = Filled(basis)
    for slot in _PREFERENCES:
        said = [mention.text for mention in turn.of(slot) if _preferred(turn, mention)]
        if said:
            slots[slot] = Filled(" ".join(said))
    if (section := pointing.section_number(turn.text)) is not None:
        slots["section"] = Filled(section)
    if (number := permission_number(turn.text)) is not None:
        slots["permission"] = Filled(number)
    if cues.accepts_waitlist(turn.text):
        slots["accept_waitlist"] = Filled(True)
    return slots


def _preferred(turn: Turn, mention: Mention) -> bool:
    """Whether a day, hour or teacher is wished for: not "not on Fridays", and not what is only
    asked about before the wish: "is it on Fridays? if not, enroll me".
    """
    _, mark, wish = turn.text[mention.start :].partition("?")
    asked = bool(mark) and verbs.names(GoalKind.ENROLL, wish)
    return not asked and not negation.negated_before(turn.text, mention.start)


def stamped(slots: dict[str, Filled], turn_number: int) -> dict[str, Filled]:
    """The same values with the turn they came from."""
    return {name: replace(filled, turn=turn_number) for name, filled in slots.items()}
