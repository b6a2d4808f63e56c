"""Where nodes stand in a picture: pure positions in columns and rows, no drawing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge.catalogue.graph.parts import depths, needs
from knowledge.catalogue.graph.values import KnowledgeGraph, Node, NodeKind

Place = tuple[float, float]
Places = dict[Node, Place]
_A_ROW = 5
_GAP = 1.6  # between the bands of a picture, in rows
_ORDER = list(NodeKind)


def around_course(graph: KnowledgeGraph, start: Node) -> Places:
    """Prerequisites to the left by depth, followers to the right, everything else in rows below."""
    depth = depths(graph, start)
    needed = needs(graph)
    followers = [node for node in graph.nodes if start in needed[node] and node not in depth]
    columns: dict[int, list[Node]] = defaultdict(list)
    for node, steps in depth.items():
        columns[-steps].append(node)
    columns[1] = followers
    places = _columns(columns)
    tied = {edge.target for edge in graph.edges if edge.source == start}
    rest = [node for node in graph.nodes if node not in places]
    attributes = [node for node in rest if node in tied]
    others = [node for node in rest if node not in tied]
    low = min(y for _, y in places.values()) - _GAP
    for band in (attributes, others):
        ordered = sorted(band, key=lambda node: (_ORDER.index(node.kind), node.key))
        low = _rows(places, ordered, low) - _GAP / 2
    return places


def by_depth(graph: KnowledgeGraph) -> Places:
    """Courses in columns by how many others come before them on the longest way."""
    needed = needs(graph)
    depth: dict[Node, int] = {}

    def of(node: Node, path: frozenset[Node]) -> int:
        if node not in depth:
            below = [of(each, path | {node}) + 1 for each in needed[node] - path - {node}]
            depth[node] = max(below, default=0)
        return depth[node]

    columns: dict[int, list[Node]] = defaultdict(list)
    for node in sorted(graph.nodes):
        columns[of(node, frozenset())].append(node)
    places: Places = {}
    for column in sorted(columns):
        placed = {node: _height(needed[node], places) for node in columns[column]}
        columns[column].sort(key=lambda node: (-placed[node], node))
        places.update(_columns({column: columns[column]}))
    return places


def in_circle(nodes: Sequence[Node]) -> Places:
    """Nodes on a circle, in their own order."""
    radius = max(2.0, len(nodes) / 4)
    turn = 2 * math.pi / max(1, len(nodes))
    return {
        node: (radius * 0.6 * math.cos(turn * place), radius * math.sin(turn * place))
        for place, node in enumerate(sorted(nodes))
    }


def _columns(columns: dict[int, list[Node]]) -> Places:
    """Each column stacked around the middle line."""
    return {
        node: (float(column), (len(nodes) - 1) / 2 - place)
        for column, nodes in columns.items()
        for place, node in enumerate(nodes)
    }


def _rows(places: Places, nodes: Sequence[Node], top: float) -> float:
    """Lay nodes in rows downwards from a height, under the columns' middle; the next height."""
    left, right = min(x for x, _ in places.values()), max(x for x, _ in places.values())
    for begin in range(0, len(nodes), _A_ROW):
        row = nodes[begin : begin + _A_ROW]
        width = max(right - left, 3.2)
        step = width / (_A_ROW - 1)
        middle = (left + right) / 2
        for place, node in enumerate(row):
            places[node] = (middle + (place - (len(row) - 1) / 2) * step, top)
        top -= 1
    return top


def _height(before: Iterable[Node], places: Places) -> float:
    """The mean height of what stands to the left, so that few lines cross."""
    heights = [places[node][1] for node in before if node in places]
    return sum(heights) / len(heights) if heights else 0.0
