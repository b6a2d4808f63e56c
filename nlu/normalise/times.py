"""Days of the week and times of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.normalise.numbers import words_to_groups

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMED = re.compile(
    r"\b(mon|tue|wed|thu|thur|fri|sat|sun|weekday|weekend)(?:s|sday|rsday|r|rs|nesday|urday|day)?s?\b",
    re.IGNORECASE,
)
_STEMS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "thur": 3, "fri": 4, "sat": 5, "sun": 6}
_LETTERS = re.compile(r"(?<![A-Za-z])(?:M|Tu|Th|T|W|R|F|Sa|Su|/|-|,|&)+(?![a-z])")
_LETTER = re.compile(r"Tu|Th|Sa|Su|M|T|W|R|F")
_LETTER_DAYS = {"M": 0, "Tu": 1, "T": 1, "W": 2, "Th": 3, "R": 3, "F": 4, "Sa": 5, "Su": 6}
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?m\.?|p\.?m\.?|a\b|p\b)?(?!\d)", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:no|not|nothing|never)\b")
_PARTS = (
    ("early morning", (None, 600)),
    ("late afternoon", (900, 1080)),
    ("after lunch", (780, None)),
    ("before lunch", (None, 720)),
    ("after work", (1020, None)),
    ("morning", (None, 720)),
    ("afternoon", (720, 1080)),
    ("evening", (1020, None)),
    ("night", (1020, None)),
    ("lunch", (690, 810)),
)


@dataclass(frozen=True)
class TimeWindow:
    """Meetings may begin at or after `earliest` and end by `latest`, in minutes after midnight."""

    earliest: int | None = None
    latest: int | None = None

    @property
    def outside(self) -> TimeWindow:
        """What "not" leaves: after what was before, before what was after or in between."""
        if self.earliest is None:
            return TimeWindow(earliest=self.latest)
        return TimeWindow(latest=self.earliest)


def days(text: str) -> frozenset[str]:
    """ "TTh" → Tuesday and Thursday, "mwf", "weekends", "Mondays and Wednesdays"."""
    found: set[int] = set()
    for match in _NAMED.finditer(text):
        stem = match.group(1).lower()
        ranges = {"weekday": range(5), "weekend": range(5, 7)}
        found.update(ranges[stem] if stem in ranges else [_STEMS[stem]])
    if not found:
        found = _letters(text)
    return frozenset(DAYS[index] for index in found)


def _letters(text: str) -> set[int]:
    folded = re.sub(r"(?i)\btth\b", "TTh", re.sub(r"(?i)\bmwf\b", "MWF", text))
    folded = re.sub(r"(?i)\b(mw|wf|mf|tr|tuth)\b", lambda m: _case(m.group()), folded)
    match = _LETTERS.search(folded)
    if match is None:
        return set()
    return {_LETTER_DAYS[letter] for letter in _LETTER.findall(match.group())}


def _case(letters: str) -> str:
    return "TuTh" if letters.lower() == "tuth" else letters.upper()


def window(text: str) -> TimeWindow | None:
    """ "before noon", "not before 10", "between 1 and 4", "morning" → a window, or None."""
    found = stated(text)
    return found.outside if found is not None and is_negated(text) else found


def is_negated(text: str) -> bool:
    """Whether a span of time says what is not wanted: "not before 10"."""
    return _NEGATED.search(text.lower()) is not None


def stated(text: str) -> TimeWindow | None:
    """The hours that a span names, whether or not it negates them: "not before 10" → before 10."""
    folded = re.sub(r"\bnoon\b", "12pm", _NEGATED.sub(" ", text.lower()))
    folded = re.sub(r"\bmidnight\b", "11:59pm", folded)
    folded = re.sub(r"\bhalf past (\w+)", _half_past, folded)
    clocks = _clocks(folded)
    if len(clocks) >= 2 and re.search(r"\b(between|from|to|until|and)\b|[-–]", folded):
        return TimeWindow(clocks[0], clocks[1])
    if clocks and re.search(r"\b(before|until|till|by|earlier|sooner|ends?)\b", folded):
        return TimeWindow(None, clocks[0])
    if clocks and re.search(r"\b(after|from|past|later|starting|since)\b", folded):
        return TimeWindow(clocks[0], None)
    if clocks:
        return TimeWindow(clocks[0], clocks[0] + 60)
    named = next((bounds for name, bounds in _PARTS if name in folded), None)
    return TimeWindow(*named) if named else None


def _half_past(match: re.Match[str]) -> str:
    hours = words_to_groups(match.group(1))
    return f"at {hours[0]}:30" if hours else match.group()


def _clocks(text: str) -> list[int]:
    found = [_minutes(*match.groups()) for match in _CLOCK.finditer(text)]
    if not found:
        found = [_minutes(str(number), None, None) for number in words_to_groups(text)]
    return [minutes for minutes in found if minutes is not None]


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    value, part = int(hour), int(minute or 0)
    if value > 23 or part > 59:
        return None
    if half and half[0].lower() == "p" and value < 12:
        value += 12
    elif half is None and 1 <= value <= 7:
        value += 12  # classes at "2" are in the afternoon
    return value * 60 + part
