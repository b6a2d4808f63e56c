"""What a student said as others see it, masked: utterances to label, conversations to rate."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, or_, select
from sqlalchemy.orm import Session

from bot.evaluation.storage.tables import (
    CandidateRow,
    ItemRow,
    PreferenceRow,
    RatingRow,
    ScoreRow,
)
from bot.privacy.person import Person
from knowledge.storage.label_queue import LabelQueue
from knowledge.storage.orm import LabelItemRow, LabelRow, LabelSourceRow


def labelled(session: Session, person: Person) -> list[dict[str, Any]]:
    """The utterances of this person's conversations in the queue, with what was said of them."""
    sources = select(LabelSourceRow).where(LabelSourceRow.conversation.in_(person.conversations))
    found: list[dict[str, Any]] = []
    for source in session.scalars(sources):
        item = session.get_one(LabelItemRow, source.item_id)
        given = session.scalars(select(LabelRow).where(LabelRow.item_id == item.id))
        found.append(
            {
                "text": item.text,
                "read as": item.prelabel,
                "said before": source.context,
                "labels": [{"intent": each.intent, "spans": each.spans} for each in given],
            }
        )
    return found


def rated(session: Session, person: Person) -> list[dict[str, Any]]:
    """The conversations to rate that came from this person's, or name the person."""
    rows = session.scalars(select(ItemRow).where(_about(person)))
    return [{"context": row.context, "source": row.source, "origin": row.origin} for row in rows]


def erase_labelled(session: Session, person: Person) -> int:
    """Take this person's words out of the labelling queue for good; how many items went."""
    queue = LabelQueue(session)
    return sum(queue.erase(conversation) for conversation in person.conversations)


def erase_rated(session: Session, person: Person) -> int:
    """Delete those items with all that was said of them; how many there were."""
    items = list(session.scalars(select(ItemRow.id).where(_about(person))))
    ratings = select(RatingRow.id).where(RatingRow.item_id.in_(items))
    for row in (ScoreRow, PreferenceRow):
        session.execute(delete(row).where(row.rating_id.in_(ratings)))
    for row_of_item in (RatingRow, CandidateRow):
        session.execute(delete(row_of_item).where(row_of_item.item_id.in_(items)))
    session.execute(delete(ItemRow).where(ItemRow.id.in_(items)))
    return len(items)


def _about(person: Person) -> ColumnElement[bool]:
    texts = (cast(column, String) for column in (ItemRow.origin, ItemRow.context))
    marks = (*person.conversations, *person.marks)
    return or_(*(text.icontains(mark, autoescape=True) for text in texts for mark in marks))
