"""The door to the graph: one advisor a version, conversations counted anew from time to time."""

from __future__ import annotations

from datetime import date

from graph_catalogue import TODAY, course, section, snapshot

from knowledge.catalogue.graph.advisor import Advising, Advisor
from knowledge.catalogue.graph.habits import Asked, Attribute
from knowledge.catalogue.index import CatalogueIndex
from knowledge.model.terms import Quarter
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork


def test_a_change_of_the_catalogue_makes_a_new_advisor(units: UnitOfWork) -> None:
    advising = Advising(CatalogueIndex(units))
    first = advising.current()
    assert advising.current() is first
    class_id = first.snapshot.sections[first.course("CS106A").course_id][0].class_id
    with units.write() as work:
        Administration(work, TODAY, "test").set_capacity(class_id, 500)
    assert advising.current() is not first


def test_conversations_are_counted_anew_after_ten_minutes(catalogue: UnitOfWork) -> None:
    said, now = [Asked({"subjects": ["Computer Science"]})], [0.0]
    advising = Advising(CatalogueIndex(catalogue), lambda: said, lambda: now[0])

    def count() -> int:
        beliefs = advising.beliefs()
        spelt = beliefs.spellings(Attribute.SUBJECT, "CS")
        return beliefs.habits.count(Attribute.SUBJECT, *spelt)

    assert count() == 1
    said.append(Asked({"subjects": ["cs"]}))
    now[0] = 599.0
    assert count() == 1
    now[0] = 600.0
    assert count() == 2


def test_coming_terms_can_still_be_added() -> None:
    one = course(1, "CS1")
    sections = [section(one, 1, quarter) for quarter in (Quarter.AUTUMN, Quarter.SPRING)]
    advisor = Advisor(snapshot([one], sections))
    assert [str(term) for term in advisor.coming(one, TODAY)] == ["Spring 2019"]
    assert [str(term) for term in advisor.coming(one, date(2018, 9, 20))] == [
        "Autumn 2018", "Spring 2019",
    ]  # fmt: skip
    assert advisor.coming(one, date(2017, 1, 1)) == ()  # further away than a year
    assert advisor.coming(one, date(2019, 6, 1)) == ()
    assert advisor.offered(TODAY) == frozenset({1})
    assert advisor.taught(date(2019, 8, 1)) == frozenset()
