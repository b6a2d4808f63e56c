"""From words at a place in Slack to the bot and back: the same for messages, clicks and forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.channels.messages import Incoming, plain
from bot.channels.reach import Reach, Reaches
from bot.channels.slack.addresses import Addresses
from bot.channels.slack.inbox import Inbox, Letter
from bot.channels.slack.people import People
from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sender
from bot.channels.slack.signing_in import invite
from bot.channels.slack.talking import NAME, Talk, Turn
from bot.channels.slack.threads import Threads
from bot.identity import Gate
from knowledge.model.students import Principal, Role


@dataclass(frozen=True)
class Conversing:
    """Everything an utterance needs on its way; made once by the door."""

    gate: Gate
    people: People
    talk: Talk
    sender: Sender
    inbox: Inbox
    addresses: Addresses
    reaches: Reaches
    threads: Threads

    async def hear(
        self, letter: Letter, place: Place, text: str, uploads: Sequence[str] = ()
    ) -> None:
        """Let the bot answer, and send what an earlier try of the letter has not sent yet."""
        turn = await self._turn(letter, place, text, uploads)
        shown_at = replace(place, private=True) if turn.private and not place.direct else place
        for number in range(int(letter.progress.get("sent", 0)), len(turn.replies)):
            await self.sender.reply(shown_at, turn.replies[number])
            if number + 1 < len(turn.replies) or turn.sign_in:  # else it is settled at once
                await self.threads.run(self.inbox.note, letter, {"sent": number + 1})
        if turn.sign_in:
            await invite(self.people, self.sender, place)

    async def _turn(self, letter: Letter, place: Place, text: str, uploads: Sequence[str]) -> Turn:
        if "turn" in letter.progress:
            return Turn(**letter.progress["turn"])
        principal = await self.people.speaker(place.team, place.user)
        conversation = self.gate.conversation(principal, place.sender)
        await self._remember(principal, conversation, place)
        client: dict[str, Any] = {"message_id": letter.key[:200]}
        if uploads:
            client["uploads"] = list(uploads)
        turn = await self.talk.say(
            conversation, Incoming(place.sender, plain(text), client), principal
        )
        # What a visitor is told holds nothing of anybody's record.
        turn = replace(turn, private=turn.private and principal.role is Role.STUDENT)
        await self.threads.run(self.inbox.note, letter, {"turn": asdict(turn)})
        return turn

    async def _remember(self, principal: Principal, conversation: str, place: Place) -> None:
        """Where late results go, and the door through which a student is told something."""
        await self.threads.run(self.addresses.used, conversation, place)
        if principal.role is Role.STUDENT:
            profile = await self.people.profile(place.team, place.user)
            direct = Place(place.team, "", place.user)
            inside = self.gate.conversation(principal, direct.sender)
            address = {"team": place.team, "user": place.user, "conversation": inside}
            reach = Reach(NAME, address, profile.time_zone)
            await self.threads.run(self.reaches.used, principal, reach)
