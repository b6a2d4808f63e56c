"""Which of the options of an open question a text picks: by label, number, day, hour or name."""

from __future__ import annotations

import re

from bot.dialogue import cues, negation, pointing
from bot.dialogue.consent import agrees
from bot.dialogue.state import Ask, Option, Question
from bot.dialogue.turn import Mention, Turn
from nlu.normalise import codes, terms, times

_LISTING = (Ask.CHOICE, Ask.QUARTER, Ask.YEAR)
_HOURS = re.compile(r"\b(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)\b")
_EARLIEST = re.compile(r"\b(?:earl(?:y|ier|iest)|soone(?:r|st))\b", re.IGNORECASE)
_LATEST = re.compile(r"\blate(?:r|st)?\b", re.IGNORECASE)
_TELLING = ("code", "day", "time", "instructor", "quarter", "year")


def chosen(question: Question, turn: Turn) -> Option | None:
    """The option a text picks, or None; an open choice alone is settled by a description."""
    options = question.options
    text = folded(turn.text)
    exact = [option for option in options if folded(option.label) == text]
    if exact:
        return exact[0]
    if len(options) == 1 and agrees(turn):
        return options[0]
    if question.ask not in _LISTING or not options:
        return None
    index = pointing.ordinal(turn.text)
    if index is not None and index < len(options) and not turn.has("code", "title", "year"):
        return options[index]
    if cues.any_will_do(turn.text) and not turn.mentions:
        return options[0]
    return _described(options, turn) if question.ask is Ask.CHOICE else None


def _described(options: tuple[Option, ...], turn: Turn) -> Option | None:
    if len(options) == 1 and pointing.the_other(turn.text):
        return options[0]
    matches = [option for option in options if _matches(option.label, option.fills, turn)]
    if len(matches) == 1:
        return matches[0]
    return _extreme([*(matches or options)], turn.text)


def _extreme(options: list[Option], text: str) -> Option | None:
    """ "The earlier one", "the latest": of those that tell their hours."""
    timed = sorted((o for o in options if _hours(o.label)), key=_begins)
    if len(timed) < 2:
        return None
    if _EARLIEST.search(text) and _begins(timed[0]) < _begins(timed[1]):
        return timed[0]
    if _LATEST.search(text) and _begins(timed[-1]) > _begins(timed[-2]):
        return timed[-1]
    return None


def _begins(option: Option) -> int:
    return _hours(option.label)[0][0]


def _matches(label: str, fills: dict[str, object], turn: Turn) -> bool:
    """Whether all that is told of the option, by tags or a number, is true of it."""
    named = [code for mention in turn.of("code") for code in codes.codes(mention.text)]
    known = {fills.get("code"), fills.get("drop_code")} & set(named)
    if named and not known and not _named_in(label, named):
        return False
    told = [mention for mention in turn.mentions if mention.slot in _TELLING]
    numbers = [] if told else [w for w in turn.text.split() if w.isdigit() and len(w) <= 3]
    if not told and not numbers:
        return False
    plain = label.lower()
    sections = all(f"section {number.zfill(2)}" in plain for number in numbers)
    return sections and all(_told(plain, mention, turn) for mention in told)


def _named_in(label: str, named: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(code)}\b", label) for code in named)


def _told(label: str, mention: Mention, turn: Turn) -> bool:
    """Whether one tagged span fits a label; "not the morning one" is turned round."""
    fits = _fits(label, mention)
    return fits is not negation.negated_before(turn.text, mention.start)


def _fits(label: str, mention: Mention) -> bool:
    if mention.slot == "code":
        return True
    if mention.slot == "day":
        days = times.days(mention.text)
        return bool(days) and all(day[:3].lower() in label for day in days)
    if mention.slot == "time":
        window = times.window(mention.text)
        return window is not None and any(_within(hours[0], window) for hours in _hours(label))
    if mention.slot == "quarter":
        season = terms.quarter(mention.text)
        return season is not None and (season.season or "?").lower() in label
    words = [word for word in mention.text.lower().split() if len(word) > 1]
    return bool(words) and all(word in label for word in words)


def _within(begins: int, window: times.TimeWindow) -> bool:
    """When a section begins tells it from the others: one from 11 to 12:20 is "the morning one"."""
    late = window.latest is None or begins <= window.latest
    return late and (window.earliest is None or begins >= window.earliest)


def _hours(label: str) -> list[tuple[int, int]]:
    found = ([int(part) for part in match.groups()] for match in _HOURS.finditer(label))
    return [(first * 60 + minutes, last * 60 + end) for first, minutes, last, end in found]


def folded(text: str) -> str:
    """A label or an answer without what does not matter: case, spaces, the mark at its end."""
    return " ".join(text.lower().strip(" .!?").split())
