"""Notes that Quad sends unasked: turning them off and on, asking about them, and what they leave.

After "a seat freed: you are enrolled in CS229", "it" means that class and "undo" gives it up again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue.acts import Act
from bot.dialogue.state import DialogueState, Effect, GoalKind, Mentioned
from bot.dialogue.turn import Turn

OFF, ON, ASKED = "off", "on", "asked"
_NOTES = r"(?:notes|notices|notifications?|notifs?|alerts?|push messages|unasked messages|pings)"
_ME = r"(?:notif(?:y|ying)|alert(?:ing)?|ping(?:ing)?|messag(?:e|ing)|text(?:ing)?) me"
_SENDING = r"(?:send(?:ing)?|get(?:ting)?|receiv(?:e|ing)|give|giving|want|need|have|show(?:ing)?)"
_FEW = r"(?:\W+\w+){0,4}?\W+"
# Course notes and lecture notes are another matter.
_OTHER_NOTES = re.compile(r"\b(?:lecture|class|course|study|my own|reading|release) notes\b", re.I)
_TURNS_OFF = re.compile(
    rf"\b(?:stop|quit|cease)\b{_FEW}(?:{_NOTES}\b|{_ME}\b)"
    rf"|\b(?:stop|quit)\W+{_ME}\b"
    rf"|\b(?:no more|enough|without|unsubscribe from|opt (?:me )?out of){_FEW}{_NOTES}\b"
    rf"|\bno (?:more )?{_NOTES}\b|\b(?:mute|disable|silence|cancel|unsubscribe)\b{_FEW}{_NOTES}\b"
    rf"|\b(?:don'?t|do not|never|no longer)\b{_FEW}{_SENDING}\b{_FEW}{_NOTES}\b"
    rf"|\b(?:don'?t|do not|never)\W+(?:ever\W+)?{_ME}\b"
    rf"|\bturn(?:ing)?\b.{{0,20}}\b{_NOTES}\b.{{0,12}}\boff\b|\bturn(?:ing)? off\b{_FEW}{_NOTES}\b"
    rf"|\bswitch\b.{{0,20}}\b{_NOTES}\b.{{0,12}}\boff\b|\b{_NOTES} off\b",
    re.IGNORECASE,
)
_TURNS_ON = re.compile(
    rf"\b(?:turn|switch)\b.{{0,20}}\b{_NOTES}\b.{{0,12}}\bon\b"
    rf"|\b(?:turn|switch)(?: back)? on\b{_FEW}{_NOTES}\b|\b{_NOTES} (?:back )?on\b"
    rf"|\b(?:enable|unmute|resume|restart|reactivate|subscribe to){_FEW}{_NOTES}\b"
    rf"|\b(?:want|like|have)\b{_FEW}{_NOTES} (?:back|again)\b"
    rf"|\b(?:send|give) me{_FEW}{_NOTES}(?: again)?\W*$"
    rf"|^\W*(?:please )?(?:notify|alert|ping) me again\b",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    rf"\b(?:don'?t|do not|never)\W+(?:stop|turn off|mute|disable|switch off)\b{_FEW}{_NOTES}\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"\b(?:do|will|would|can|could) you\b(?:\W+\w+){{0,2}}?\W+(?:notify|alert|ping) me\b"
    rf"|\b(?:do|will|would|can) (?:i|you)\b{_FEW}{_NOTES}\b.*\?"
    rf"|\b(?:are|is)\b(?:\W+\w+){{0,2}}\W+{_NOTES}\b{_FEW}(?:on|off|enabled|active)\b"
    rf"|\b(?:am i|will i be|do i get) (?:getting )?(?:notified|alerted|{_NOTES})\b",
    re.IGNORECASE,
)
_MOST_WORDS = 16


def about_notes(state: DialogueState, turn: Turn) -> DialogueState | None:
    """The state with the act that answers a turn about notes; None when it is about else.

    The open question, if there is one, comes back behind the answer.
    """
    wanted = wish(turn.text)
    if wanted is None or turn.has("code"):
        return None
    act = Act.NOTES if turn.suid is not None else Act.SIGN_IN
    return replace(state, act=act, args={"notes": wanted}, digressed=state.question is not None)


def wish(text: str) -> str | None:
    """OFF, ON, ASKED, or None when the text is not about notes."""
    if len(text.split()) > _MOST_WORDS or _OTHER_NOTES.search(text):
        return None
    if _ASKS.search(text):
        return ASKED
    if _KEEPS.search(text):
        return ON
    if _TURNS_OFF.search(text):
        return OFF
    return ON if _TURNS_ON.search(text) else None


def after_note(state: DialogueState, about: Mapping[str, Any]) -> DialogueState:
    """The state once a note was told: "it" is its class, and a seat that came can be undone.

    What the student is in the middle of stays as it is.
    """
    if "code" not in about or state.goals or state.question is not None:
        return state
    named = (about["code"], about["title"], about["class_id"], about["quarter"], about["year"])
    state = replace(state, focus=Mentioned(*named))
    if about["kind"] != "promoted":
        return state
    code, _, class_id, quarter, year = named
    return replace(state, effect=Effect(GoalKind.ENROLL, code, class_id, state.turn, quarter, year))
