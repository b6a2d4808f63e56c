"""What an answer leaves of the candidates: the same as the search with that filter added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.question import lectures, values
from knowledge.catalogue.query import CourseHit
from knowledge.model.courses import Section

_OF_SECTION: Mapping[Attribute, Callable[[Section, str], bool]] = {
    Attribute.QUARTER: lambda section, value: section.term.quarter.value == value,
    Attribute.INSTRUCTOR: lambda section, value: value in section.instructors,
    Attribute.DAY: lambda section, value: any(
        day.full_name == value for meeting in section.meetings for day in meeting.days
    ),
}


def narrow(candidates: Sequence[CourseHit], attribute: Attribute, value: str) -> list[CourseHit]:
    """The candidates that have the value, with only those sections that have it."""
    of_section = _OF_SECTION.get(attribute)
    kept = [hit for hit in candidates if value in values(attribute, hit)]
    if of_section is None:
        return kept
    return [replace(hit, sections=_having(hit, of_section, value)) for hit in kept]


def _having(
    hit: CourseHit, of_section: Callable[[Section, str], bool], value: str
) -> tuple[Section, ...]:
    return tuple(section for section in lectures(hit) if of_section(section, value))
