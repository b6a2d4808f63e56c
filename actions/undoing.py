"""Taking back the last act on the record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.context import Exchange
from actions.refusing import refuse
from actions.telling import DOWN, tell
from bot.dialogue.state import GoalKind
from knowledge.errors import QuadError


async def undo(exchange: Exchange) -> None:
    """Reverse the last act on the record."""
    effect = exchange.state.effect
    if effect is None:
        exchange.say("utter_nothing_to_cancel")
        return
    axess, key = (
        exchange.services.axess,
        f"undo:{effect.turn}:{effect.class_id}:{exchange.tracker.sender_id}",
    )
    try:
        if effect.kind is GoalKind.ENROLL:
            done = await axess.drop(exchange.suid, effect.class_id, key)
        elif effect.kind is GoalKind.DROP:
            linked: dict[str, Any] = {"linked_class_id": effect.linked_class_id}
            done = await axess.enroll(exchange.suid, effect.class_id, key, **linked)
        else:
            back = effect.other_class_id or effect.class_id
            again = back == effect.class_id
            lab: dict[str, Any] = {"linked_class_id": effect.linked_class_id} if again else {}
            done = await axess.swap(exchange.suid, effect.class_id, back, key, **lab)
    except DOWN:
        raise
    except QuadError as error:
        exchange.state = replace(exchange.state, effect=None, question=None)
        refuse(exchange, error, effect.code)
        return
    exchange.state = replace(exchange.state, effect=None, question=None)
    tell(exchange, f"utter_undone_{effect.kind.value}", done)
