"""Nearness in the graph: a random walk with restart (personalised PageRank).

Page et al. (1999); Tong, Faloutsos and Pan (2006), "Fast Random Walk with Restart". From a course
the walker picks a kind of edge by `_KINDS` (of the kinds the course has), then a target by
P(target | course); from anything else a course by P(course | value), so that a rare topic binds
closer than a common one; with `RESTART` it returns to where it began.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from knowledge.catalogue.graph.values import EdgeKind, KnowledgeGraph, Node

RESTART = 0.25
_STEPS = 40  # 0.75^40 is 1e-5: what is left of the mass by then changes no ranking
# Topics say what a course is about; terms and requirements say little of it.
_KINDS = {
    EdgeKind.TOPIC: 6.0,
    EdgeKind.PREREQUISITE: 2.0,
    EdgeKind.DEPARTMENT: 1.0,
    EdgeKind.INSTRUCTOR: 0.5,
    EdgeKind.REQUIREMENT: 0.25,
}
_UNLOCKS = 2.0  # a prerequisite's edge walked backwards, to what is built on the course


@dataclass(frozen=True)
class Walk:
    """The transition matrix of one graph; columns are where the walker stands."""

    nodes: tuple[Node, ...]
    places: dict[Node, int]
    matrix: Any  # scipy's csr_matrix, (nodes, nodes), columns sum to 1 or 0

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> Walk:
        """Build the matrix once for a graph."""
        places = {node: place for place, node in enumerate(graph.nodes)}
        steps = _steps(graph)
        rows = [places[target] for _, target, _ in steps]
        columns = [places[source] for source, _, _ in steps]
        weights = np.array([weight for _, _, weight in steps], dtype=np.float64)
        shape = (len(places), len(places))
        return cls(graph.nodes, places, csr_matrix((weights, (rows, columns)), shape=shape))

    def near(self, start: Node) -> dict[Node, float]:
        """The share of the walker's time at each node; what it never reaches is left out."""
        begin = np.zeros(len(self.nodes))
        begin[self.places[start]] = 1.0
        mass = begin
        for _ in range(_STEPS):
            mass = (1 - RESTART) * (self.matrix @ mass)
            mass += (1 - mass.sum()) * begin  # the restart, and what had nowhere to go
        return {self.nodes[place]: float(mass[place]) for place in np.flatnonzero(mass > 0)}


def _steps(graph: KnowledgeGraph) -> list[tuple[Node, Node, float]]:
    """Every step with its probability."""
    outgoing: dict[Node, dict[str, list[tuple[Node, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    incoming: dict[Node, list[tuple[Node, float]]] = defaultdict(list)
    for edge in graph.edges:
        if edge.kind not in _KINDS:
            continue
        outgoing[edge.source][edge.kind.value].append((edge.target, edge.probability))
        if edge.kind is EdgeKind.PREREQUISITE:
            outgoing[edge.target]["unlocks"].append((edge.source, edge.backward))
        else:
            incoming[edge.target].append((edge.source, edge.backward))
    found = [
        (source, target, weight)
        for source, courses in incoming.items()
        for target, weight in _shared(courses, 1.0)
    ]
    for source, kinds in outgoing.items():
        total = sum(_weight(kind) for kind in kinds)
        for kind, targets in kinds.items():
            found += [(source, *step) for step in _shared(targets, _weight(kind) / total)]
    return found


def _weight(kind: str) -> float:
    return _UNLOCKS if kind == "unlocks" else _KINDS[EdgeKind(kind)]


def _shared(targets: list[tuple[Node, float]], weight: float) -> list[tuple[Node, float]]:
    total = sum(probability for _, probability in targets)
    return [(target, weight * probability / total) for target, probability in targets]
