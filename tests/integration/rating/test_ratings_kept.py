"""What raters say is kept: once however often it is sent, never lost, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from rated import items
from sqlalchemy import func, select

from bot.evaluation.errors import ScoresRejected, UnknownItem
from bot.evaluation.model import Preference
from bot.evaluation.storage.schema import MIGRATIONS
from bot.evaluation.storage.store import RatingStore
from bot.evaluation.storage.tables import Base, RatingRow, ScoreRow
from knowledge.storage.unit_of_work import UnitOfWork

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def store(units: UnitOfWork) -> RatingStore:
    made = RatingStore(units)
    assert made.add(items(4)) == 4
    return made


def _scores(store: RatingStore, item_id: int, *scores: int) -> dict[int, int]:
    ids = [each.candidate_id for each in store.item(item_id).candidates]
    return dict(zip(ids, scores or (3,) * len(ids), strict=True))


def _rows(store: RatingStore, row: type[Base]) -> int:
    with store.units.read() as work:
        return work.session.scalar(select(func.count()).select_from(row)) or 0


@BOTH
def test_the_migrated_tables_are_those_of_the_classes(units: UnitOfWork) -> None:
    MIGRATIONS.upgrade(units.engine)
    own = {*Base.metadata.tables}
    with units.engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or name in own}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    assert MIGRATIONS.revision(units.engine) == MIGRATIONS.head


@BOTH
def test_an_item_is_kept_as_it_was_made_and_once(units: UnitOfWork) -> None:
    store, made = RatingStore(units), items(3)
    assert store.add(made) == 3
    assert store.add(items(5)) == 2
    first = store.item(1)
    assert first.key == made[0].key
    assert first.context == made[0].context
    assert [each.policies for each in first.candidates] == [
        each.policies for each in made[0].candidates
    ]
    with pytest.raises(UnknownItem):
        store.item(99)


@BOTH
def test_a_form_counts_once_and_a_change_counts_anew(store: RatingStore) -> None:
    scores = _scores(store, 1)
    first = store.rate("ada", 1, "form", scores)
    assert store.rate("ada", 1, "form", scores) == first
    changed = {**scores, next(iter(scores)): 5}
    second = store.rate("ada", 1, "form", changed)
    assert second != first
    (judged,) = store.judged()
    assert [rating.scores for rating in judged.ratings] == [changed]
    assert _rows(store, RatingRow) == 2
    assert _rows(store, ScoreRow) == 2 * len(scores)


@BOTH
def test_twenty_clicks_at_once_are_one_rating(store: RatingStore) -> None:
    scores, start = _scores(store, 2), threading.Barrier(10)

    def click(_: int) -> int:
        start.wait()
        return store.rate("ada", 2, "form", scores)

    with ThreadPoolExecutor(10) as pool:
        assert len({*pool.map(click, range(20))}) == 1
    assert _rows(store, RatingRow) == 1


@BOTH
def test_many_raters_at_once_lose_nothing(store: RatingStore) -> None:
    def rate(rater: str) -> None:
        while (item_id := store.following(rater)) is not None:
            store.rate(rater, item_id, f"form {item_id}", _scores(store, item_id))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(rate, (f"rater {number}" for number in range(6))))
    assert [len(judged.ratings) for judged in store.judged()] == [6] * 4
    assert store.progress("rater 3").done == 4


@BOTH
def test_undoing_brings_the_rating_before_back(store: RatingStore) -> None:
    first = store.rate("ada", 1, "one", _scores(store, 1, 1, 2, 3, 4))
    second = store.rate("ada", 1, "two", _scores(store, 1, 5, 5, 5, 5))
    assert store.withdraw("ada", second) == 1
    assert store.withdraw("ada", second) == 1  # the same click again
    found = store.latest("ada")
    assert found is not None
    assert found.rating_id == first
    store.withdraw("ada", first)
    assert store.latest("ada") is None
    assert store.judged() == ()
    assert _rows(store, RatingRow) == 2
    with pytest.raises(UnknownItem):
        store.withdraw("eve", first)


@BOTH
def test_a_preference_is_of_the_pair_shown_and_the_newest_counts(store: RatingStore) -> None:
    rating = store.rate("ada", 1, "one", _scores(store, 1, 5, 5, 1, 1))
    first, second, third, _ = _scores(store, 1)
    store.prefer("ada", rating, Preference(first, second, None))
    store.prefer("ada", rating, Preference(first, second, second))
    assert store.judged()[0].ratings[0].preference == Preference(first, second, second)
    for wrong in (Preference(first, second, third), Preference(first, 999, None)):
        with pytest.raises(ScoresRejected):
            store.prefer("ada", rating, wrong)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda scores: dict(list(scores.items())[1:]),
        lambda scores: {**scores, 999: 3},
        lambda scores: dict.fromkeys(scores, 0),
        lambda scores: dict.fromkeys(scores, 6),
        lambda scores: {},
    ],
)
def test_wrong_scores_leave_nothing(
    store: RatingStore, spoil: Callable[[dict[int, int]], dict[int, int]]
) -> None:
    with pytest.raises(ScoresRejected):
        store.rate("ada", 1, "form", spoil(_scores(store, 1)))
    assert _rows(store, RatingRow) == 0


def test_begun_items_come_first_and_full_ones_last(store: RatingStore) -> None:
    begun = store.following("ada")
    assert begun is not None
    store.rate("ada", begun, "f", _scores(store, begun))
    assert store.following("ada") not in (begun, None)
    for rater in ("ben", "cem"):
        assert store.following(rater) == begun
        store.rate(rater, begun, "f", _scores(store, begun))
    assert store.following("dee") not in (begun, None)
