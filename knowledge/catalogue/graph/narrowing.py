"""What an answer leaves of the candidates: the same as the search with that filter added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.having import alike, lectures, times, values
from knowledge.catalogue.query import CourseHit
from knowledge.model.courses import Section

_OF_SECTION: Mapping[Attribute, Callable[[Section, str], bool]] = {
    Attribute.QUARTER: lambda section, value: section.term.quarter.value == value,
    Attribute.INSTRUCTOR: lambda section, value: value in section.instructors,
    Attribute.DAY: lambda section, value: any(
        day.full_name == value for meeting in section.meetings for day in meeting.days
    ),
    Attribute.TIMES: lambda section, value: any(alike(held, value) for held in times(section)),
}


def narrow(candidates: Sequence[CourseHit], attribute: Attribute, value: str) -> list[CourseHit]:
    """The candidates that have the value, with only those sections that have it."""
    of_section = _OF_SECTION.get(attribute)
    if of_section is None:
        return [hit for hit in candidates if value in values(attribute, hit)]
    narrowed = (replace(hit, sections=_having(hit, of_section, value)) for hit in candidates)
    return [hit for hit in narrowed if hit.sections]


def without(
    candidates: Sequence[CourseHit], attribute: Attribute, shown: Collection[str]
) -> list[CourseHit]:
    """The candidates that have none of the values shown: "something else"."""
    return [hit for hit in candidates if not set(shown).intersection(values(attribute, hit))]


def _having(
    hit: CourseHit, of_section: Callable[[Section, str], bool], value: str
) -> tuple[Section, ...]:
    return tuple(section for section in lectures(hit) if of_section(section, value))
