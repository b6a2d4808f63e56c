"""From sections to bundles: a lecture with each of its discussions or labs that it can go with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from knowledge.model.courses import Course, Section
from knowledge.model.schedule import clash
from knowledge.registrar.planning.case import Bundle


def bundles_of(
    sections: Iterable[Section],
    courses: Mapping[int, Course],
    has_seat: Callable[[Section], bool] = lambda section: section.seats_left > 0,
) -> tuple[Bundle, ...]:
    """Every way to take each section without a parent; cancelled ones cannot be taken."""
    standing = [section for section in sections if not section.cancelled]
    children: dict[int, list[Section]] = defaultdict(list)
    for section in standing:
        if section.parent is not None:
            children[section.parent].append(section)
    alone: list[Section | None] = [None]
    found = [
        Bundle(
            courses[lecture.course_id],
            lecture,
            linked,
            has_seat(lecture) and (linked is None or linked.seats_left > 0),
        )
        for lecture in standing
        if lecture.parent is None
        for linked in (children.get(lecture.class_id) or alone)
        if linked is None or not clash(lecture.meetings, linked.meetings)
    ]
    return tuple(sorted(found, key=lambda bundle: bundle.key))
