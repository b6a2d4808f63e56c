"""The graph as a picture (PNG): labelled boxes coloured by kind, lines as strong as likely."""

from __future__ import annotations

import io
import textwrap
import threading
from typing import Any

from knowledge.catalogue.graph.layout import Places
from knowledge.catalogue.graph.values import Edge, EdgeKind, KnowledgeGraph, Node, NodeKind

_COLOURS = {
    NodeKind.COURSE: "#dbe9f6",
    NodeKind.DEPARTMENT: "#f9d9c0",
    NodeKind.INSTRUCTOR: "#e3dcf1",
    NodeKind.REQUIREMENT: "#d9ead3",
    NodeKind.TOPIC: "#fdf2c4",
    NodeKind.TERM: "#e6e6e6",
}
_CENTRE = "#8fbfe8"
_COLUMN, _ROW = 2.4, 0.72  # inches between neighbours
_DPI = 110
_LARGEST = 40.0  # inches: 4,400 pixels
_LABEL = 24
_LOCK = threading.Lock()  # matplotlib shares its font caches between threads


def png(graph: KnowledgeGraph, places: Places, title: str, centre: Node | None = None) -> bytes:
    """Draw the nodes at their places; the picture never exceeds 4,400 pixels a side."""
    with _LOCK:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # half a second: when needed
        from matplotlib.figure import Figure

        figure = Figure(figsize=_size(places), dpi=_DPI)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.01, 0.01, 0.98, 0.94))
        axes.set_axis_off()
        axes.set_title(title, fontsize=13)
        axes.margins(x=0.12, y=0.06)
        boxes = _draw_nodes(axes, places, centre)
        figure.draw_without_rendering()  # only now do the boxes know their size
        _draw_edges(axes, graph, places, boxes)
        _draw_legend(axes, places)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png")
    return drawn.getvalue()


def _size(places: Places) -> tuple[float, float]:
    across = [x for x, _ in places.values()]
    up = [y for _, y in places.values()]
    width = (max(across) - min(across) + 1.2) * _COLUMN
    height = (max(up) - min(up) + 2) * _ROW + 1
    return min(_LARGEST, max(7.0, width)), min(_LARGEST, max(4.0, height))


def _draw_nodes(axes: Any, places: Places, centre: Node | None) -> dict[Node, Any]:
    """The boxes, for lines to end at."""
    axes.scatter([x for x, _ in places.values()], [y for _, y in places.values()], s=0)
    boxes = {}
    for node, (x, y) in places.items():
        colour = _CENTRE if node == centre else _COLOURS[node.kind]
        box = {"boxstyle": "round,pad=0.3", "facecolor": colour, "edgecolor": "#777777"}
        text = axes.text(
            x, y, _label(node), ha="center", va="center", fontsize=8, zorder=3, bbox=box
        )
        boxes[node] = text.get_bbox_patch()
    return boxes


def _draw_edges(axes: Any, graph: KnowledgeGraph, places: Places, boxes: dict[Node, Any]) -> None:
    for edge in graph.edges:
        if edge.source in places and edge.target in places:
            ends = {"patchA": boxes[edge.target], "patchB": boxes[edge.source]}
            # An arrow points the way a student goes: from what comes first.
            axes.annotate(
                "",
                xy=places[edge.source],
                xytext=places[edge.target],
                arrowprops=_line(edge) | ends,
                zorder=1,
            )


def _line(edge: Edge) -> dict[str, Any]:
    ordered = edge.kind is EdgeKind.PREREQUISITE
    return {
        "arrowstyle": "-|>" if ordered else "-",
        "color": "#47688a" if ordered else "#b0b0b0",
        "linewidth": 0.5 + 1.5 * min(1.0, edge.probability),
        "alpha": 0.8,
        "shrinkA": 1,
        "shrinkB": 1,
    }


def _label(node: Node) -> str:
    """A course by its code and the beginning of its title; anything else by its name."""
    lines = textwrap.wrap(node.label, _LABEL)
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), _LABEL, placeholder=" …")]
    return "\n".join([node.key, *lines] if node.kind is NodeKind.COURSE else lines)


def _draw_legend(axes: Any, places: Places) -> None:
    from matplotlib.patches import Patch

    kinds = [kind for kind in NodeKind if any(node.kind is kind for node in places)]
    patches = [Patch(facecolor=_COLOURS[k], edgecolor="#777777", label=k.value) for k in kinds]
    axes.legend(handles=patches, loc="upper left", fontsize=8, framealpha=0.9)
