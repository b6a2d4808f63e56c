"""What the labelling pages share: the database, the facts of an item's page, who may adjudicate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from fastapi import Depends, Path, Request

from bot.labelling.checking import placed
from bot.web.label.freshening import Freshening
from bot.web.review.desk import Rater, Visitor
from knowledge.errors import NotPermitted
from knowledge.model.labelling import LabelItem, Reading
from knowledge.model.students import Role
from knowledge.storage.unit_of_work import UnitOfWork
from nlu.schema import INTENTS
from nlu.words import Word, split

# Each slot's key; "s", "u" and "x" are acts of the page.
SLOT_KEYS = {
    "code": "c", "title": "t", "subject": "b", "topic": "o", "level": "l", "quarter": "q",
    "year": "y", "units": "n", "instructor": "i", "day": "d", "time": "h", "requirement": "r",
    "grading": "g", "attribute": "a", "suid": "e", "skill": "k",
}  # fmt: skip
ItemId = Annotated[int, Path(ge=1, lt=2**31)]


@dataclass(frozen=True)
class Room:
    """The services behind the pages; one an app."""

    units: UnitOfWork
    fresh: Freshening


def of_request(request: Request) -> Room:
    """The app's own services."""
    room: Room = request.app.state.room
    return room


Services = Annotated[Room, Depends(of_request)]


def is_admin(rater: Rater) -> bool:
    """Whether the session is an admin's."""
    return rater.role is Role.ADMIN


def adjudicator(rater: Rater) -> Visitor:
    """An admin who is signed in; raise NotPermitted for raters, who would see others' labels."""
    if not is_admin(rater):
        raise NotPermitted
    return rater


Admin = Annotated[bool, Depends(is_admin)]
Adjudicator = Annotated[Visitor, Depends(adjudicator)]


def item_facts(
    item: LabelItem, context: Sequence[tuple[bool, str]], reading: Reading, sent: str | None = None
) -> dict[str, Any]:
    """What the form of an item shows; `reading` is filled in, or spans as they were sent."""
    return {
        "item": item,
        "context": context,
        "intent": reading.intent,
        "spans": sent if sent is not None else json.dumps(placed(item.text, reading)),
        "words": json.dumps(_words(item.text)),
        "intents": INTENTS,
        "slots": SLOT_KEYS,
    }


def _words(text: str) -> list[tuple[str, str]]:
    """Each word with what stands between it and the one before."""
    words = (Word("", 0, 0), *split(text).words)
    return [(text[before.end : word.start], word.text) for before, word in pairwise(words)]
