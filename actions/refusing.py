"""A registrar's refusal in words: what stands against it and what the student can do instead."""

from __future__ import annotations

from actions.context import Exchange
from knowledge.clients.values import CourseView
from knowledge.errors import QuadError


def refuse(
    exchange: Exchange, error: QuadError, code: str, course: CourseView | None = None
) -> None:
    """Utter the sentence of this problem with its facts."""
    exchange.say(response_of(exchange, error), **facts_of(error, code, course))


def reason(exchange: Exchange, error: QuadError, code: str) -> str:
    """The same as a piece of a longer text."""
    return exchange.part(response_of(exchange, error), **facts_of(error, code, None))


def response_of(exchange: Exchange, error: QuadError) -> str:
    """The response of a problem, or the general one for a problem without its own."""
    name = f"utter_refused_{error.problem.replace('-', '_')}"
    return name if exchange.services.texts.has(name) else "utter_refused"


def facts_of(error: QuadError, code: str, course: CourseView | None) -> dict[str, object]:
    """What the sentences may name."""
    title = course.title if course is not None else ""
    return {"problem": error.problem, "title": title, **error.data(), "code": code}
