"""The next question about a search's results, kept for as long as it stays true.

A list is often asked about twice ("no matter" asks again without the first question), and many
students begin alike: what was found out for one query holds until the catalogue or the habits
change.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from knowledge.catalogue.graph.advisor import Advising
from knowledge.catalogue.graph.habits import Attribute, Habits
from knowledge.catalogue.graph.question import Question, questions
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search

CONSIDERED = 500  # candidates of a question: the best-ranked ones of a longer list
_KEPT = 512


@dataclass(frozen=True)
class Results:
    """A search's results as the graph sees them: how many, how many were looked at, and every
    question that splits them, the best first.
    """

    total: int
    considered: int
    questions: tuple[Question, ...]


class Asking:
    """What can be asked about queries; safe to share between threads."""

    def __init__(self, index: CatalogueIndex, advising: Advising) -> None:
        self._index = index
        self._advising = advising
        self._lock = threading.Lock()
        self._kept: OrderedDict[CourseQuery, tuple[int, Habits, Results]] = OrderedDict()

    def about(self, query: CourseQuery) -> Results:
        """The questions about a query's results, whatever page it was for."""
        whole = replace(query, limit=CONSIDERED, offset=0)
        version, beliefs = self._index.current().version, self._advising.beliefs()
        with self._lock:
            kept = self._kept.get(whole)
            if kept is not None and kept[0] == version and kept[1] is beliefs.habits:
                self._kept.move_to_end(whole)
                return kept[2]
        page = search(self._index, whole)
        found = Results(page.total, len(page.hits), tuple(questions(page.hits, beliefs)))
        with self._lock:
            self._kept[whole] = version, beliefs.habits, found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found


def known(query: CourseQuery) -> frozenset[Attribute]:
    """What a search says already, and is not asked for again; a topic searched for by its words may
    still be made finer.
    """
    said: dict[Attribute, object] = {
        Attribute.SUBJECT: query.subjects or query.codes,
        Attribute.TOPIC: query.tagged or query.not_tagged,
        Attribute.LEVEL: query.level or query.numbers,
        Attribute.QUARTER: query.quarters,
        Attribute.UNITS: query.units,
        Attribute.INSTRUCTOR: query.instructors,
        Attribute.DAY: query.days,
        Attribute.TIMES: query.days or query.windows,
        Attribute.REQUIREMENT: query.requirements,
    }
    return frozenset(attribute for attribute, value in said.items() if value)
