"""Where a description speaks of prerequisites: the sentences, and what they demand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Demand(StrEnum):
    """What a sentence does: it demands courses before, or at the same time; or nothing."""

    BEFORE = "before"
    ALONGSIDE = "alongside"
    NOTHING = "nothing"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Statement:
    """A sentence about prerequisites, the words that name them, and how it was recognised."""

    sentence: str
    demand: Demand
    words: str = ""
    plural: bool = False
    headed: bool = True  # "Prerequisites: …", against a sentence with a verb


_END = re.compile(r"(?<=[.!?])\)?\s+(?=[A-Z(\"])")
_STEM = r"pre-?\s?req(?:uisite)?"
_HEADING = re.compile(
    rf"""\b(?P<soft>(?:strongly\s+)?(?:recommended|suggested|desired|desirable|preferred|helpful|soft)\s+)?
    (?P<kind>{_STEM}(?:s|\(s\))?\s*(?:/|and|or|and/or)\s*co-?\s?requisites?
      |pre-?\s*(?:/|or|and)\s*co-?\s?requisites?
      |co-?\s?req(?:uisite)?(?:s|\(s\))?
      |{_STEM}(?:s|\(s\))?(?:\s+courses?)?)
    \s*(?::|\bare\b|\bis\b|\binclude\b|(?=\d|[A-Z&]{(2,)}\s?\d))\s*(?P<words>.*)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NOTHING = re.compile(
    rf"\b(?:no|without)\b[^.;]*\b(?:{_STEM}s?|required|needed|necessary|assumed)\b", re.IGNORECASE
)
_CODE = re.compile(r"\b[A-Z][A-Za-z&]+\s?\d")
_NONE = re.compile(r"\(?(?:none|n/?a|no)\b[.)]?", re.IGNORECASE)
_ASIDE = re.compile(
    r"\s*\((?:(?:formerly|previously)\b[^()]*|\d(?:-\d)?\s+units?)\)", re.IGNORECASE
)
_VERBAL = (
    re.compile(
        r"\b(?:must|(?:is|are)\s+required\s+to)\s+have\s+(?:successfully\s+)?"
        r"(?:taken|completed|passed)\s+(?P<words>.+?)(?:\s+(?:before|prior\s+to|first)\b.*)?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\brequires?\s+(?:prior\s+|successful\s+)?completion\s+of\s+(?P<words>.+)$", re.IGNORECASE
    ),
    re.compile(
        r"^(?:successful\s+|prior\s+)?completion\s+of\s+(?P<words>.+?)\s+(?:is|are)\s+required\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<words>[A-Z&]+\s?\d.*?)\s+(?:is|are)\s+(?:an?\s+)?"
        rf"(?:{_STEM}s?|required(?!\s+to))(?:\s+for\b.*)?$"
    ),
)
_SOFT = re.compile(
    rf"{_STEM}|\bhave\s+(?:\w+ly\s+)?(?:taken|completed|passed)\b|\bcompletion\s+of\b"
    r"|\bin\s+conjunction\s+with\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"\(?(?:(?:strongly\s+)?(?:recommended|suggested)|see)\b", re.IGNORECASE)
_ADVISED = re.compile(r"\b(?:recommended|suggested)\b", re.IGNORECASE)
_MORE = re.compile(r"^\(?[A-Z][A-Za-z&]+\s?\d|\b(?i:concurrent|co-?enroll)")


def statements(description: str) -> list[Statement]:
    """Every sentence of a description that says something about prerequisites, in order.

    A sentence behind a demand that begins with a course, or allows one alongside, may change it.
    """
    found: list[Statement] = []
    for sentence in _END.split(" ".join(description.split())):
        statement = _statement(sentence.strip())
        changes = _MORE.search(sentence) and not _ADVISED.search(sentence)
        if statement is None and found and changes:
            statement = Statement(sentence, Demand.UNCLEAR)
        if statement is not None:
            found.append(statement)
    return found


def _statement(sentence: str) -> Statement | None:
    heading = _HEADING.search(sentence)
    if heading is not None:
        return _headed(sentence, heading)
    if _NOTHING.search(sentence) and not _CODE.search(sentence):
        return Statement(sentence, Demand.NOTHING)
    if _ADVICE.match(sentence):
        return None
    bare = sentence.rstrip(".!) ").lstrip("( ")
    for pattern in _VERBAL:
        match = pattern.search(bare)
        if match is not None:
            return Statement(sentence, Demand.BEFORE, match.group("words"), True, headed=False)
    return Statement(sentence, Demand.UNCLEAR) if _SOFT.search(sentence) else None


def _headed(sentence: str, heading: re.Match[str]) -> Statement | None:
    if heading.group("soft"):
        return None
    kind, words = heading.group("kind").lower(), _ASIDE.sub("", heading.group("words"))
    words = words.strip().rstrip(".!")
    if _NONE.fullmatch(words):
        return Statement(sentence[heading.start() :], Demand.NOTHING)
    alongside = re.search(r"\bco-?\s?req", kind) is not None
    demand = Demand.ALONGSIDE if alongside else Demand.BEFORE
    plural = kind.rstrip(")").endswith("s")
    return Statement(sentence[heading.start() :], demand, words, plural)
