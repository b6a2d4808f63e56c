"""Small closed classes of words that steer a dialogue: references, ordinals, undoing, paging.

The intent and the slots come from the NLU model; these cues only settle what a model of single
utterances cannot know, such as which list "the second one" points into.
"""

from __future__ import annotations

import re

_ELLIPSIS = re.compile(r"^\s*(and|or|what about|how about|also|same)\b", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\b(actually|instead|sorry|keep|stay with|stick (?:with|to)|back to"
    r"|i meant|i mean|make (?:it|that)|change (?:it|that)|rather|correction"
    r"|not .+ but|no[,.]? )\b",
    re.IGNORECASE,
)
_UNDO = re.compile(
    r"\b(undo|revert|reverse|take (?:it|that|this) back|roll (?:it|that) back|cancel (?:it|that))"
    r"\b",
    re.IGNORECASE,
)
_PUTS_BACK = re.compile(
    r"\b(?:(?:put|get|bring|give|want|need|have|take|add) (?:(?:me|it|that|this)\s+){1,2}"
    r"(?:back|again)\b|shouldn'?t have|didn'?t mean (?:to|that|it)\b|that was (?:a mistake|wrong))",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\W*(?:(?:show|give|list|see|tell)(?: me)?\s+)?(?:some |the )?"
    r"(?:more|rest|next(?: page| ones)?|others?)(?: results| classes| courses| of them)?"
    r"(?:\s*(?:please|pls|plz))?\W*$",
    re.IGNORECASE,
)
_WAITLIST = re.compile(r"\bwait\s?-?list", re.IGNORECASE)
_ELIGIBLE = re.compile(
    r"\b(can|can'?t|could|may|am) i\b.*\b(take|enroll|enrol|register|get into|sign up|join|eligible"
    r"|allowed|qualified|ready)\b|\b(eligible|qualif\w+)\b"
    r"|\bprereq\w*\b.*\b(met|meet|satisf\w+|missing)\b"
    r"|\bdo i (?:meet|satisfy|have)\b.*\bprereq",
    re.IGNORECASE,
)
_LET_BE = re.compile(
    r"\W*(?:(?:oh|ok|okay|well|ah|um)\W+)*(?:never\W?mind|nvm|nm|forget it"
    r"|it'?s (?:ok|fine|nothing))\b.{0,12}$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(try again|retry|again)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(any|either|whichever|whatever|doesn'?t matter|don'?t care|no preference)\b",
                  re.IGNORECASE)  # fmt: skip
_SWAP = re.compile(
    r"\b(swap|switch|replace|exchange|trade|change|substitut|instead|rather|drop|ditch|give up"
    r"|out)",
    re.IGNORECASE,
)
_WITHOUT_PREREQUISITES = re.compile(
    r"\b(?:without|w/?o|w/out|no|zero|(?:do|does|have|has)n'?t (?:have|need|require))\b"
    r"[^.?!]{0,20}\bpre-?req",
    re.IGNORECASE,
)
_COMING = re.compile(r"\b(?:coming|upcoming)\s+$", re.IGNORECASE)
_WISH = re.compile(
    r"^\W*(?:\w+ ){0,3}?(?:put|sign|enroll?|add|get|register|let|count)\s+me\b"
    r"(?:\s+(?:in|up|down|on|into|for|to))*"
    r"|^\W*(?:enroll?|register|add|sign up)\W*$",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\b(also|too|as well|additionally|in addition|besides|(?:the )?same (?:quarter|term))\b"
    r"|^\W*(?:and|plus)\b",
    re.IGNORECASE,
)
_COURSES = re.compile(r"\b(?:class|course|seminar|section)(?:e?s)?\b", re.IGNORECASE)
_SEATS = re.compile(
    r"\b(?:free|open|empty|available|vacant|any|more) (?:seat|spot|place|space)s?\b"
    r"|\b(?:seat|spot|place|space)s? (?:left|free|open|available|remaining)\b",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"(?=.*\b(?:when|what (?:day|date)|last day|deadlines?|dates?|until|still|too late|how long)\b)"
    r".*\b(?:enroll?(?:ment|ing)?|regist(?:er|ration)|add(?:ing)?|drop(?:ping)?|withdraw\w*|window"
    r"|(?:quarter|term|classes|semester)s? (?:start|begin|end|over)s?)\b",
    re.IGNORECASE | re.DOTALL,
)
_FILLER = frozenset(
    (
        "a an and at um uh er oh ok okay please pls plz thanks thank you the in on for of to so "
        "well hmm it is that's thats its it's i i'm im me my would will be like want prefer think "
        "guess say let's lets make that this one then just actually sorry no yes yeah sure maybe "
        "how about what with do go take quarter term semester year units unit section class "
        "course instead rather meant mean sounds good works work can could we hi hello hey also "
        "or by as too plus"
    ).split()
)


def swaps(text: str) -> bool:
    """Whether the text speaks of one thing for another."""
    return _SWAP.search(text) is not None


def without_wish(text: str) -> str:
    """What is left of "sign me up for it": the class that was named, if any."""
    return _WISH.sub("", text).strip()


def continues(text: str) -> bool:
    """Whether the text leans on the question before: "and in spring?", "what about …"."""
    return _ELLIPSIS.search(text) is not None


def adds(text: str) -> bool:
    """Whether the text puts something beside what was wished before: "and MATH51 as well"."""
    return _ADDS.search(text) is not None


def speaks_of_courses(text: str) -> bool:
    """Whether the text itself says that it is about classes: "and a course on dropout?"."""
    return _COURSES.search(text) is not None


def corrects(text: str) -> bool:
    """Whether the text takes something back: "actually spring", "no, 2020"."""
    return _CORRECTION.search(text) is not None


def undoes(text: str) -> bool:
    """Whether the text asks to reverse what was just done."""
    return _UNDO.search(text) is not None


def puts_back(text: str) -> bool:
    """Whether the text regrets what was just done, without naming it: "oh no, put it back"."""
    return _PUTS_BACK.search(text) is not None


def wants_more(text: str) -> bool:
    """Whether the text asks for the next page of a list."""
    return _MORE.match(text) is not None


def accepts_waitlist(text: str) -> bool:
    """Whether the text itself speaks of the waitlist."""
    return _WAITLIST.search(text) is not None


def asks_eligibility(text: str) -> bool:
    """Whether the text asks if the speaker may take a course."""
    return _ELIGIBLE.search(text) is not None


def lets_be(text: str) -> bool:
    """Whether the text only drops the matter: "never mind"."""
    return _LET_BE.match(text) is not None


def retries(text: str) -> bool:
    """Whether the text asks to try the same once more."""
    return _AGAIN.search(text) is not None


def any_will_do(text: str) -> bool:
    """Whether the text leaves the choice open."""
    return _ANY.search(text) is not None


def without_prerequisites(text: str) -> bool:
    """Whether the text wants what needs nothing before it."""
    return _WITHOUT_PREREQUISITES.search(text) is not None


def coming_before(text: str, start: int) -> bool:
    """Whether the words right before a quarter make it the next one: "the coming winter"."""
    return _COMING.search(text[:start]) is not None


def asks_seats(text: str) -> bool:
    """Whether the text asks if there is still a place: "is there a free seat"."""
    return _SEATS.search(text) is not None


def asks_dates(text: str) -> bool:
    """Whether the text asks when one can enroll or drop, or when a quarter begins or ends."""
    return _DATES.match(text) is not None


def content_words(text: str) -> list[str]:
    """Words that are neither filler nor numbers: a bare answer has none besides its spans."""
    words = re.findall(r"[a-z']+", text.lower())
    return [word for word in words if word not in _FILLER and len(word) > 1]
