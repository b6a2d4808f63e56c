"""A student's message on its way from a door to Rasa, under names that a second run shares."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.channels.ids import message_key, reply_id
from bot.channels.messages import Incoming
from knowledge.model.students import Principal


@dataclass(frozen=True)
class Heard:
    """Who said what in which conversation; `key` is the message's name in Rasa and at Axess."""

    incoming: Incoming
    principal: Principal
    conversation: str
    key: str

    @classmethod
    def at(cls, conversation: str, principal: Principal, incoming: Incoming) -> Heard:
        """Named after the client's id; without one, nobody can send it again."""
        known = incoming.message_id
        key = message_key(conversation, known) if known else uuid.uuid4().hex
        return cls(incoming, principal, conversation, key)

    def for_rasa(self, output: OutputChannel, door: str) -> UserMessage:
        """The message as Rasa takes it."""
        return UserMessage(
            self.incoming.text,
            output,
            self.conversation,
            input_channel=door,
            message_id=self.key,
            metadata=self.incoming.metadata(self.principal),
        )

    def numbered(self, replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The replies under the ids by which the record knows them."""
        return [{**reply, "id": reply_id(self.key, at)} for at, reply in enumerate(replies)]
