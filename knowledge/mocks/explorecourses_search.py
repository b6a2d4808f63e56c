"""A catalogue query narrowed by the check boxes that courses answer, paged after that."""

from __future__ import annotations

from dataclasses import replace

from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CoursePage, CourseQuery
from knowledge.catalogue.search import search
from knowledge.mocks.explorecourses_facets import Facets

WHOLE = 1_000_000  # more courses than a catalogue has: no paging


def ticked(index: CatalogueIndex, query: CourseQuery, facets: Facets) -> CoursePage:
    """The query's page among the courses that the boxes leave."""
    if not facets.asks_course:
        return search(index, query)
    found = search(index, replace(query, limit=WHOLE, offset=0))
    left = tuple(hit for hit in found.hits if facets.course_holds(hit.course))
    page = left[query.offset : query.offset + query.limit]
    return replace(found, hits=page, total=len(left))
