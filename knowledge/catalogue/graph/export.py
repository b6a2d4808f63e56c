"""The graph for others: node-link JSON of any part of it, and pictures of what can be read."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ClassVar

from knowledge.catalogue.graph import parts
from knowledge.catalogue.graph.advisor import Advisor
from knowledge.catalogue.graph.layout import around_course, by_depth, in_circle
from knowledge.catalogue.graph.picture import png
from knowledge.catalogue.graph.values import KnowledgeGraph
from knowledge.errors import QuadError
from knowledge.model.codes import CourseCode

AROUND = 60
MOST = 10_000
_DRAWN_OF_SUBJECT = 90
_KEPT_PICTURES = 32


@dataclass(eq=False)
class GraphTooLarge(QuadError):
    """The part asked for has more nodes than one answer may hold: ask around a course."""

    problem: ClassVar[str] = "graph-too-large"
    status: ClassVar[int] = 422
    nodes: int
    most: int


@dataclass(frozen=True)
class View:
    """What part: around a course, of a subject's courses, or (both empty) everything."""

    around: str = ""
    subject: str = ""


def part(advisor: Advisor, view: View, limit: int = AROUND) -> KnowledgeGraph:
    """The part of the graph that a view names; raise UnknownCourse or UnknownSubject."""
    graph = advisor.graph
    if view.around:
        start = graph.course(CourseCode.parse(view.around))
        return parts.around(graph, start, advisor.walk.near(start), limit)
    if view.subject:
        return parts.of_subject(graph, view.subject.upper(), MOST)
    return graph


def as_json(graph: KnowledgeGraph) -> dict[str, Any]:
    """Node-link form; an edge carries P(target | source) and, backward, P(source | target)."""
    return {
        "version": graph.version,
        "nodes": [
            {"id": node.id, "kind": node.kind.value, "key": node.key, "label": node.label}
            for node in graph.nodes
        ],
        "edges": [
            {
                "source": edge.source.id,
                "target": edge.target.id,
                "kind": edge.kind.value,
                "probability": round(edge.probability, 6),
                "backward": round(edge.backward, 6),
            }
            for edge in graph.edges
        ],
    }


def picture(advisor: Advisor, view: View) -> bytes:
    """A PNG of a view; of everything, the departments and what they ask of each other."""
    graph = advisor.graph
    if view.around:
        start = graph.course(CourseCode.parse(view.around))
        shown = parts.picture_around(graph, start, advisor.walk.near(start))
        return png(shown, around_course(shown, start), f"{start.key} {start.label}", start)
    if view.subject:
        shown = parts.of_subject(graph, view.subject.upper(), _DRAWN_OF_SUBJECT)
        return png(shown, by_depth(shown), view.subject.upper())
    shown = parts.of_departments(graph)
    return png(shown, in_circle(shown.nodes), "")


@dataclass
class Pictures:
    """The latest pictures, drawn once for each view of a catalogue version."""

    _drawn: OrderedDict[tuple[int, View], bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, advisor: Advisor, view: View) -> bytes:
        """A picture, from memory when it was drawn before."""
        key = (advisor.snapshot.version, view)
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        drawn = picture(advisor, view)
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > _KEPT_PICTURES:
                self._drawn.popitem(last=False)
        return drawn
