"""The measurement of question orders: repeatable, and the expected gain asks the fewest."""

from __future__ import annotations

import pytest

from knowledge.catalogue.graph.build import popularity
from knowledge.catalogue.graph.evaluation import ORDERS, SETTINGS, as_json, measure
from knowledge.catalogue.graph.question import Beliefs
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.storage.unit_of_work import UnitOfWork


def test_expected_gain_asks_fewer_than_fixed_and_random(catalogue: UnitOfWork) -> None:
    index = CatalogueIndex(catalogue)
    found = search(index, CourseQuery(academic_start=2026, limit=1000)).hits
    beliefs = Beliefs(popularity(index.current(), index.enrolled()))
    measured = measure(found, beliefs, 7, 150, SETTINGS[:1])
    mean = {one.order: one.questions for one in measured}
    assert mean.keys() == ORDERS.keys()
    assert mean["expected"] < mean["fixed"] < mean["random"]
    assert all(one.arrived > 0.95 and one.left <= 5.5 for one in measured)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_same_seed_gives_the_same_figures(catalogue: UnitOfWork, setting) -> None:
    index = CatalogueIndex(catalogue)
    found = search(index, CourseQuery(subjects=("CS",), academic_start=2026, limit=1000)).hits
    beliefs = Beliefs(popularity(index.current(), index.enrolled()))
    once, again = (as_json(measure(found, beliefs, 3, 5, [setting])) for _ in range(2))
    assert once == again
    assert all(row["setting"] == setting.name for row in once)
