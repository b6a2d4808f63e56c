"""What comes before a course, with what the student has marked off, and the shortest way there."""

from __future__ import annotations

from actions.context import Exchange
from actions.standing import signed_in, taken, together
from knowledge.clients.advising import BeforeView, NeedView, RouteView, Taken
from knowledge.clients.values import CourseView

_MOST_DEEPER = 10
_CONSENT = "consent"  # as prerequisites are written


async def before(exchange: Exchange, found: CourseView, others: list[str]) -> None:
    """The conditions one by one, what is missing, what that needs in turn, and the way."""
    record, today = await taken(exchange), exchange.services.clock()
    about = others[0] if others else None
    answer = await exchange.services.advising.before(found.code, record, today, about)
    name = f"{found.code} {found.title}"
    lines = [_need(exchange, name, answer.about)] if answer.about is not None else []
    if not answer.conditions:
        exchange.say("utter_about_no_prerequisites", course=name)
        return
    lines.append(exchange.part("utter_before", course=name, list=_conditions(exchange, answer)))
    lines += [_standing(exchange, name, answer, record), *_deeper(exchange, answer)]
    lines += _route(exchange, answer.route) if answer.missing or not signed_in(exchange) else []
    exchange.dispatcher.utter_message(text="\n".join(line for line in lines if line))


def _need(exchange: Exchange, name: str, need: NeedView) -> str:
    kind = "always" if need.always else "sometimes" if need.possible else "never"
    return exchange.part(f"utter_part_needed_{kind}", other=need.code, course=name)


def _conditions(exchange: Exchange, answer: BeforeView) -> str:
    return "\n".join(
        exchange.part(
            "utter_part_condition_met" if condition.by else "utter_part_condition",
            text=condition.text,
            by=together(exchange, condition.by),
        )
        for condition in answer.conditions
    )


def _standing(exchange: Exchange, name: str, answer: BeforeView, record: Taken) -> str:
    """How the student's own record stands to it: nothing is said of a visitor's."""
    if not signed_in(exchange):
        return ""
    if record.everything or not answer.missing:
        return exchange.part("utter_part_nothing_missing", course=name)
    if answer.missing == _CONSENT:
        return ""  # the way says so
    if not answer.have:
        return exchange.part("utter_part_all_missing", missing=answer.missing)
    have = together(exchange, answer.have)
    return exchange.part("utter_part_have_and_missing", have=have, missing=answer.missing)


def _deeper(exchange: Exchange, answer: BeforeView) -> list[str]:
    """What the missing courses need themselves."""
    shown = answer.deeper[:_MOST_DEEPER]
    listed = [exchange.part("utter_part_deeper", code=code, needs=needs) for code, needs in shown]
    if len(answer.deeper) > _MOST_DEEPER:
        more = len(answer.deeper) - _MOST_DEEPER
        listed.append(exchange.part("utter_part_and_more", count=more))
    return [exchange.part("utter_part_deeper_head"), *listed] if listed else []


def _route(exchange: Exchange, route: RouteView | None) -> list[str]:
    """The fewest courses that lead there, when that tells more than the conditions do."""
    if route is None:
        return [exchange.part("utter_part_no_route")]
    lines = []
    if route.courses:
        then = exchange.part("utter_part_then")
        way = then.join(together(exchange, quarter) for quarter in route.quarters)
        kind = "utter_part_route_one" if route.courses == 1 else "utter_part_route"
        kind = kind if route.shortest else "utter_part_some_route"
        facts = {"way": way, "courses": route.courses, "quarters": len(route.quarters)}
        lines.append(exchange.part(kind, **facts))
    if route.consents:
        lines.append(exchange.part("utter_part_consents", codes=together(exchange, route.consents)))
    return lines
