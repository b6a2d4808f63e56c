"""The frame of an action: state in, one handler, failures of services told kindly, state out."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import Exchange, Services
from actions.refusing import refuse
from actions.wording import wording
from bot.dialogue.acts import Act
from bot.dialogue.decide import goal_act
from bot.dialogue.state import Ask, DialogueState, Question
from knowledge.errors import QuadError, ServiceMisbehaved, ServiceUnavailable

_MOST_OF_A_BUTTON = 500
logger = logging.getLogger(__name__)
Handler = Callable[[Exchange], Awaitable[None]]


class QuadAction(Action):
    """Runs one handler under the name of its act."""

    def __init__(self, act: Act, handler: Handler, services: Services) -> None:
        self._act = act
        self._handler = handler
        self._services = services

    def name(self) -> str:
        """The action's name in the domain."""
        return self._act.value

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Handle the turn; when a service is down, say so and keep the goal for another try."""
        exchange = Exchange.begin(tracker, dispatcher, self._services)
        try:
            if exchange.zone is not None:
                exchange.calendar = (await self._services.academic_clock()).calendar
            await self._handler(exchange)
        except ServiceUnavailable as error:
            logger.warning("%s is unavailable during %s", error.service, self.name())
            self._tell(exchange, f"utter_down_{error.service}")
        except ServiceMisbehaved as error:
            logger.error("%s misbehaved during %s: %s", error.service, self.name(), error.detail)
            self._tell(exchange, f"utter_down_{error.service}")
        except QuadError as error:
            logger.info("%s was refused: %s", self.name(), error.problem)
            refuse(exchange, error, "")
            exchange.state = self._without_hope(exchange.state)
        return exchange.end()

    def _tell(self, exchange: Exchange, response: str) -> None:
        """Nothing was done; the goal waits, and "try again" repeats it under the same key. What
        was asked in between leaves the open question as it is; its button asks it again.
        """
        text, goal = wording(exchange, response)[0], exchange.state.goal
        waits = goal is not None and goal_act(goal) is self._act
        label = exchange.part("utter_part_try_again")
        said = label if waits else str(exchange.message.get("text") or "")[:_MOST_OF_A_BUTTON]
        buttons = [{"title": label, "payload": said}] if said else []
        exchange.dispatcher.utter_message(text=text, buttons=buttons)
        if waits:
            retry = Question(Ask.CONFIRM, topic="retry")
            exchange.state = replace(exchange.state, question=retry, digressed=False)

    def _without_hope(self, state: DialogueState) -> DialogueState:
        """A goal that this act would only be tried for again, to the same refusal, is given up."""
        if state.question is not None or state.goal is None:
            return state
        return state.given_up() if goal_act(state.goal) is self._act else state
