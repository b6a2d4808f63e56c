"""A registrar's refusal in words: what stands against it and what the student can do instead."""

from __future__ import annotations

from actions.context import Exchange
from knowledge.clients.values import CourseView
from knowledge.errors import QuadError


def refuse(
    exchange: Exchange,
    error: QuadError,
    code: str,
    course: CourseView | None = None,
    *,
    asked: bool = False,
) -> None:
    """Utter the sentence of this problem with its facts and the next step, and the step's buttons;
    without these where a question follows at once (`asked`).
    """
    name, facts = response_of(exchange, error), facts_of(error, code, course)
    buttons = exchange.services.texts.buttons(f"{name}_next", **facts)
    exchange.tell(_both(exchange, name, facts), [] if asked else buttons)


def reason(exchange: Exchange, error: QuadError, code: str) -> str:
    """The same as a piece of a longer text."""
    return _both(exchange, response_of(exchange, error), facts_of(error, code, None))


def _both(exchange: Exchange, name: str, facts: dict[str, object]) -> str:
    said, following = (exchange.part(each, **facts) for each in (name, f"{name}_next"))
    return f"{said} {following}"


def response_of(exchange: Exchange, error: QuadError) -> str:
    """The response of a problem, or the general one for a problem without its own."""
    name = f"utter_refused_{error.problem.replace('-', '_')}"
    return name if exchange.services.texts.has(name) else "utter_refused"


def facts_of(error: QuadError, code: str, course: CourseView | None) -> dict[str, object]:
    """What the sentences may name."""
    title = course.title if course is not None else ""
    return {"problem": error.problem, "title": title, **error.data(), "code": code}
