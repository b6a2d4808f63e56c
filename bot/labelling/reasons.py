"""Why a turn is worth a person's look, and which one first. Pure.

The least certain turns come first, then those that went wrong although the model was certain. Some
turns are drawn by chance, whatever became of them, for an honest estimate of the model's error:
they are spread over the whole queue, so that the estimate grows from the first hour on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum

from rapidfuzz import fuzz

from bot.dialogue import cues
from bot.dialogue.acts import ON_RECORD, Act
from bot.labelling.told import Told

LOW = 0.7  # below it an intent, or a span, counts as uncertain
SHARE = 0.05  # of all turns are drawn by chance
_ALIKE = 90  # of 100: the same again in nearly the same words
_SOON = 3  # turns within which a repetition counts
_SHORT = 2  # words; "yes" and "winter 2019" are said again for good reasons
_NOT_UNDERSTOOD = frozenset({Act.UNCLEAR, Act.REPHRASE, Act.ASK_MEANING})
_DONE = ON_RECORD | {
    Act.SEARCH, Act.COURSE, Act.ADVISE, Act.SCHEDULE, Act.DATES, Act.LECTURE, Act.PLAN,
    Act.WHY_NOT, Act.TIMETABLE, Act.SKILL, Act.CONFIRM, Act.CANCELLED,
}  # fmt: skip


class Reason(StrEnum):
    """Why a turn is in the queue."""

    UNSURE = "unsure"  # the model itself said so
    LOW_INTENT = "low-intent"
    LOW_SPAN = "low-span"
    NOT_UNDERSTOOD = "not-understood"
    OTHER = "other"  # taken for something that is none of Quad's business
    HANDED_OFF = "handed-off"  # without having been asked for
    TROUBLE = "trouble"
    CORRECTED = "corrected"  # by the next turn
    CORRECTION = "correction"
    CANCELLED = "cancelled"  # right after an act
    UNDONE = "undone"
    REPEATED = "repeated"  # said again soon after
    SAMPLE = "sample"


def reasons_of(turns: Sequence[Told], place: int) -> tuple[Reason, ...]:
    """Why the turn at that place is worth a look, without the draw; empty when it is not."""
    told = turns[place]
    found = [*_doubts(told), *_failures(told)]
    before = turns[place - 1] if told.earlier else None
    after = _next(turns, place)
    if before is not None and _was_done(before):
        found += [Reason.CORRECTION] if _corrects(told) else []
        found += [Reason.CANCELLED] if told.reading.intent == "cancel" else []
    if after is not None and _was_done(told) and _takes_back(after):
        found.append(Reason.UNDONE if Act.UNDO in after.acts else Reason.CORRECTED)
    if _said_again(turns, place):
        found.append(Reason.REPEATED)
    return tuple(dict.fromkeys(found))


def priority(told: Told, reasons: Sequence[Reason], key: str) -> float:
    """Greater is sooner: in doubt 2 to 3, failed 1 to 2, drawn by chance alone anywhere."""
    doubt = 1 - min(1.0, max(0.0, told.sureness))
    if any(reason in reasons for reason in _IN_DOUBT):
        return 2 + doubt
    if any(reason is not Reason.SAMPLE for reason in reasons):
        return 1 + doubt
    return 3 * fraction(f"place {key}")


def drawn(key: str) -> bool:
    """Whether the turn of that key is drawn by chance: always the same for the same turn."""
    return fraction(f"draw {key}") < SHARE


def fraction(key: str) -> float:
    """A number in [0, 1) that looks random and is not."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) / 2**64


_IN_DOUBT = (Reason.UNSURE, Reason.LOW_INTENT, Reason.LOW_SPAN)


def _doubts(told: Told) -> list[Reason]:
    found = [Reason.UNSURE] if told.unsure else []
    if told.confidence < LOW:
        found.append(Reason.LOW_INTENT)
    elif told.sureness < LOW:
        found.append(Reason.LOW_SPAN)
    return found


def _failures(told: Told) -> list[Reason]:
    acts = set(told.acts)
    found = [Reason.NOT_UNDERSTOOD] if acts & _NOT_UNDERSTOOD else []
    found += [Reason.OTHER] if Act.OTHER in acts else []
    if Act.HANDOFF in acts and told.reading.intent != "handoff":
        found.append(Reason.HANDED_OFF)
    found += [Reason.TROUBLE] if Act.TROUBLE in acts else []
    return found


def _was_done(told: Told) -> bool:
    return bool(set(told.acts) & _DONE)


def _corrects(told: Told) -> bool:
    """ "no, spring", "actually CS106B": a correction that says something."""
    return bool(told.reading.spans) and cues.corrects(told.text)


def _takes_back(told: Told) -> bool:
    return Act.UNDO in told.acts or told.reading.intent == "cancel" or _corrects(told)


def _next(turns: Sequence[Told], place: int) -> Told | None:
    after = turns[place + 1] if place + 1 < len(turns) else None
    return after if after is not None and after.earlier else None


def _said_again(turns: Sequence[Told], place: int) -> bool:
    said = _words(turns[place].text)
    if len(said.split()) <= _SHORT:
        return False
    for later in turns[place + 1 : place + 1 + _SOON]:
        if not later.earlier:
            return False
        if fuzz.ratio(said, _words(later.text)) >= _ALIKE:
            return True
    return False


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?,")
