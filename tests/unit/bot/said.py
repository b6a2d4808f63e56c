"""What was said, and the state after it: for tests of the pure dialogue."""

from __future__ import annotations

from datetime import date

from bot.dialogue.filling import Clock
from bot.dialogue.state import (
    DialogueState,
)
from bot.dialogue.track import settle, track
from bot.dialogue.turn import Mention, Turn
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates

TODAY = date(2018, 11, 15)


def _dates(quarter: Quarter, year: int, starts: date, ends: date) -> TermDates:
    return TermDates(Term(quarter, year), starts, ends, date(2018, 10, 1), ends, ends)


CLOCK = Clock(
    AcademicCalendar.of(
        [
            _dates(Quarter.AUTUMN, 2018, date(2018, 9, 24), date(2018, 12, 14)),
            _dates(Quarter.WINTER, 2019, date(2019, 1, 7), date(2019, 3, 22)),
            _dates(Quarter.SPRING, 2019, date(2019, 4, 1), date(2019, 6, 12)),
        ]
    ),
    TODAY,
)


def turn(text: str, intent: str, *spans: str, suid: str | None = "05551234") -> Turn:
    """`spans` are "slot=text" or "slot:role=text"."""
    mentions, position = [], 0
    for span in spans:
        label, _, said = span.partition("=")
        slot, _, role = label.partition(":")
        position = text.index(said, position)
        mentions.append(Mention(slot, said, position, role or None))
        position += len(said)
    return Turn(text, intent, 0.9, tuple(mentions), f"m{text}", suid)


def after(*turns: Turn, state: DialogueState | None = None) -> DialogueState:
    state = state or DialogueState()
    for one in turns:
        state = settle(track(state, one, CLOCK))
    return state
