"""nDCG, recall, the halves and the committed evaluation set itself."""

from __future__ import annotations

import pytest

from bot.search_evaluation.reading import halves, read_grades, read_queries
from bot.search_evaluation.scores import interval, ndcg, recall


def test_ndcg_by_hand() -> None:
    grades = {"A": 3, "B": 1}
    assert ndcg(["A", "B"], grades) == pytest.approx(1.0)
    assert ndcg(["B", "A"], grades) == pytest.approx((1 + 7 / 1.58496) / (7 + 1 / 1.58496), 1e-4)
    assert ndcg(["X"] * 10 + ["A"], grades) == 0
    assert ndcg(["A"], {}) is None


def test_recall_counts_grades_two_and_three() -> None:
    grades = {**{f"R{n}": 2 for n in range(20)}, "N": 1}
    ranked = [f"R{n}" for n in range(10)]
    assert recall(ranked, grades, capped=False) == 0.5
    assert recall(ranked, grades, capped=True) == 1.0
    assert recall(["N"], {"N": 1}, capped=False) is None


def test_an_interval_holds_its_mean_and_is_the_same_for_a_seed() -> None:
    values = [0.0, 0.5, 1.0, 1.0]
    low, high = interval(values, seed=3)
    assert low < 0.625 < high
    assert interval(values, seed=3) == (low, high)


def test_the_set_is_large_enough_and_split_by_kind() -> None:
    queries = read_queries()
    tune, report = halves(queries)
    assert len({query.id for query in queries}) == len(queries) >= 200
    assert {q.id for q in tune} | {q.id for q in report} == {q.id for q in queries}
    assert not {q.id for q in tune} & {q.id for q in report}
    for kind in {query.kind for query in queries}:
        held = [sum(query.kind == kind for query in half) for half in (tune, report)]
        assert abs(held[0] - held[1]) <= 1, kind


def test_every_query_with_a_topic_is_graded_and_no_grade_is_without_a_query() -> None:
    grades, queries = read_grades(), {query.id: query for query in read_queries()}
    assert grades.keys() <= queries.keys()
    without = [q for q in queries.values() if q.id not in grades]
    assert all(query.kind in ("filters", "typo") and query.needs for query in without)
    assert all(grade in (0, 1, 2, 3) for held in grades.values() for grade in held.values())
