"""What a course opens, and what to take next after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from actions.context import Exchange
from actions.standing import taken_with, together
from bot.dialogue.state import Mentioned
from knowledge.clients.advising import FollowerView, SuggestionView, Terms
from knowledge.clients.values import CourseView

_MOST = 10
_SUGGESTED, _CONSIDERED = 6, 50
Item = TypeVar("Item", FollowerView, SuggestionView)


async def opened(exchange: Exchange, found: CourseView, others: list[str]) -> None:
    """What is open with the course that was not, and what is a step closer."""
    taken = await taken_with(exchange, others)
    answer = await exchange.services.advising.after(found.code, taken, exchange.services.clock())
    name = f"{found.code} {found.title}"
    if not answer.unlocked and not answer.closer:
        exchange.say("utter_unlocks_nothing", course=name)
        return
    texts, unlocked = [], _in_term(exchange, answer.unlocked)
    if unlocked:
        listed = _followers(exchange, unlocked, "utter_part_unlocked")
        texts.append(exchange.part("utter_unlocks", course=name, list=listed))
    if answer.closer:
        listed = _followers(exchange, answer.closer, "utter_part_closer")
        texts.append(exchange.part("utter_brings_closer", course=name, list=listed))
    _listed(exchange, unlocked)
    exchange.dispatcher.utter_message(text="\n".join(texts))


def _in_term(exchange: Exchange, found: Sequence[Item]) -> list[Item]:
    """What is offered in the quarter that was named; all of it when none is, or nothing then."""
    term = exchange.state.args.get("term") or {}
    quarters, year = term.get("quarters"), term.get("year")
    then = [
        each
        for each in found
        if any((not quarters or q in quarters) and year in (None, y) for q, y in each.terms)
    ]
    return then if term and then else list(found)


def _followers(exchange: Exchange, followers: Sequence[FollowerView], part: str) -> str:
    """Those of the coming terms first; the rest is counted."""
    ordered = _soonest(followers)
    lines = [
        exchange.part(
            part,
            number=number,
            course=f"{each.code} {each.title}",
            still=each.still,
            terms=_when(exchange, each.terms),
        )
        for number, each in enumerate(ordered[:_MOST], 1)
    ]
    if len(ordered) > _MOST:
        lines.append(exchange.part("utter_part_and_more", count=len(ordered) - _MOST))
    return "\n".join(lines)


def _soonest(followers: Sequence[FollowerView]) -> list[FollowerView]:
    return sorted(followers, key=lambda each: not each.terms)


async def following(exchange: Exchange, found: CourseView, others: list[str]) -> None:
    """The best next classes, each with its reasons."""
    taken = await taken_with(exchange, others)
    today = exchange.services.clock()
    advising = exchange.services.advising
    near = await advising.following(found.code, taken, today, _CONSIDERED)
    suggestions = _in_term(exchange, near)[:_SUGGESTED]
    name = f"{found.code} {found.title}"
    if not suggestions:
        exchange.say("utter_nothing_next", course=name)
        return
    lines = [
        exchange.part(
            "utter_part_next",
            number=number,
            course=f"{each.code} {each.title}",
            terms=_when(exchange, each.terms),
            reason=_reason(exchange, found.code, each),
        )
        for number, each in enumerate(suggestions, 1)
    ]
    _listed(exchange, suggestions)
    exchange.say("utter_next", course=name, list="\n".join(lines))


def _reason(exchange: Exchange, code: str, suggestion: SuggestionView) -> str:
    """Why it is suggested, and what would still stand before it."""
    reasons = []
    if suggestion.builds_on:
        reasons.append(exchange.part("utter_part_builds_on", code=code))
    if suggestion.topics:
        topics = together(exchange, suggestion.topics)
        reasons.append(exchange.part("utter_part_shares_topics", topics=topics))
    if suggestion.still:
        reasons.append(exchange.part("utter_part_still_needs", still=suggestion.still))
    return "; ".join(reasons)


def _listed(exchange: Exchange, found: Sequence[FollowerView | SuggestionView]) -> None:
    """ "The second one" points into the list that was shown."""
    ordered = sorted(found, key=lambda each: not each.terms)[:_MOST]
    results = tuple(_mentioned(each.code, each.title, each.terms) for each in ordered)
    exchange.state = replace(exchange.state, results=results, more=False)


def _mentioned(code: str, title: str, terms: Terms) -> Mentioned:
    if len(terms) != 1:
        return Mentioned(code, title)
    return Mentioned(code, title, None, *terms[0])


def _when(exchange: Exchange, terms: Terms) -> str:
    named = ", ".join(f"{quarter} {year}" for quarter, year in terms)
    return named or exchange.part("utter_part_not_soon")
