"""An answer narrows candidates exactly as the search does with that filter added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.narrowing import narrow
from knowledge.catalogue.graph.question import Beliefs, questions
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.model.courses import Level
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter
from knowledge.storage.unit_of_work import UnitOfWork

# Topics are searched by words, which find more than the topic itself.
_FILTERS = {
    Attribute.SUBJECT: lambda value: {"subjects": (value,)},
    Attribute.LEVEL: lambda value: {"level": Level(value)},
    Attribute.QUARTER: lambda value: {"quarters": (Quarter(value),)},
    Attribute.UNITS: lambda value: {"units": (int(value), int(value))},
    Attribute.INSTRUCTOR: lambda value: {"instructors": (value,)},
    Attribute.DAY: lambda value: {"days": frozenset({Day[value.upper()]})},
    Attribute.TIMES: lambda value: _times(value),
    Attribute.REQUIREMENT: lambda value: {"requirements": (value,)},
}


def _times(value: str) -> dict[str, object]:
    days, _, hours = value.partition(":")
    earliest, _, latest = hours.partition("-")
    window = (int(earliest) if earliest else None, int(latest) if latest else None)
    return {"days": frozenset(Day[day.upper()] for day in days.split(",")), "windows": (window,)}


@pytest.mark.parametrize("attribute", _FILTERS)
def test_narrowing_is_searching(catalogue: UnitOfWork, attribute: Attribute) -> None:
    index = CatalogueIndex(catalogue)
    query = CourseQuery(academic_start=2026, limit=1000)
    found = search(index, query).hits
    question = next(q for q in questions(found, Beliefs({})) if q.attribute is attribute)
    for choice in question.choices:
        searched = search(index, replace(query, **_FILTERS[attribute](choice.value))).hits
        narrowed = narrow(found, attribute, choice.value)
        assert {hit.course.code for hit in narrowed} == {hit.course.code for hit in searched}
        assert len(narrowed) == choice.count
