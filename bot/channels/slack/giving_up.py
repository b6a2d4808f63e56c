"""Tells a user that a message could not be answered, after all tries."""

from __future__ import annotations

from bot.channels.slack import places
from bot.channels.slack.envelopes import is_spoken
from bot.channels.slack.inbox import Letter
from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sender
from bot.channels.slack.signing_in import aside, note


class GivingUp:
    """The last thing done with a letter that failed again and again."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def __call__(self, letter: Letter) -> None:
        """Say so where it was said, for the user's eyes; nothing for what nobody said."""
        place = _place(letter)
        if place is not None:
            await self._sender.tell(aside(place), note("gave_up"))


def _place(letter: Letter) -> Place | None:
    body = letter.body
    if "command" in body:
        return places.of_command(body)
    if body.get("type") == "block_actions":
        return places.of_click(body)
    if body.get("type") == "view_submission":
        return Place(places.team_of(body), "", str(body["user"]["id"]))
    event = body.get("event") or {}
    # Only a message that speaks to Quad: others in a channel were perhaps never for it.
    spoken = event.get("type") in ("message", "app_mention") and is_spoken(event)
    if not spoken:
        return None
    place = places.of_message(places.team_of(body), event)
    return place if place.direct or event["type"] == "app_mention" else None
