"""After three failures: a person, and what the conversation was about, in the reply."""

from __future__ import annotations

from actions.asking import label
from actions.context import Exchange
from actions.standing import together
from bot.dialogue.decide import first_missing
from bot.dialogue.state import Ask, Goal, GoalKind

_MOST_WORDS = 200


async def hand_over(exchange: Exchange) -> None:
    """Whom to ask, and a summary to take there."""
    contact = exchange.part("utter_handoff")
    exchange.say("utter_hand_over", contact=contact, summary=summary(exchange))


def summary(exchange: Exchange) -> str:
    """What was wanted and what was still missing; without a wish, the last words."""
    goals = exchange.state.goals
    if not goals:
        said = str(exchange.message.get("text") or "")[:_MOST_WORDS]
        return exchange.part("utter_part_last_words", said=said)
    wishes = together(exchange, [_wish(exchange, goal) for goal in goals])
    missing = _missing(exchange, goals[0])
    needed = exchange.part("utter_part_nothing_needed")
    if missing is not None:
        what = exchange.part(f"utter_part_missing_{missing.value}")
        needed = exchange.part("utter_part_needed", missing=what)
    return exchange.part("utter_part_wanted", wishes=wishes) + needed


def _missing(exchange: Exchange, goal: Goal) -> Ask | None:
    question = exchange.state.question
    missing = first_missing(goal)
    if missing is not None or question is None or question.ask is Ask.MEANING:
        return missing
    return question.ask


def _wish(exchange: Exchange, goal: Goal) -> str:
    nameless = exchange.part("utter_part_a_class")
    term = " ".join(str(goal.get(slot)) for slot in ("quarter", "year") if goal.get(slot))
    facts = {
        "course": label(goal) or nameless,
        "when": exchange.part("utter_part_for", term=term) if term else "",
    }
    if goal.kind is GoalKind.SWAP:
        facts["dropped"] = goal.get("drop_code") or nameless
    return exchange.part(f"utter_part_wish_{goal.kind.value}", **facts)
