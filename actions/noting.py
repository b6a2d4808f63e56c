"""Notes that Quad sends unasked: on, off, or how they stand."""

from __future__ import annotations

from actions.context import Exchange
from bot.dialogue.noting import ASKED, OFF, ON


async def notes(exchange: Exchange) -> None:
    """Turn them on or off, or tell whether they are on; each with the way back as a button."""
    wish = exchange.state.args.get("notes", ASKED)
    client = exchange.services.notes
    if wish == ASKED:
        wanted = await client.wanted(exchange.suid)
        response = "utter_notes_are_on" if wanted else "utter_notes_are_off"
    else:
        wanted = await client.want(exchange.suid, wish == ON)
        response = "utter_notes_on" if wish != OFF else "utter_notes_off"
    way_back = "utter_part_notes_stop" if wanted else "utter_part_notes_start"
    exchange.say(response, [exchange.part(way_back)])
