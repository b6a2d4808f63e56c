"""Words by which a plan, its changes and the question "why not?" are recognised.

None of the model's intents is planning: it reads such messages as search, schedule or small talk.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE | re.DOTALL
_WHEN = (
    r"quarters?|terms?|semesters?|years?|degree|major|schedule|timetable|course ?load|courses"
    r"|classes|studies|autumn|fall|winter|spring|summer|me|ahead"
)
_PLAN = re.compile(
    rf"\b(?:plan|map out)\b(?!\s+(?:to|on)\b).{{0,60}}?\b(?:{_WHEN})\b"
    r"|\bplanning (?:my|for me|ahead)\b"
    r"|\b(?:study|course|degree|quarter|term|academic|four[- ]year|graduation) plan\b"
    r"|\b(?:build|make|create|design|draw up|put together|come up with|generate|suggest|propose"
    r"|draft|give|need|want)\b.{0,25}\b(?:schedule|timetable|plan)\b(?! b\b)"
    r"|\b(?:what|which)\b.{0,12}\b(?:should|must|do|shall|could|would)\b.{0,6}\bi\b"
    r".{0,12}\b(?:take|need)\b.{0,40}\b(?:majors?|degree|graduat\w+|requirements?)\b"
    r"|\brequirements?\b.{0,30}\b(?:left|missing|remain\w*|still open)\b"
    r"|\b(?:missing|left|remaining|still need)\b.{0,30}"
    r"\b(?:requirements?|degree|graduat\w+|my major)\b",
    _I,
)
_ADVICE = re.compile(
    r"\b(?:what|which)\b.{0,12}\bshould i\b.{0,12}\btake\b"
    r"|\bhelp me (?:choose|pick|decide on|select)\b.{0,20}\b(?:classes|courses)\b",
    _I,
)
_WHY_NOT = re.compile(
    r"\bwhy\b.{0,20}?(?:\bnot\b|\bcannot\b|n'?t\b|\bleave out\b|\bleft out\b|\bskip\b|\bomit)"
    r"|\bwhy (?:did you )?(?:leave|left|skip|drop|omit)"
    r"|\bhow come\b.{0,40}(?:\bnot\b|n'?t\b)"
    r"|\bwhat(?:'s| is)? (?:stops?|keeps?|prevents?|stopping|keeping|preventing)\b",
    _I,
)
_RECORD = re.compile(r"\b(?:drop|swap|switch|withdraw|undo|waitlist|wait list)\w*\b", _I)
_TIMETABLE = re.compile(
    r"\btimetable\b|\bi?cal(?:endar)? (?:file|link|export)\b|\.ics\b|\bics\b"
    r"|\b(?:picture|image|grid|view) of my (?:schedule|classes|week|courses)\b"
    r"|\bweekly (?:view|grid|schedule|calendar)\b"
    r"|\bexport\b.{0,30}\b(?:schedule|classes|calendar|courses)\b"
    r"|\b(?:to|into|in) my (?:\w+ )?calendar\b",
    _I,
)
_LIGHTER = re.compile(
    r"\b(?:lighter|less work|fewer (?:units|classes|courses)|less (?:units|load|heavy)|easier)\b"
    r"|\btoo (?:heavy|much|many|full)\b",
    _I,
)
_HEAVIER = re.compile(
    r"\b(?:heavier|fuller|more (?:units|classes|courses)|busier)\b|\btoo (?:light|little|few)\b", _I
)
_LATER = re.compile(r"\b(?:late[r]? start|start later|sleep in|not so early|too early)\b", _I)
_SPOKEN_OF = re.compile(r"\bplan\b", _I)
_KEPT_OUT = re.compile(
    r"\b(?:without|not|no|except|leave out|skip|remove|drop|exclude|instead of|but)\W+"
    r"(?:\w+\W+){0,2}$",
    _I,
)
_LEAVES, _OUT = re.compile(r"\b(?:leave|take|keep|throw)\W+$", _I), re.compile(r"\W+out\b", _I)
_NAMED = re.compile(r"\b(?:plan|planning|schedule|timetable|map out)\b", _I)
_PUT_IN = re.compile(r"\b(?:include|including|with|add|put|fit|squeeze)\b", _I)
_FIT_IN = re.compile(
    r"\binclude\b|\b(?:put|fit|squeeze|slot|work|get)\b(?! me\b)(?:(?!\bme\b).){0,40}\bin\b\W*$", _I
)
_EVERYTHING = re.compile(
    r"\bplan\b|\b(?:all|both|everything|each)\b(?:.{0,12}\b(?:of )?(?:them|those|these|it)\b)?", _I
)
_ONLY = re.compile(r"\bonly\b|\bjust\b", _I)
_RULES_OUT = re.compile(
    r"^(?!\W*(?:any|which|what|are there|is there|show|find|list|do|does)\b)"
    r".*\b(?:no|not|never|nothing|without|avoid|except|off|free|only|just|at most|up to|under"
    r"|max(?:imum)?|more than)\b",
    _I,
)
_COUNT = re.compile(
    r"\b(one|two|three|four|[1-4])\s+(?:\w+\s+)?(?:quarters?|terms?|semesters?)\b", _I
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_NEXT_ONE = re.compile(r"\b(?:next|coming|upcoming|following) (?:quarter|term|semester)\b", _I)
_WHOLE_YEAR = re.compile(r"\b(?:(?:rest of|whole|all|entire|this|next) (?:the )?)?year\b", _I)
_SEASON = re.compile(
    r"\b(autumn|fall|winter|spring|summer)\b(?:\s+(?:quarter|term))?(?:\s+(?:of\s+)?(\d{4}))?", _I
)
_DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", _I)
_UNITS = re.compile(r"\b(\d{1,2})\s*(?:-\s*)?(?:units?|credits?)\b", _I)


def asks_plan(text: str) -> bool:
    """Whether the text asks for a plan, or for what is missing towards the degree."""
    return _PLAN.search(text) is not None


def asks_advice(text: str) -> bool:
    """Whether the text leaves it to us what to take."""
    return _ADVICE.search(text) is not None


def asks_why_not(text: str) -> bool:
    """Whether the text asks what keeps a course out; not what keeps it from being dropped."""
    return _WHY_NOT.search(text) is not None and _RECORD.search(text) is None


def asks_timetable(text: str) -> bool:
    """Whether the text asks for the week as a picture or as a calendar."""
    return _TIMETABLE.search(text) is not None


def lighter(text: str) -> bool:
    """Whether less is wanted."""
    return _LIGHTER.search(text) is not None


def heavier(text: str) -> bool:
    """Whether more is wanted."""
    return _HEAVIER.search(text) is not None


def starts_later(text: str) -> bool:
    """Whether mornings are too early."""
    return _LATER.search(text) is not None


def speaks_of_plan(text: str) -> bool:
    """Whether the plan itself is named."""
    return _SPOKEN_OF.search(text) is not None


def names_plan(text: str) -> bool:
    """Whether a plan, schedule or timetable is spoken of."""
    return _NAMED.search(text) is not None


def puts_in(text: str) -> bool:
    """Whether something is to be in the plan."""
    return _PUT_IN.search(text) is not None


def fits_in(text: str) -> bool:
    """Whether a course is to have its place in what was planned: "put CS230 in"."""
    return _FIT_IN.search(text) is not None


def kept_out(text: str, start: int, end: int) -> bool:
    """Whether the words around a course leave it out."""
    before = _KEPT_OUT.search(text[:start]) is not None
    return before or (bool(_LEAVES.search(text[:start])) and bool(_OUT.match(text[end:])))


def everything(text: str) -> bool:
    """Whether the whole plan is meant: "enroll me in all of those"."""
    return _EVERYTHING.search(text) is not None


def only(text: str) -> bool:
    """Whether nothing else is wanted: "only on Tuesdays"."""
    return _ONLY.search(text) is not None


def rules_out(text: str) -> bool:
    """Whether the text limits something, and does not search: "no Fridays", "at most 12 units"."""
    return _RULES_OUT.match(text) is not None


def count_of_terms(text: str) -> int | None:
    """How many terms are to be planned, if that is said."""
    if (match := _COUNT.search(text)) is not None:
        said = match.group(1).lower()
        return _NUMBERS.get(said) or int(said)
    if _NEXT_ONE.search(text):
        return 1
    return 3 if _WHOLE_YEAR.search(text) else None


def seasons(text: str) -> list[tuple[str, int | None]]:
    """The quarters that are named, each with its year if that is said."""
    found = [(m.group(1).capitalize(), m.group(2)) for m in _SEASON.finditer(text)]
    return [("Autumn" if s == "Fall" else s, int(y) if y else None) for s, y in found]


def day_words(text: str) -> list[str]:
    """Days of the week that are named in full."""
    return _DAYS.findall(text)


def units(text: str) -> int | None:
    """A number of units, or None."""
    match = _UNITS.search(text)
    return int(match.group(1)) if match else None
