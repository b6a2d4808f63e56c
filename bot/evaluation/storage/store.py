"""Items in, ratings in, and what comes next for a rater; safe for many raters and processes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.evaluation.errors import ScoresRejected
from bot.evaluation.masked import masked
from bot.evaluation.model import SCORES, Item, Judged, Preference, Rating
from bot.evaluation.storage import reading
from bot.evaluation.storage.schema import MIGRATIONS
from bot.evaluation.storage.tables import (
    CandidateRow,
    ItemRow,
    PreferenceRow,
    RatingRow,
    ScoreRow,
)
from bot.masking import Masker
from bot.storage.inserting import inserted_key
from bot.storage.migrating import MigratedDatabase
from knowledge.storage import moments
from knowledge.storage.unit_of_work import UnitOfWork

WANTED = 3  # raters an item should have before others come first


@dataclass(frozen=True)
class Progress:
    """How many items a rater has done, of how many."""

    done: int
    total: int


class RatingStore(MigratedDatabase):
    """The evaluation's tables on one database; they are made at the first use."""

    def __init__(self, units: UnitOfWork) -> None:
        super().__init__(units, MIGRATIONS)

    def add(self, items: Iterable[Item]) -> int:
        """Store the items that are not there yet, masked; returns how many were new."""
        masker = Masker.of(self.units)
        made = [masked(item, masker) for item in items]
        return self.units.transact(lambda work: sum(_add(work.session, item) for item in made))

    def item(self, item_id: int) -> Item:
        """An item; raise UnknownItem."""
        with self.units.read() as work:
            return reading.item(work.session, item_id)

    def items(self) -> tuple[Item, ...]:
        """All items, rated or not."""
        with self.units.read() as work:
            numbers = work.session.scalars(select(ItemRow.id).order_by(ItemRow.id)).all()
            return tuple(reading.item(work.session, number) for number in numbers)

    def progress(self, rater: str) -> Progress:
        """How far a rater is."""
        counting = RatingRow.withdrawn_at.is_(None), RatingRow.rater == rater
        done = select(func.count(RatingRow.item_id.distinct())).where(*counting)
        with self.units.read() as work:
            total = work.session.scalar(select(func.count(ItemRow.id)))
            return Progress(work.session.scalar(done) or 0, total or 0)

    def following(self, rater: str) -> int | None:
        """The number of the item to be rated next; None when all are done.

        Begun items come first, so that soon several raters have judged the same ones; those that
        have enough raters come last. The order of the rest is by hash: it mixes conversations.
        """
        with self.units.read() as work:
            return reading.following(work.session, rater, WANTED)

    def rate(self, rater: str, item_id: int, form_id: str, scores: Mapping[int, int]) -> int:
        """Store one score a candidate, in the order shown; returns the rating's number.

        The same form with the same scores is the same rating, however often it is sent; with
        other scores it is a new one, which then counts. Raises UnknownItem and ScoresRejected.
        """
        said = json.dumps([form_id, item_id, list(scores.items())])
        submission = hashlib.sha256(said.encode()).hexdigest()

        def act(session: Session) -> int:
            known = {each.candidate_id for each in reading.item(session, item_id).candidates}
            if known != set(scores) or not all(score in SCORES for score in scores.values()):
                raise ScoresRejected(item_id)
            row = {"item_id": item_id, "rater": rater, "submission": submission}
            rating_id = inserted_key(session, RatingRow, {**row, "at": moments.now()})
            if rating_id is None:
                sent = RatingRow.rater == rater, RatingRow.submission == submission
                return session.scalars(select(RatingRow.id).where(*sent)).one()
            for place, (candidate, score) in enumerate(scores.items()):
                session.add(
                    ScoreRow(rating_id=rating_id, candidate_id=candidate, score=score, place=place)
                )
            return int(rating_id)

        return self.units.transact(lambda work: act(work.session))

    def rating(self, rater: str, rating_id: int) -> Rating:
        """One of this rater's ratings, withdrawn or not; raise UnknownItem."""
        with self.units.read() as work:
            return reading.rating(work.session, rater, rating_id)

    def latest(self, rater: str, item_id: int | None = None) -> Rating | None:
        """The newest rating that counts: of this item, or of all."""
        with self.units.read() as work:
            return reading.latest(work.session, rater, item_id)

    def judged(self) -> tuple[Judged, ...]:
        """Every item that has ratings, with the one that counts of each rater."""
        with self.units.read() as work:
            return reading.judged(work.session)

    def prefer(self, rater: str, rating_id: int, preference: Preference) -> None:
        """Store the answer about the best pair of a rating; the newest answer counts."""
        pair = preference.first, preference.second

        def act(session: Session) -> None:
            scores = reading.rating(session, rater, rating_id).scores
            if not scores.keys() >= {*pair} or preference.chosen not in (None, *pair):
                raise ScoresRejected(rating_id)
            chosen = {"chosen": preference.chosen, "at": moments.now()}
            row = {"rating_id": rating_id, "first": pair[0], "second": pair[1], **chosen}
            if inserted_key(session, PreferenceRow, row) is None:
                mine = PreferenceRow.rating_id == rating_id
                session.execute(update(PreferenceRow).where(mine).values(row))

        self.units.transact(lambda work: act(work.session))

    def withdraw(self, rater: str, rating_id: int) -> int:
        """Take one of this rater's ratings back, once; returns its item. Raise UnknownItem."""

        def act(session: Session) -> int:
            found = reading.rating(session, rater, rating_id)
            mine = RatingRow.id == rating_id, RatingRow.withdrawn_at.is_(None)
            session.execute(update(RatingRow).where(*mine).values(withdrawn_at=moments.now()))
            return found.item_id

        return self.units.transact(lambda work: act(work.session))


def _add(session: Session, item: Item) -> bool:
    row = {
        "key": item.key,
        "context": [reading.message_json(said) for said in item.context],
        "source": item.source,
        "seed": item.seed,
        "origin": dict(item.origin),
        "created_at": moments.now(),
    }
    item_id = inserted_key(session, ItemRow, row)
    for each in item.candidates if item_id is not None else ():
        messages = [reading.message_json(said) for said in each.messages]
        names = {"policies": list(each.policies), "acts": list(each.acts)}
        session.add(CandidateRow(item_id=item_id, messages=messages, **names))
    session.flush()
    return item_id is not None
