"""Topics as the catalogue names them: a condition that holds or not, unlike a search's words."""

from __future__ import annotations

import numpy as np

from knowledge.catalogue.columns import Mask
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.snapshot import Snapshot


def tagged(snapshot: Snapshot, query: CourseQuery) -> Mask:
    """Courses (by slot) with one of the asked topics, and with none of those ruled out."""
    mask = np.ones(len(snapshot.columns.courses), bool)
    if query.tagged:
        mask &= _having(snapshot, query.tagged)
    if query.not_tagged:
        mask &= ~_having(snapshot, query.not_tagged)
    return mask


def _having(snapshot: Snapshot, topics: tuple[str, ...]) -> Mask:
    wanted = {topic.casefold() for topic in topics}
    mask = np.zeros(len(snapshot.columns.courses), bool)
    held = [
        snapshot.slots[course.course_id]
        for course in snapshot.courses.values()
        if any(topic.casefold() in wanted for topic in course.topics)
    ]
    mask[held] = True
    return mask
