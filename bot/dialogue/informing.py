"""Questions about courses: which act answers them, and about what."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.dialogue import cues, pointing
from bot.dialogue.acts import Act
from bot.dialogue.advising import advised
from bot.dialogue.filling import Clock, both, class_mentions, referred
from bot.dialogue.querying import query_filters
from bot.dialogue.repairing import unclear
from bot.dialogue.rereading import asks_clash
from bot.dialogue.state import DialogueState, Mentioned
from bot.dialogue.turn import Mention, Turn
from nlu.normalise import choices

_TERM_KEYS = frozenset({"quarters", "year", "academic_start"})
_SUBSTANCE = frozenset({"subjects", "topics", "instructors", "requirements"})
MATTER = frozenset({"subjects", "topics"})  # another one is another search
DESCRIBING = ("topic", "subject", "instructor", "requirement")  # slots that name no one class
_ROOM_LEFT = re.compile(r"\b(?:still|any|enough|is there|left|more|have)\b", re.IGNORECASE)
SEARCH, COURSE = "search", "course"
_OF_MATTER = _SUBSTANCE | {"text", "about", "tagged", "not_tagged"}


def inform(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    """The state with the act that answers: the next page, a course's facts, or a search."""
    if cues.wants_more(turn.text):
        shown = search(state, state.query, next_page=True)
        return shown if state.more else replace(state, act=Act.NO_MORE)
    filters = query_filters(turn, clock)
    courses = class_mentions(turn, state)
    if not courses and not ((_SUBSTANCE | {"no_prerequisites"}) & filters.keys()):
        pointed = _pointed(state, turn)
        courses = both(turn, state) or ([pointed] if pointed is not None else [])
    if not courses and (vain := _in_vain(state, turn)) is not None:
        return vain
    if (asked := advised(state, turn, courses)) is not None:
        return replace(asked, about=COURSE, args={**asked.args, "term": _terms(filters)})
    if courses:
        return _course(state, turn, courses, filters)
    if set(filters) == {"units"} and not state.query and not _says_units(turn):
        return unclear(state)  # a bare "5" asks for nothing
    if filters:
        return search(state, merged(state, turn, filters))
    if turn.has("attribute") or (turn.intent == "inform" and pointing.refers(turn.text)):
        return replace(state, act=Act.WHICH_ONE)
    return search(state, {"text": turn.text}) if turn.intent == "inform" else state


def _says_units(turn: Turn) -> bool:
    """Whether a number of units is called that, or is asked for in a sentence."""
    return any(word.isalpha() for word in turn.text.split())


def listed(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    """The state with a search for what the turn names."""
    narrowed = state.query if pointing.the_one(turn.text) else {}
    return search(state, {**narrowed, **query_filters(turn, clock)})


def _in_vain(state: DialogueState, turn: Turn) -> DialogueState | None:
    """ "The second one" of a list of one, "the one on Fridays" of several: say so, or ask."""
    if not state.results or turn.has("code", "title", "subject", "topic"):
        return None
    index = pointing.ordinal(turn.text)
    beyond = index is not None and index >= len(state.results)
    if not beyond and not (pointing.the_one(turn.text) and not turn.mentions):
        return None
    if len(state.results) > 1 or referred(turn, state) is not None:
        return replace(state, act=Act.WHICH_ONE)
    shown = _course(state, turn, list(state.results), {})
    return replace(shown, args={**shown.args, "alone": True})


def _pointed(state: DialogueState, turn: Turn) -> Mentioned | None:
    """What a question without a name is about: a reference, or the course just talked about."""
    if (pointed := referred(turn, state)) is not None:
        return pointed
    if state.focus is None:
        return None
    leaning = cues.continues(turn.text) or turn.is_bare
    asks = cues.asks_eligibility(turn.text) or cues.asks_seats(turn.text) or asks_clash(turn.text)
    if turn.has("attribute") or asks:
        return state.focus
    return state.focus if state.about == COURSE and leaning else None


def _course(
    state: DialogueState, turn: Turn, courses: list[Mentioned], filters: dict[str, Any]
) -> DialogueState:
    asked = [_attribute(turn, mention) for mention in turn.of("attribute")]
    attributes = [value for value in dict.fromkeys(asked) if value is not None]
    if not attributes and cues.asks_seats(turn.text):
        attributes = ["seats"]
    if not attributes and state.about == COURSE and _leans(turn):
        attributes = list(state.args.get("attributes", ()))
    args: dict[str, Any] = {
        "courses": [
            {"code": c.code, "title": c.title, "class_id": c.class_id} for c in courses[:3]
        ],
        "attributes": attributes,
        "eligible": cues.asks_eligibility(turn.text),
        "clash": asks_clash(turn.text),
        "term": _term(state, turn, filters) or _carried(courses[0]),
    }
    return replace(state, act=Act.COURSE, args=args, about=COURSE)


def _attribute(turn: Turn, mention: Mention) -> str | None:
    """What is asked for; "is there still room" asks for seats, not for the place."""
    room = mention.text.lower() == "room" and _ROOM_LEFT.search(turn.text)
    return "seats" if room else choices.attribute(mention.text)


def _leans(turn: Turn) -> bool:
    """A follow-up such as "what about CS106B?", or "sorry, CS106B", asks the same again."""
    return cues.continues(turn.text) or _mends(turn)


def _mends(turn: Turn) -> bool:
    return turn.is_bare and cues.corrects(turn.text)


def _terms(filters: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in filters.items() if key in _TERM_KEYS}


def _term(state: DialogueState, turn: Turn, filters: dict[str, Any]) -> dict[str, Any]:
    """The term said now; "2019" after "winter", and "5 units" after both, leave it standing."""
    said = _terms(filters)
    leaning = state.about == COURSE and (turn.is_bare or cues.continues(turn.text))
    another = class_mentions(turn, state) and not _mends(turn)
    if not leaning or "quarters" in said or another:
        return said
    kept = {"quarters"} if said else _TERM_KEYS
    before = state.args.get("term", {})
    return {**{key: before[key] for key in kept & before.keys()}, **said}


def _carried(mentioned: Mentioned) -> dict[str, Any]:
    if mentioned.quarter is None:
        return {}
    return {"quarters": [mentioned.quarter], "year": mentioned.year}


def merged(state: DialogueState, turn: Turn, filters: dict[str, Any]) -> dict[str, Any]:
    """A question that leans on the last search amends it; any other starts afresh."""
    leaning = cues.continues(turn.text) or turn.is_bare or turn.intent == "answer"
    another = MATTER & filters.keys() and MATTER & state.query.keys()
    leaning = leaning or (pointing.narrows(turn.text) and not another)
    fresh = not state.query or not leaning
    if fresh and not (state.query and not (_SUBSTANCE | {"level"}) & filters.keys()):
        return filters
    kept = dict(state.query)
    if MATTER & filters.keys():
        kept = {key: value for key, value in kept.items() if key not in _OF_MATTER}
    if "quarters" in filters and "year" not in filters:
        kept = {key: value for key, value in kept.items() if key != "quarters"}
    return {**kept, **filters}


def search(state: DialogueState, query: dict[str, Any], next_page: bool = False) -> DialogueState:
    """The state with a list to be shown: the first page of a query, or the next one."""
    return replace(
        state,
        act=Act.SEARCH,
        query=query,
        offset=state.offset if next_page else 0,
        about=SEARCH,
        args={},
    )
