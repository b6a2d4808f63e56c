"""What a turn wants of a plan, as the parameters of Axess's planner."""

from __future__ import annotations

from typing import Any

from bot.dialogue import cues, negation, plan_cues
from bot.dialogue.filling import Clock
from bot.dialogue.turn import Turn
from knowledge.model.terms import Quarter
from nlu.normalise import choices, codes, times

_TARGET, _STEP, _LEAST, _MOST = 15, 3, 3, 20
_LATE_START = 10 * 60


def terms_of(text: str, clock: Clock) -> dict[str, Any]:
    """The terms that are named, or how many; nothing when the text does not say."""
    named = []
    for season, year in plan_cues.seasons(text):
        dates = clock.calendar.upcoming(Quarter(season), clock.today)
        if year is not None or dates is not None:
            named.append(f"{season} {year or (dates.term.year if dates else '')}")
    if named:
        return {"term": named[:4]}
    count = plan_cues.count_of_terms(text)
    return {"terms": count, "term": []} if count is not None else {}


def changed(wishes: dict[str, Any], turn: Turn) -> dict[str, Any]:
    """The wishes with what this turn adds to them."""
    wanted = dict(wishes)
    _load(wanted, turn)
    _days(wanted, turn)
    _hours(wanted, turn)
    _courses(wanted, turn)
    if cues.accepts_waitlist(turn.text):
        wanted["waitlists"] = True
    return wanted


def _load(wanted: dict[str, Any], turn: Turn) -> None:
    said = plan_cues.units(turn.text)
    if said is None and (mentions := turn.of("units")):
        value = choices.units(mentions[0].text)
        said = value.high if value is not None else None
    if said is not None and said > 4:  # "3 units" is about a class, not about a term
        wanted["max_units"], wanted["target"] = min(said, 30), min(said, 30)
        return
    target = int(wanted.get("target", _TARGET))
    if plan_cues.lighter(turn.text):
        wanted["target"] = max(_LEAST, target - _STEP)
        wanted["max_units"] = wanted["target"]
    elif plan_cues.heavier(turn.text):
        wanted["target"] = min(_MOST, target + _STEP)
        wanted.pop("max_units", None)


def _days(wanted: dict[str, Any], turn: Turn) -> None:
    """Days are told to keep them free, unless they are the only ones that are wanted."""
    said = [m.text for m in turn.of("day")] or plan_cues.day_words(turn.text)
    named = {day for words in said for day in times.days(words)}
    if not named:
        return
    free = set(times.DAYS) - named if plan_cues.only(turn.text) else named
    wanted["day_off"] = sorted({*wanted.get("day_off", ()), *free}, key=times.DAYS.index)


def _hours(wanted: dict[str, Any], turn: Turn) -> None:
    for mention in turn.of("time")[:1]:
        if (window := times.window(mention.text)) is None:
            continue
        if negation.negated_before(turn.text, mention.start):
            window = window.outside
        for name, minutes in (("earliest", window.earliest), ("latest", window.latest)):
            if minutes is not None:
                wanted[name] = _clock(minutes)
    if plan_cues.starts_later(turn.text):
        wanted["earliest"] = _clock(_LATE_START)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _courses(wanted: dict[str, Any], turn: Turn) -> None:
    """Courses that are named are to be in, unless the words before them leave them out."""
    for mention in turn.of("code"):
        end = mention.start + len(mention.text)
        out = plan_cues.kept_out(turn.text, mention.start, end)
        for code in codes.codes(mention.text):
            if codes.is_bare(code):
                continue
            into, from_ = ("exclude", "include") if out else ("include", "exclude")
            wanted[into] = list(dict.fromkeys([*wanted.get(into, ()), code]))
            wanted[from_] = [other for other in wanted.get(from_, ()) if other != code]
