"""Words that point at what was shown or named before: "it", "the second one", "both"."""

from __future__ import annotations

import re

_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7, "8th": 7,
    "ninth": 8, "9th": 8, "tenth": 9, "10th": 9, "last": -1,
}  # fmt: skip
_COUNTS = {"two": 2, "couple": 2, "three": 3, "four": 4, "five": 5}
_COUNT = rf"(?:{'|'.join(_COUNTS)}|[2-9])"
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\b(?!\s+(?:quarter|year|week|day|class of|time|{_COUNT}\b))",
    re.IGNORECASE,
)
_FIRST_FEW = re.compile(
    rf"\b(?P<end>first|top|last)\s+(?P<count>{_COUNT})\b(?!\s+(?:quarter|year|week|day|unit|hour))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\b(?:numbers?|options?|nos?\.?)\s+(\d)((?:\s*(?:,|and|&|\+)\s*\d)+)\b", re.I)
_PLACES = re.compile(rf"{_ORDINAL.pattern}|\b(?:number|option)\s+(\d)\b", re.IGNORECASE)
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


def several(text: str, length: int) -> tuple[int, ...]:
    """The places that a phrase points at in a list of that length, when it is more than one:
    "the first two", "the first and the third", "numbers 1 and 4"; empty when one is not there.
    """
    if (few := _FIRST_FEW.search(text)) is not None:
        word = few["count"].lower()
        count = _COUNTS.get(word) or int(word)
        start = length - count if few["end"].lower() == "last" else 0
        return tuple(range(start, start + count)) if count <= length else ()
    if (listed := _LISTED.search(text)) is not None:
        places = [int(digit) - 1 for digit in re.findall(r"\d", listed.group())]
    else:
        places = [_place(*each) for each in _PLACES.findall(text)]
    places = [length - 1 if place == -1 else place for place in places]
    known = [place for place in dict.fromkeys(places) if 0 <= place < length]
    return tuple(known) if len(known) == len(places) > 1 else ()


def _place(word: str, digit: str) -> int:
    return _ORDINALS[word.lower()] if word else int(digit) - 1


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
