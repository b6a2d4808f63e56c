"""Words that point at what was shown or named before: "it", "the second one", "both"."""

from __future__ import annotations

import re

_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7, "8th": 7,
    "ninth": 8, "9th": 8, "tenth": 9, "10th": 9, "last": -1,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\b(?!\s+(?:quarter|year|week|day|class of|time))", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:^|\b(?:number|option|no\.?|choice)\s*|#)(\d{1,2})\s*$", re.IGNORECASE)
_REFERENCE = re.compile(
    # Not the "that" of "any that start after two".
    r"\b(it|its|it's|(?<!any )(?<!one )(?<!ones )(?<!thing )(?<!class )(?<!classes )(?<!course )"
    r"(?<!courses )(?<!some )that|that's|this|this one|that one|them|those"
    r"|the (?:class|course|same))\b",
    re.IGNORECASE,
)
_NARROW = re.compile(r"\b(only|just|the ones?|(?:of|from) (?:these|those|them))\b", re.IGNORECASE)
_SECTION = re.compile(r"\bsec(?:tion)?\.?\s*#?\s*0?(\d{1,2})\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:the|that) other\b|\banother\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(both|the two)\b", re.IGNORECASE)
_THEY = re.compile(
    r"\b(?:they|they're|their|(?<!of )(?<!from )them)\b"
    r"|(?<!of )(?<!from )\b(?:these|those)\b(?! (?:that|who|which|with|on|in)\b)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?<![\w:.])\d{1,3}[a-z]{0,2}(?![\w:.]\w)\b", re.IGNORECASE)
_THE_ONE = re.compile(r"\b(?:the|that|this)\s+(?:\w+\s+){0,2}(?:one|class|course)\b", re.IGNORECASE)
_FEWEST = re.compile(
    r"\b(?:short(?:er|est)|light(?:er|est)|small(?:er|est)|(?:fewe(?:r|st)|less|least)\s+(?:units|credits))\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:bigg(?:er|est)|heav(?:ier|iest)|(?:more|most)\s+(?:units|credits))\b", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?:both|the two|all (?:of )?(?:them|these|those|two|three|four))\b|^\W*all\W*$",
    re.IGNORECASE,
)


def ordinal(text: str) -> int | None:
    """The index a phrase points at: "the second one" → 1, "last" → -1, "option 3" → 2, or None."""
    match = _ORDINAL.search(text)
    if match:
        return _ORDINALS[match.group(1).lower()]
    numbered = _NUMBERED.search(text.strip())
    return int(numbered.group(1)) - 1 if numbered else None


def refers(text: str) -> bool:
    """Whether the text points back at something: "it", "that one", "the class"."""
    return _REFERENCE.search(text) is not None


def narrows(text: str) -> bool:
    """Whether the text picks from what was shown: "only the ones with …", "which of those …"."""
    return _NARROW.search(text) is not None


def the_other(text: str) -> bool:
    """Whether the text takes what is left: "the other section then"."""
    return _OTHER.search(text) is not None


def both(text: str) -> bool:
    """Whether the text points at two things at once."""
    return _BOTH.search(text) is not None


def they(text: str) -> bool:
    """Whether the text points at all that was talked about: "when do they meet?"."""
    return _THEY.search(text) is not None


def bare_numbers(text: str) -> list[str]:
    """Numbers that may be courses of the subject just talked about: "and 230?"."""
    return _BARE_NUMBER.findall(text)


def section_number(text: str) -> int | None:
    """The number in "section 2", or None."""
    match = _SECTION.search(text)
    return int(match.group(1)) if match else None


def the_one(text: str) -> bool:
    """Whether the text tells one of several apart: "the one on Tuesdays", "the shorter one"."""
    return _THE_ONE.search(text) is not None


def fewest(text: str) -> bool:
    """Whether the one with the fewest units is meant: "the lighter one"."""
    return _FEWEST.search(text) is not None


def most(text: str) -> bool:
    """Whether the one with the most units is meant."""
    return _MOST.search(text) is not None


def all_of(text: str) -> bool:
    """Whether every one of what was offered is meant."""
    return _ALL.search(text) is not None
