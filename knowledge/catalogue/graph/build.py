"""From a catalogue snapshot to the knowledge graph, with probabilities by counting.

P(v | course): of what the catalogue states (departments, requirements, topics) 1/k for each of k
values. Of what changes from offering to offering (instructors, terms) the Dirichlet posterior
(n + 1/|V|) / (N + 1): n of a course's N sections (or terms) have v, one of |V| values of its kind.
That is Laplace's smoothing with one pseudo-count in all (Perks 1947), so that a kind of 150 values
does not drown the counts. A prerequisite: 1 when required, 1/k as one of k alternatives.
P(course) = (enrolled + 1) / (all enrolled + courses). P(course | v) is proportional to
P(course) P(v | course), as Bayes has it. Pairs that were never seen have no edge.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.values import Edge, EdgeKind, KnowledgeGraph, Node, NodeKind
from knowledge.model.courses import Course
from knowledge.model.prerequisites import Both, Either, Prerequisite, Requires

_OBSERVED = frozenset({EdgeKind.INSTRUCTOR, EdgeKind.TERM})
Counts = dict[EdgeKind, Counter[Node]]


def popularity(snapshot: Catalogue, enrolled: Mapping[int, int]) -> dict[str, float]:
    """P(course) by home code: enrollments by course id over all known terms, smoothed by one."""
    counts = {
        str(course.code): 1 + enrolled.get(course_id, 0)
        for course_id, course in snapshot.courses.items()
    }
    total = sum(counts.values())
    return {code: count / total for code, count in counts.items()}


def build(snapshot: Catalogue, popular: dict[str, float]) -> KnowledgeGraph:
    """The graph of one snapshot, with P(course) by home code."""
    counted = {_course(course): _counts(snapshot, course) for course in snapshot.courses.values()}
    sizes = _sizes(counted)
    joint: dict[Node, float] = defaultdict(float)
    forward: list[tuple[Node, Node, EdgeKind, float]] = []
    for source, kinds in counted.items():
        for kind, found in kinds.items():
            for target, probability in _smoothed(kind, found, sizes[kind]):
                forward.append((source, target, kind, probability))
                joint[target] += popular[source.key] * probability
    edges = tuple(
        Edge(source, target, kind, p, popular[source.key] * p / joint[target])
        for source, target, kind, p in forward
    )
    nodes = dict.fromkeys([*counted, *(edge.target for edge in edges)])
    home = {code: str(course.code) for code, course in snapshot.by_code.items()}
    return KnowledgeGraph(snapshot.version, tuple(nodes), edges, popular, home)


def _course(course: Course) -> Node:
    return Node(NodeKind.COURSE, str(course.code), course.title)


def _counts(snapshot: Catalogue, course: Course) -> Counts:
    """How often each value was seen with the course; prerequisites carry their share as count."""
    sections = snapshot.sections[course.course_id]
    names = {department.code: department.name for department in snapshot.departments}
    home = {
        code.subject: Node(NodeKind.DEPARTMENT, code.subject, names.get(code.subject, code.subject))
        for code in course.codes
    }
    terms = {section.term for section in sections}
    return {
        EdgeKind.DEPARTMENT: Counter(home.values()),
        EdgeKind.INSTRUCTOR: Counter(
            Node(NodeKind.INSTRUCTOR, name, name) for s in sections for name in s.instructors
        ),
        EdgeKind.REQUIREMENT: Counter(
            Node(NodeKind.REQUIREMENT, name, name) for name in course.requirements
        ),
        EdgeKind.TOPIC: Counter(Node(NodeKind.TOPIC, name, name) for name in course.topics),
        EdgeKind.TERM: Counter(
            Node(NodeKind.TERM, term.quarter.value, term.quarter.value) for term in terms
        ),
        EdgeKind.PREREQUISITE: _needed(snapshot, course),
    }


def _needed(snapshot: Catalogue, course: Course) -> Counter[Node]:
    """Each course of the prerequisites, in percent of how much it is needed."""
    found: Counter[Node] = Counter()
    for code, share in shares(course.prerequisites) if course.prerequisites else ():
        other = snapshot.by_code.get(code)
        if other is not None and other is not course:
            found[_course(other)] = max(found[_course(other)], round(100 * share))
    return found


def shares(tree: Prerequisite) -> Iterator[tuple[str, float]]:
    """How likely a student comes through each course: 1 when required, 1/k as one of k ways."""
    if isinstance(tree, Requires):
        yield str(tree.code), 1.0
    elif isinstance(tree, Both | Either):
        each = 1.0 if isinstance(tree, Both) else 1 / len(tree.parts)
        for part in tree.parts:
            for code, share in shares(part):
                yield code, share * each


def _sizes(counted: dict[Node, Counts]) -> dict[EdgeKind, int]:
    seen: dict[EdgeKind, set[Node]] = defaultdict(set)
    for kinds in counted.values():
        for kind, found in kinds.items():
            seen[kind].update(found)
    return {kind: len(seen[kind]) for kind in EdgeKind}


def _smoothed(kind: EdgeKind, found: Counter[Node], size: int) -> Iterator[tuple[Node, float]]:
    total = sum(found.values())
    for target, count in found.items():
        if kind is EdgeKind.PREREQUISITE:
            yield target, count / 100  # independent of each other: they do not sum to one
        elif kind in _OBSERVED:
            yield target, (count + 1 / size) / (total + 1)
        else:
            yield target, count / total
