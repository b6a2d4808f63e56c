"""The graph's probabilities: by hand on a small catalogue, and as laws on the sample one."""

from __future__ import annotations

from collections import defaultdict

import pytest
from graph_catalogue import course, section, snapshot

from knowledge.catalogue.graph.build import build, popularity
from knowledge.catalogue.graph.values import EdgeKind, KnowledgeGraph, NodeKind
from knowledge.catalogue.graph.walk import Walk
from knowledge.catalogue.index import CatalogueIndex
from knowledge.errors import UnknownCourse
from knowledge.model.terms import Quarter
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def small() -> KnowledgeGraph:
    first = course(1, "CS1 MATH1", topics=["logic", "proofs"])
    second = course(2, "CS2", "CS1 and (CS3 or CS4)", topics=["logic"])
    others = [course(3, "CS3"), course(4, "CS4")]
    sections = [
        section(first, 1, Quarter.AUTUMN, "Ada Lamp"),
        section(first, 2, Quarter.WINTER, "Ada Lamp"),
        section(first, 3, Quarter.WINTER, "Bo Reed"),
        section(second, 1, Quarter.WINTER, "Bo Reed"),
    ]
    made = snapshot([first, second, *others], sections)
    return build(made, popularity(made, {first.course_id: 8}))


def _probability(graph: KnowledgeGraph, code: str, kind: EdgeKind, key: str) -> float:
    return next(
        edge.probability
        for edge in graph.edges
        if (edge.source.key, edge.kind, edge.target.key) == (code, kind, key)
    )


def test_popularity_is_smoothed_by_one(small: KnowledgeGraph) -> None:
    assert small.popularity == pytest.approx(
        {"CS1": 9 / 12, "CS2": 1 / 12, "CS3": 1 / 12, "CS4": 1 / 12}
    )


def test_what_the_catalogue_states_is_shared_evenly(small: KnowledgeGraph) -> None:
    assert _probability(small, "CS1", EdgeKind.TOPIC, "logic") == 0.5
    assert _probability(small, "CS1", EdgeKind.DEPARTMENT, "MATH") == 0.5
    assert _probability(small, "CS2", EdgeKind.TOPIC, "logic") == 1.0


def test_what_varies_by_offering_is_smoothed(small: KnowledgeGraph) -> None:
    assert _probability(small, "CS1", EdgeKind.INSTRUCTOR, "Ada Lamp") == pytest.approx(2.5 / 4)
    assert _probability(small, "CS1", EdgeKind.TERM, "Autumn") == pytest.approx(1.5 / 3)


def test_alternatives_share_what_is_required(small: KnowledgeGraph) -> None:
    assert _probability(small, "CS2", EdgeKind.PREREQUISITE, "CS1") == 1.0
    assert _probability(small, "CS2", EdgeKind.PREREQUISITE, "CS3") == 0.5


def test_any_listing_names_the_course(small: KnowledgeGraph) -> None:
    assert small.course("MATH1").key == "CS1"
    with pytest.raises(UnknownCourse):
        small.course("CS9")


@pytest.fixture(scope="module")
def sample(catalogue: UnitOfWork) -> KnowledgeGraph:
    index = CatalogueIndex(catalogue)
    return build(index.current(), popularity(index.current(), index.enrolled()))


def test_probabilities_are_probabilities(sample: KnowledgeGraph) -> None:
    assert sum(sample.popularity.values()) == pytest.approx(1.0)
    forward: dict[tuple, float] = defaultdict(float)
    backward: dict[tuple, float] = defaultdict(float)
    for edge in sample.edges:
        assert 0 < edge.probability <= 1
        assert 0 < edge.backward <= 1
        backward[edge.target, edge.kind] += edge.backward
        if edge.kind is not EdgeKind.PREREQUISITE:
            forward[edge.source, edge.kind] += edge.probability
    assert all(total <= 1 + 1e-9 for total in forward.values())
    per_target: dict = defaultdict(float)
    for (target, _), total in backward.items():
        per_target[target] += total
    assert all(total == pytest.approx(1.0) for total in per_target.values())


def test_every_kind_of_node_and_edge_is_there(sample: KnowledgeGraph) -> None:
    assert {node.kind for node in sample.nodes} == set(NodeKind)
    assert {edge.kind for edge in sample.edges} == set(EdgeKind)
    assert len({node.id for node in sample.nodes}) == len(sample.nodes)


def test_the_walk_keeps_its_mass_and_stays_near(sample: KnowledgeGraph) -> None:
    near = Walk.of(sample).near(sample.course("CS230"))
    assert sum(near.values()) == pytest.approx(1.0)
    assert near[sample.course("CS231N")] > near[sample.course("HISTORY1B")]
    assert max(near, key=lambda node: near[node]) == sample.course("CS230")
