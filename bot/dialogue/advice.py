"""The cues of questions to the knowledge graph: what comes before a course, after it, or next."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.dialogue import cues


class Advice(StrEnum):
    """What is asked about a course."""

    BEFORE = "before"
    AFTER = "after"
    NEXT = "next"


_TAKE = r"(?:take|taking|took|do|doing|enroll in|study|learn|complete|finish|pass|have)"
_LEAD = r"^\W*(?:(?:and|or|what|so)\W+(?:about\W+)?)*"
_BEFORE = re.compile(
    rf"\b(?:needs?|must|should|ha(?:ve|s) to|require[ds]?|{_TAKE}|comes?|goes|know)\b"
    r"[^.?!]{0,60}\b(?:before|prior to|ahead of)\b"
    rf"|{_LEAD}(?:before|prior to)\b"
    r"|\b(?:do|did|would|will) (?:i|we|you|one) (?:\w+ ){0,2}need\b"
    r"[^.?!]{0,40}\b(?:for|to (?:take|get))\b"
    r"|\b(?:missing|lacking|left)\b[^.?!]{0,30}\b(?:for|until|before)\b"
    r"|\b(?:way|path|road|route|get) (?:in)?to\b"
    r"|\bstands? (?:between me and|in (?:my|the) way)\b"
    r"|\bprereq\w*\W+(?:chain|tree|path)|\bchain of prereq"
    r"|\b(?:is|are|do|does|what)\b.*\bbuilds? on\W*$"
    r"|\bwhat (?:should|do|must|would|can) (?:i|we) (?:\w+ ){0,2}take (?:at )?first\b"
    r"|\bhow many (?:more )?(?:classes|courses|quarters)\b[^.?!]{0,20}\b(?:until|before|to)\b"
    r"|\bis\b[^.?!]{0,40}\b(?:required|needed|necessary|a prereq\w*) (?:for|before)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:unlock|opens? up|opens? (?:any|new)|lets? me|leads? to|prepares? (?:me )?for"
    r"|make possible|allows? me)"
    r"|\bwhat(?:'?s| is| classes| courses)?\b[^.?!]{0,30}\bopen to me\b"
    r"|\ba pre-?req\w* (?:for|to|of)(?: what| which| anything)?\W*$"
    r"|\b(?:which|what|any|how many)(?: other)? (?:\w+ )?(?:courses?|class(?:es)?)\b"
    r"[^.?!]{0,15}\b(?:(?:require|need)s?|(?:build|depend)s? on)\b"
    r"|\b(?:what|which|anything|something|classes|courses)\b[^.?!]{0,40}"
    r"\b(?:can|could|may|able to|allowed to)\b[^.?!]{0,20}\b(?:take|do|enroll)\b[^.?!]{0,25}"
    r"\b(?:after|once|with|when|having|now that)\b"
    r"|\b(?:took|taken|finished|done|passed|completed|had)\b.*\bwhat\b[^.?!]{0,20}"
    r"\b(?:can|could|may) i\b[^.?!]{0,10}\btake\b",
    re.IGNORECASE | re.DOTALL,
)
_NEXT = re.compile(
    r"\b(?:what|which|where|should|recommend|suggest|now)\b[^.?!]{0,40}\bnext\b"
    r"(?! (?:quarter|year|term|fall|autumn|winter|spring|summer|week|month))"
    r"|\bwhat now\b|\bfollow[\s-]?ups?\b|\bfollows\b"
    r"|\b(?:comes?|goes|take|recommend|suggest|do|good|study|learn|course|class|something|anything)"
    r"\b[^.?!]{0,40}\bafter\b"
    r"|\bwhere (?:do|should|can) i go\b",
    re.IGNORECASE,
)
_AFTER_ALONE = re.compile(rf"{_LEAD}(?:after|once)\b", re.IGNORECASE)
_TIME_OF_DAY = re.compile(
    r"\b(?:before|after)\W+(?:\d{1,2}(?!\d|[a-z])|\d{1,2}\W?[ap]m|noon|midnight|lunch|dinner|work"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_OPEN_ENDED = re.compile(r"\b(?:what|which|how many|anything|something)\b", re.IGNORECASE)
_OF_LECTURES = re.compile(
    r"\b(?:lecture|slide|video|exam|midterm|final|project|quiz)", re.IGNORECASE
)
_WHOLE_CHAIN = re.compile(
    r"\b(?:chain|tree|path|still|missing|left)\b|\ba pre-?req|\bprereq\w* for\W*$", re.IGNORECASE
)


def advice(text: str, previous: Advice | None = None) -> Advice | None:
    """Which of the three questions a text asks; `previous`: what was asked the turn before.

    "What can I take after CS106B" asks what it opens, "what should I take after it" what is best.
    """
    of_one = cues.asks_eligibility(text) and not _OPEN_ENDED.search(text)
    if of_one or _TIME_OF_DAY.search(text):
        return None
    if _AFTER.search(text):
        return Advice.AFTER
    if _BEFORE.search(text):
        return Advice.BEFORE
    if _AFTER_ALONE.search(text):
        return previous if previous in (Advice.AFTER, Advice.NEXT) else Advice.NEXT
    if _NEXT.search(text):
        return Advice.NEXT
    return previous if cues.continues(text) else None


def of_lectures(text: str) -> bool:
    """Whether a text speaks of what was taught rather than of courses to take."""
    return _OF_LECTURES.search(text) is not None


def whole_chain(text: str) -> bool:
    """Whether prerequisites are asked for beyond the catalogue's own line of them."""
    return _WHOLE_CHAIN.search(text) is not None
