"""The form for enrolling: opened by a command, a shortcut or a button, and what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.errors import Undeliverable
from bot.channels.slack import places
from bot.channels.slack.axess import Records
from bot.channels.slack.blocks import ENROLL, ModalRefused, Prefilled, enroll_modal, modal_said
from bot.channels.slack.clients import Clients
from bot.channels.slack.conversing import Conversing
from bot.channels.slack.inbox import Letter
from bot.channels.slack.places import Place
from bot.channels.slack.signing_in import aside, note
from knowledge.errors import InvalidCode
from knowledge.model.codes import CourseCode

_CODE = re.compile(r"\b[A-Za-z&]{2,8}\s?\d{1,3}[A-Za-z]{0,2}\b")


@dataclass(frozen=True)
class Forms:
    """Opens forms and hears what they say."""

    clients: Clients
    records: Records
    conversing: Conversing

    async def open(self, trigger: str, place: Place, text: str = "") -> None:
        """Show the form; a course named in the text stands in it. Slack gives three seconds."""
        terms = await self.records.open_terms()
        if terms is None:
            await self.conversing.sender.tell(aside(place), note("form_away"))
            return
        prefilled = Prefilled(terms=tuple(terms), code=course_in(text))
        view = enroll_modal(json.dumps(place.as_json(), separators=(",", ":")), prefilled)
        try:
            await self.clients.call(place.team, "views.open", trigger_id=trigger, view=view)
        except Undeliverable as error:
            if error.reason not in ("expired_trigger_id", "trigger_expired"):
                raise
            # Too late (after a restart): the words do as well.
            await self.conversing.sender.tell(aside(place), note("form_late"))

    async def sent(self, letter: Letter, view: Mapping[str, Any]) -> None:
        """A form was sent: its sentence goes the way of all others."""
        if view.get("callback_id") != ENROLL:
            return
        place = place_of(letter.body, view)
        await self.conversing.hear(letter, place, modal_said(view))


def place_of(body: Mapping[str, Any], view: Mapping[str, Any]) -> Place:
    """Where the form was opened; the user is who sent it, whatever the form says."""
    team, user = places.team_of(body), str(body["user"]["id"])
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
        place = Place.from_json({**kept, "team": team, "user": user})
    except (ValueError, TypeError, KeyError):
        return Place(team, "", user)
    return replace(place, private=not place.direct)


def refused(body: Mapping[str, Any]) -> dict[str, str] | None:
    """What is wrong with a sent form, by field, for Slack to show in it; None when nothing is."""
    view = body.get("view")
    if body.get("type") != "view_submission" or not isinstance(view, Mapping):
        return None
    if view.get("callback_id") != ENROLL:
        return None
    try:
        modal_said(view)
    except ModalRefused as error:
        return error.errors
    return None


def course_in(text: str) -> str:
    """The first course code in a text; "" without one."""
    for found in _CODE.findall(text):
        try:
            return str(CourseCode.parse(found))
        except InvalidCode:
            continue
    return ""
