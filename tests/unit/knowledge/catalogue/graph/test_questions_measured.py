"""The measurement of question orders: repeatable, fair to all, and the learned order asks least."""

from __future__ import annotations

import pytest

from knowledge.catalogue.graph.build import popularity
from knowledge.catalogue.graph.evaluation import as_json, measure
from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.orders import ORDERS, YARDSTICK
from knowledge.catalogue.graph.question import ENOUGH, Beliefs
from knowledge.catalogue.graph.students import SETTINGS
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseHit, CourseQuery
from knowledge.catalogue.search import search
from knowledge.storage.unit_of_work import UnitOfWork


class Catalogue:
    """One academic year, what is believed of it, and its search by words."""

    def __init__(self, units: UnitOfWork, **query: object) -> None:
        self.index = CatalogueIndex(units)
        self.found = self._search(CourseQuery(academic_start=2026, limit=1000, **query))
        self.beliefs = Beliefs(popularity(self.index.current(), self.index.enrolled()))

    def _search(self, query: CourseQuery) -> list[CourseHit]:
        return list(search(self.index, query).hits)

    def topic(self, text: str) -> list[CourseHit]:
        return self._search(CourseQuery(text, text, academic_start=2026, limit=500))


def test_the_learned_order_asks_thirty_percent_fewer_than_the_fixed_one(catalogue) -> None:
    year = Catalogue(catalogue)
    measured = measure(year.found, year.beliefs, 7, 150, year.topic, SETTINGS[:3])
    assert [one.order for one in measured] == [*ORDERS] * 3
    rows = {(one.setting, one.order): one for one in measured}
    for setting in ("all", "subject"):
        learned, fixed = rows[setting, "expected"], rows[setting, YARDSTICK]
        assert learned.questions <= 0.7 * fixed.questions
        assert learned.fewer == pytest.approx(1 - learned.questions / fixed.questions)
        assert learned.arrived >= fixed.arrived
    assert rows["topic", "expected"].questions < rows["topic", YARDSTICK].questions
    assert rows["all", "expected"].questions < rows["all", "random"].questions
    assert all(one.begun_with > ENOUGH for one in measured)


def test_the_yardstick_is_the_order_of_the_contract() -> None:
    asked = Attribute.SUBJECT, Attribute.LEVEL, Attribute.QUARTER, Attribute.UNITS, Attribute.DAY
    assert ORDERS[YARDSTICK].among == frozenset(asked)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_same_seed_gives_the_same_figures(catalogue: UnitOfWork, setting) -> None:
    year = Catalogue(catalogue, subjects=("CS",))
    once, again = (
        as_json(measure(year.found, year.beliefs, 3, 5, year.topic, [setting])) for _ in range(2)
    )
    assert once == again
    assert all(row["setting"] == setting.name and row["conversations"] == 5 for row in once)


def test_nobody_is_asked_when_every_beginning_is_short(catalogue: UnitOfWork) -> None:
    year = Catalogue(catalogue, subjects=("CS",))
    few = year.found[:ENOUGH]
    assert measure(few, year.beliefs, 0, 5, year.topic, SETTINGS[:1]) == []
