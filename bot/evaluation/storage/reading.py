"""Rows read back as values, within a transaction of `store`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from bot.evaluation.errors import UnknownItem
from bot.evaluation.model import Candidate, Item, Judged, Preference, Rating, Said, Speaker
from bot.evaluation.storage.tables import (
    CandidateRow,
    ItemRow,
    PreferenceRow,
    RatingRow,
    ScoreRow,
)


def message_json(said: Said) -> dict[str, Any]:
    """A message as it is kept."""
    return {"speaker": said.speaker.value, "text": said.text, "buttons": list(said.buttons)}


def item(session: Session, item_id: int) -> Item:
    """An item with its candidates in the order of their numbers; raise UnknownItem."""
    row = session.get(ItemRow, item_id)
    if row is None:
        raise UnknownItem(item_id)
    mine = select(CandidateRow).where(CandidateRow.item_id == item_id).order_by(CandidateRow.id)
    return _item(row, session.scalars(mine).all())


def following(session: Session, rater: str, wanted: int) -> int | None:
    """The next item that this rater has not rated: see `RatingStore.following`."""
    mine = func.sum(case((RatingRow.rater == rater, 1), else_=0))
    raters = func.count(RatingRow.rater.distinct())
    counting = (RatingRow.item_id == ItemRow.id) & RatingRow.withdrawn_at.is_(None)
    query = (
        select(ItemRow.id)
        .outerjoin(RatingRow, counting)
        .group_by(ItemRow.id, ItemRow.key)
        .having(mine == 0)
        .order_by(case((raters >= wanted, 1), else_=0), raters.desc(), ItemRow.key)
        .limit(1)
    )
    return session.scalar(query)


def rating(session: Session, rater: str, rating_id: int) -> Rating:
    """One of this rater's ratings; raise UnknownItem, also for somebody else's."""
    mine = select(RatingRow.id).where(RatingRow.id == rating_id, RatingRow.rater == rater)
    found = _ratings(session, mine)
    if not found:
        raise UnknownItem(rating_id)
    return found[0]


def latest(session: Session, rater: str, item_id: int | None) -> Rating | None:
    """The newest rating that counts, of one item or of all."""
    query = select(func.max(RatingRow.id)).where(
        RatingRow.rater == rater, RatingRow.withdrawn_at.is_(None)
    )
    if item_id is not None:
        query = query.where(RatingRow.item_id == item_id)
    found = _ratings(session, query)
    return found[0] if found else None


def judged(session: Session) -> tuple[Judged, ...]:
    """All items that have ratings, each with the newest standing rating of each rater."""
    counting = (
        select(func.max(RatingRow.id))
        .where(RatingRow.withdrawn_at.is_(None))
        .group_by(RatingRow.item_id, RatingRow.rater)
    )
    by_item: dict[int, list[Rating]] = defaultdict(list)
    for each in _ratings(session, counting):
        by_item[each.item_id].append(each)
    return tuple(
        Judged(item(session, item_id), tuple(found)) for item_id, found in sorted(by_item.items())
    )


def _ratings(session: Session, chosen: Select[tuple[int]]) -> list[Rating]:
    """The ratings of these numbers with their scores and preferences, by number."""
    rows = session.scalars(
        select(RatingRow).where(RatingRow.id.in_(chosen)).order_by(RatingRow.id)
    ).all()
    scores: dict[int, dict[int, int]] = defaultdict(dict)
    asked = select(ScoreRow).where(ScoreRow.rating_id.in_(chosen)).order_by(ScoreRow.place)
    for score in session.scalars(asked):
        scores[score.rating_id][score.candidate_id] = score.score
    answers = select(PreferenceRow).where(PreferenceRow.rating_id.in_(chosen))
    preferred = {
        row.rating_id: Preference(row.first, row.second, row.chosen)
        for row in session.scalars(answers)
    }
    return [
        Rating(row.id, row.item_id, row.rater, scores[row.id], preferred.get(row.id))
        for row in rows
    ]


def _item(row: ItemRow, candidates: Iterable[CandidateRow]) -> Item:
    replies = tuple(
        Candidate(_messages(each.messages), tuple(each.policies), tuple(each.acts), each.id)
        for each in candidates
    )
    return Item(_messages(row.context), replies, row.source, row.seed, row.origin, row.id)


def _messages(kept: Iterable[dict[str, Any]]) -> tuple[Said, ...]:
    return tuple(
        Said(Speaker(each["speaker"]), each["text"], tuple(each["buttons"])) for each in kept
    )
