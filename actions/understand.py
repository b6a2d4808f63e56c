"""`action_understand`: runs after every message (custom slot mapping) and updates the state."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import SLOT, Exchange, Services
from actions.demonstrating import demo_named
from actions.held import other_one
from actions.labs import lectures_with_labs
from actions.resolving import resolved
from bot.dialogue.acts import Act
from bot.dialogue.repairing import misnamed
from bot.dialogue.track import settle, track
from bot.dialogue.turn import Turn
from knowledge.errors import QuadError

logger = logging.getLogger(__name__)
_NOT_UNDERSTOOD = frozenset({Act.OTHER, Act.UNCLEAR, Act.REPHRASE})


class ActionUnderstand(Action):
    """Track the turn, resolve titles against the catalogue, settle on the next act."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def name(self) -> str:
        """Named in the slot mapping of `dialogue`."""
        return "action_understand"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """On failure the old state stays, by which the policy sees that we did not understand."""
        exchange = Exchange.begin(tracker, dispatcher, self._services)
        message = exchange.message
        turn = Turn.from_parse(message, str(message.get("message_id")), exchange.principal)
        try:
            clock = await self._services.academic_clock()
            state = track(exchange.state, turn, clock)
            state = await resolved(state, self._services.catalogue)
            state = await other_one(state, self._services.axess, turn.suid)
            state = await lectures_with_labs(state, self._services.axess, turn.suid)
            state = misnamed(exchange.state, settle(state))
            state = await demo_named(state, turn.text, self._services.skills)
        except QuadError as error:
            logger.warning("could not understand a message: %s", error)
            return []
        if state.act in _NOT_UNDERSTOOD:
            self._services.questions.unanswered("unclear", turn.text)
        return [{"event": "slot", "name": SLOT, "value": state.to_json(), "timestamp": None}]
