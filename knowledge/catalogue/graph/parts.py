"""Parts of the graph that can be looked at: around a course, of a subject, of all departments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from knowledge.catalogue.graph.values import Edge, EdgeKind, KnowledgeGraph, Node, NodeKind
from knowledge.errors import QuadError

DEEPEST = 3
_SIMILAR = 10
DRAWN = 45  # nodes of a picture that can still be read


@dataclass(eq=False)
class UnknownSubject(QuadError):
    """No department of that subject code has a course."""

    problem: ClassVar[str] = "unknown-subject"
    status: ClassVar[int] = 404
    subject: str


def around(
    graph: KnowledgeGraph, start: Node, near: Mapping[Node, float], limit: int
) -> KnowledgeGraph:
    """A course, what it is tied to, its followers, and then the nearest nodes, at most `limit`."""
    tied = [edge.target for edge in graph.edges if edge.source == start]
    nearest = sorted(near, key=lambda node: (-near[node], node))
    kept = list(dict.fromkeys([start, *tied, *_followers(graph, start), *nearest]))[:limit]
    among = set(kept)
    edges = tuple(edge for edge in graph.edges if {edge.source, edge.target} <= among)
    return replace(graph, nodes=tuple(kept), edges=edges)


def picture_around(
    graph: KnowledgeGraph, start: Node, near: Mapping[Node, float], limit: int = DRAWN
) -> KnowledgeGraph:
    """What a picture can show of a course: its prerequisites three deep, what follows it, its own
    attributes, and the nearest courses that share a topic; only the lines between these.
    """
    flow = [*depths(graph, start), *_followers(graph, start)]
    own = [edge.target for edge in graph.edges if edge.source == start]
    topics = {node for node in own if node.kind is NodeKind.TOPIC}
    sharing = {edge.source for edge in graph.edges if edge.target in topics}
    similar = sorted(sharing - set(flow), key=lambda node: (-near.get(node, 0.0), node))[:_SIMILAR]
    kept = list(dict.fromkeys([*flow, *own, *similar]))[:limit]
    among, flowing = set(kept), set(flow)
    edges = tuple(
        edge
        for edge in graph.edges
        if {edge.source, edge.target} <= among
        and (edge.source == start or edge.target in topics or {edge.source, edge.target} <= flowing)
    )
    return replace(graph, nodes=tuple(kept), edges=edges)


def depths(graph: KnowledgeGraph, start: Node, deepest: int = DEEPEST) -> dict[Node, int]:
    """Steps from a course down its prerequisites, the fewest; the course itself at 0."""
    needed = needs(graph)
    depth, waiting = {start: 0}, [start]
    for node in waiting:
        if depth[node] < deepest:
            for below in sorted(needed[node] - depth.keys()):
                depth[below] = depth[node] + 1
                waiting.append(below)
    return depth


def needs(graph: KnowledgeGraph) -> dict[Node, set[Node]]:
    """What each course names among its prerequisites."""
    needed: dict[Node, set[Node]] = defaultdict(set)
    for edge in graph.edges:
        if edge.kind is EdgeKind.PREREQUISITE:
            needed[edge.source].add(edge.target)
    return needed


def _followers(graph: KnowledgeGraph, start: Node) -> list[Node]:
    return [
        edge.source
        for edge in graph.edges
        if edge.target == start and edge.kind is EdgeKind.PREREQUISITE
    ]


def of_subject(graph: KnowledgeGraph, subject: str, limit: int) -> KnowledgeGraph:
    """The (most popular) courses of a subject and their prerequisites; raise UnknownSubject."""
    own = [node for code, node in graph.by_course.items() if _subject(code) == subject]
    if not own:
        raise UnknownSubject(subject)
    own = sorted(own, key=lambda node: (-graph.popularity[node.key], node))[:limit]
    mine = set(own)
    tied = [
        edge for edge in graph.edges if edge.kind is EdgeKind.PREREQUISITE and edge.source in mine
    ]
    nodes = dict.fromkeys([*own, *(edge.target for edge in tied)])
    return replace(graph, nodes=tuple(nodes), edges=tuple(tied))


def of_departments(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Departments alone; an edge from A to B: P(a course of A asks for a course of B)."""
    departments = {node.key: node for node in graph.nodes if node.kind is NodeKind.DEPARTMENT}
    courses: dict[str, int] = defaultdict(int)
    for code in graph.by_course:
        courses[_subject(code)] += 1
    asking: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in graph.edges:
        if edge.kind is EdgeKind.PREREQUISITE:
            pair = (_subject(edge.source.key), _subject(edge.target.key))
            asking[pair].add(edge.source.key)
    edges = tuple(
        Edge(
            departments[one],
            departments[other],
            EdgeKind.PREREQUISITE,
            (len(found) + 1 / len(departments)) / (courses[one] + 1),
            len(found) / sum(len(each) for (_, b), each in asking.items() if b == other),
        )
        for (one, other), found in sorted(asking.items())
        if one != other and one in departments and other in departments
    )
    return replace(graph, nodes=tuple(departments.values()), edges=edges)


def _subject(code: str) -> str:
    return code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789")
