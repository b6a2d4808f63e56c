"""One conversation with the bot in process: what Rasa does between a message and its replies.

`action_understand`, then acts chosen one after another among the permitted ones until the bot
listens; the action handlers are those of the action server.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import QuadAction
from actions.context import SLOT
from actions.understand import ActionUnderstand
from actions.wiring import HANDLERS
from bot.dialogue.acts import Act
from bot.dialogue.decide import candidates
from bot.dialogue.state import DialogueState
from bot.policy.agents import Agent, Decision
from bot.policy.simulator.ears.hearing import Ear
from bot.policy.simulator.values import Reply, Utterance
from bot.policy.simulator.world.world import World
from nlu.serving.engine import Said


@dataclass(frozen=True)
class Chosen:
    """One decision of the policy, and in which turn of the student's it fell (from 0)."""

    decision: Decision
    act: Act
    turn: int


@dataclass
class Conversation:
    """One student's conversation; `slot` is the state as it stands in Rasa's slot."""

    world: World
    agent: Agent
    ear: Ear
    suid: str
    slot: dict[str, Any] | None = None
    turns: int = 0
    said: list[Said] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)
    noted: str = ""  # of the last turn: the intent as it was heard, and the acts

    @property
    def state(self) -> DialogueState:
        """The state as the policy reads it."""
        return DialogueState.from_json(self.slot)

    async def say(self, said: Utterance) -> list[Reply]:
        """One message of the student's; the bot's replies."""
        heard = self.ear.hear(said, self.said)
        message_id = f"{self.suid}-{self.turns}"
        metadata = {"principal": {"subject": self.suid, "role": "student"}}
        message = {**heard, "message_id": message_id, "metadata": metadata}
        self.said.append(Said(heard["text"], of_user=True))
        await self._perform(ActionUnderstand(self.world.services), message)
        executed: list[str] = []
        replies: list[Reply] = []
        while (act := self._choose(executed, message_id)) is not Act.LISTEN:
            replies += await self._act(act, message)
            executed.append(act.value)
        self.said += [Said(reply.text, of_user=False) for reply in replies]
        self.turns += 1
        self.noted = f"{heard['intent']['name']}: {' '.join(map(_plain, executed))}"
        return replies

    def _choose(self, executed: list[str], message_id: str) -> Act:
        state = self.state
        decision = Decision(state, tuple(executed), candidates(state, executed, message_id))
        act = self.agent.choose(decision)
        self.chosen.append(Chosen(decision, act, self.turns))
        return act

    async def _act(self, act: Act, message: dict[str, Any]) -> list[Reply]:
        services = self.world.services
        if act in HANDLERS:
            return await self._perform(QuadAction(act, HANDLERS[act], services), message)
        return [Reply(services.texts.render(act.value, self.turns))]

    async def _perform(
        self, action: QuadAction | ActionUnderstand, message: dict[str, Any]
    ) -> list[Reply]:
        dispatcher = CollectingDispatcher()
        tracker = Tracker(self.suid, {SLOT: self.slot}, message, [], False, None, {}, "")
        for event in await action.run(dispatcher, tracker, {}):
            if event.get("name") == SLOT:
                self.slot = event["value"]
        return [_reply(uttered) for uttered in dispatcher.messages]


def _plain(act: str) -> str:
    return act.removeprefix("action_").removeprefix("utter_")


def _reply(uttered: dict[str, Any]) -> Reply:
    labels = [button["title"] for button in uttered.get("buttons") or ()]
    return Reply(uttered.get("text") or "", tuple(labels))
