"""The graph's values: typed nodes, and typed edges that carry a conditional probability."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from knowledge.errors import UnknownCourse
from knowledge.model.codes import CourseCode


class NodeKind(StrEnum):
    """What a node stands for."""

    COURSE = "course"
    DEPARTMENT = "department"
    INSTRUCTOR = "instructor"
    REQUIREMENT = "requirement"
    TOPIC = "topic"
    TERM = "term"


class EdgeKind(StrEnum):
    """How a course is tied to a node; `PREREQUISITE` leads to what is needed before it."""

    DEPARTMENT = "department"
    INSTRUCTOR = "instructor"
    REQUIREMENT = "requirement"
    TOPIC = "topic"
    TERM = "term"
    PREREQUISITE = "prerequisite"


@dataclass(frozen=True, order=True)
class Node:
    """A node; `key` is unique within its kind ("CS229", "CS", "machine learning")."""

    kind: NodeKind
    key: str
    label: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Unique in the whole graph: "course:CS229"."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Edge:
    """A course tied to something: P(target | course), and P(course | target) the other way."""

    source: Node
    target: Node
    kind: EdgeKind
    probability: float
    backward: float


@dataclass(frozen=True)
class KnowledgeGraph:
    """Nodes and edges of one catalogue version; `popularity` is P(course) by home code."""

    version: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    popularity: dict[str, float]
    home: dict[str, str]  # every code, cross-listings included → the home code

    @cached_property
    def by_course(self) -> dict[str, Node]:
        """Course nodes by home code."""
        return {node.key: node for node in self.nodes if node.kind is NodeKind.COURSE}

    def course(self, code: CourseCode | str) -> Node:
        """The node of a course by any of its codes; raise UnknownCourse."""
        node = self.by_course.get(self.home.get(str(code), ""))
        if node is None:
            raise UnknownCourse(str(code))
        return node
