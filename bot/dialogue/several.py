"""Several wishes in one message: its parts, each with what was said of it alone.

"Drop ECON1 and swap CS106A for CS106B" are two wishes; "CS106A in winter and CS106B in spring" is
one, of which each class has a term of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bot.dialogue import pointing
from bot.dialogue.state import GoalKind
from bot.dialogue.turn import Mention, Turn
from bot.dialogue.verbs import VERBS
from knowledge.model.terms import Quarter
from nlu.normalise import terms

_JOINT = (
    r"(?:^|[,;.!]|\b(?:and|then|also|plus|but)\b|&)\W*"
    r"(?:(?:and|then|also|please|pls|just|can you|could you|can i|could i|to|instead"
    r"|i(?:'d| would| wanna| want| need)?(?: like)?(?: to)?|let'?s)\b\W*)*"
)
_QUESTION = r"when|where|who|what|which|how|why|is|are|does|do|can i take|tell me"
_KINDS = {**{kind.value: words for kind, words in VERBS.items()}, "inform": _QUESTION}
_BEGINS = re.compile(
    _JOINT + "(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + r")\b",
    re.IGNORECASE,
)
_TERM = ("quarter", "year")
_CLASS = ("code", "title")
_OWN = (*_TERM, "units", "grading", "day", "time", "instructor")
Part = tuple[int, int]


def wishes(turn: Turn) -> list[Turn]:
    """The turn, or one turn for each wish or question in it with a verb and a class of its own."""
    begun = [(match.start(), str(match.lastgroup)) for match in _BEGINS.finditer(turn.text)]
    if turn.intent not in tuple(GoalKind) or len(begun) < 2:
        return [turn]
    starts = [0, *(at for at, _ in begun[1:]), len(turn.text)]
    parts = [
        replace(_cut(turn, bounds), intent=kind)
        for bounds, (_, kind) in zip(pairwise(starts), begun, strict=True)
    ]
    alone = all(_names_class(part) for part in parts)
    return _with_terms(parts) if alone and not _exchanges(turn, parts) else [turn]


def _exchanges(turn: Turn, parts: list[Turn]) -> bool:
    """ "Drop A and add B" is one exchange, in which no seat is lost."""
    kinds = {part.intent for part in parts}
    one_each = len(parts) == 2 and kinds == {"drop", "enroll"}
    alone = all(len([m for m in part.mentions if m.slot in _CLASS]) <= 1 for part in parts)
    return one_each and alone and turn.intent == GoalKind.SWAP


def _names_class(part: Turn) -> bool:
    return part.has(*_CLASS) or pointing.refers(part.text) or pointing.both(part.text)


def _with_terms(parts: list[Turn]) -> list[Turn]:
    """ "Add CS106A and also put me in ECON1 for winter": the term of the next of the same kind."""
    whole = list(parts)
    for place in range(len(whole) - 2, -1, -1):
        part, following = whole[place], whole[place + 1]
        if part.intent == following.intent == "enroll" and not part.has(*_TERM):
            whole[place] = _and(part, [m for m in following.mentions if m.slot in _TERM])
    return whole


def each_with_its_own(turn: Turn) -> list[Turn]:
    """One turn for each class, when more than one term or number of units is told among them."""
    spans = [mention for mention in turn.mentions if mention.slot in _CLASS]
    repeated = [slot for slot in ("quarter", "year", "units") if len(turn.of(slot)) > 1]
    if len(spans) < 2 or not repeated:
        return [turn]
    own = [mention for mention in turn.mentions if mention.slot in _OWN]
    if own[0].start < spans[0].start:  # "in winter CS106A and in spring CS106B"
        bounds = [0, *(span.start + len(span.text) for span in spans)]
    else:
        bounds = [0, *(span.start for span in spans[1:]), len(turn.text)]
    parts = [_cut(turn, bound) for bound in pairwise(bounds)]
    last = parts[-1].of("quarter")
    if len(last) == len(parts) and not any(part.has("quarter") for part in parts[:-1]):
        apart = [_without_term(part) for part in parts]  # "… in winter and spring respectively"
        return _dated([_and(*pair) for pair in zip(apart, ([q] for q in last), strict=True)])
    return _dated(_lent(parts, own[0].start < spans[0].start))


def pairs(turn: Turn) -> list[Turn]:
    """ "Swap A for B and C for D" is two swaps."""
    spans = [mention for mention in turn.mentions if mention.slot in _CLASS]
    if len(spans) != 4:
        return [turn]
    half = spans[2].start
    return [_cut(turn, (0, half)), _cut(turn, (half, len(turn.text)))]


def _lent(parts: list[Turn], before: bool) -> list[Turn]:
    """Classes that share a term: "A and B in winter, C in spring"."""
    whole = list(parts)
    order = range(1, len(parts)) if before else range(len(parts) - 2, -1, -1)
    for place in order:
        neighbour = whole[place - 1 if before else place + 1]
        if not whole[place].has(*_TERM):
            shared = [mention for mention in neighbour.mentions if mention.slot in _TERM]
            whole[place] = _and(whole[place], shared)
    return whole


def _dated(parts: list[Turn]) -> list[Turn]:
    """One year that was said holds for all, but for an Autumn beside other quarters."""
    said = [(mention, _in_autumn(part)) for part in parts for mention in part.of("year")]
    if len({mention.text for mention, _ in said}) != 1:
        return parts
    year, fall = said[0]
    return [
        part if part.has("year") or _in_autumn(part) is not fall else _and(part, [year])
        for part in parts
    ]


def _in_autumn(part: Turn) -> bool:
    named = [terms.quarter(mention.text) for mention in part.of("quarter")]
    return any(value is not None and value.season == Quarter.AUTUMN for value in named)


def _without_term(part: Turn) -> Turn:
    return replace(part, mentions=tuple(m for m in part.mentions if m.slot != "quarter"))


def _and(part: Turn, mentions: list[Mention]) -> Turn:
    """The part with a neighbour's mentions, their words put behind its own."""
    text, added = part.text, []
    for mention in mentions:
        added.append(replace(mention, start=len(text) + 1))
        text = f"{text} {mention.text}"
    return replace(part, text=text, mentions=(*part.mentions, *added))


def _cut(turn: Turn, part: Part) -> Turn:
    begin, end = part
    inside = (m for m in turn.mentions if begin <= m.start < end)
    mentions = tuple(replace(m, start=m.start - begin) for m in inside)
    return replace(turn, text=turn.text[begin:end], mentions=mentions)
