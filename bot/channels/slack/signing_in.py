"""The private message with the button that leads to the university's sign-in."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.slack.blocks import PAGE, SlackMessage
from bot.channels.slack.blocks.words import word
from bot.channels.slack.people import People
from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sender


def invitation(address: str) -> SlackMessage:
    """The message; the address stands in the button alone."""
    text = word("sign_in_invite")
    button = {
        "type": "button",
        "action_id": PAGE,
        "text": {"type": "plain_text", "text": word("sign_in_button")},
        "url": address,
        "style": "primary",
    }
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return SlackMessage(text, [section, {"type": "actions", "elements": [button]}])


def note(name: str) -> SlackMessage:
    """A short message of the door itself."""
    text = word(name)
    return SlackMessage(text, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}])


def aside(place: Place) -> Place:
    """The same place for this user's eyes alone."""
    return place if place.direct else replace(place, private=True)


async def invite(people: People, sender: Sender, place: Place) -> None:
    """Show the button to this user and to nobody else."""
    address = await people.invitation(place.team, place.user)
    await sender.tell(aside(place), invitation(address))
