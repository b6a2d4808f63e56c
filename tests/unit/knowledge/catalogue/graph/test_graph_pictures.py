"""Parts, places and pictures: bounded, nothing on top of anything else, a real PNG."""

from __future__ import annotations

import struct

import pytest

from knowledge.catalogue.graph.advisor import Advising, Advisor
from knowledge.catalogue.graph.export import AROUND, Pictures, View, as_json, part, picture
from knowledge.catalogue.graph.layout import around_course, by_depth, in_circle
from knowledge.catalogue.graph.parts import (
    DRAWN,
    UnknownSubject,
    of_departments,
    of_subject,
    picture_around,
)
from knowledge.catalogue.graph.values import EdgeKind, NodeKind
from knowledge.catalogue.index import CatalogueIndex
from knowledge.errors import InvalidCode, UnknownCourse
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="module")
def advisor(catalogue: UnitOfWork) -> Advisor:
    return Advising(CatalogueIndex(catalogue)).current()


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("code", ["CS229", "CS106A", "HISTORY299S", "MATH51", "LINGUIST284"])
def test_places_around_a_course_do_not_coincide(advisor: Advisor, code: str) -> None:
    start = advisor.graph.course(code)
    shown = picture_around(advisor.graph, start, advisor.walk.near(start))
    places = around_course(shown, start)
    assert set(places) == set(shown.nodes)
    assert len(set(places.values())) == len(places) <= DRAWN


def test_prerequisites_stand_left_of_what_needs_them(advisor: Advisor) -> None:
    shown = of_subject(advisor.graph, "CS", 90)
    places = by_depth(shown)
    assert len(set(places.values())) == len(places)
    for edge in shown.edges:
        assert places[edge.target][0] < places[edge.source][0]


def test_departments_are_on_a_circle_and_ask_of_each_other(advisor: Advisor) -> None:
    shown = of_departments(advisor.graph)
    assert {node.kind for node in shown.nodes} == {NodeKind.DEPARTMENT}
    asks = {(edge.source.key, edge.target.key): edge.probability for edge in shown.edges}
    assert 0 < asks["CS", "MATH"] < 1
    places = in_circle(shown.nodes)
    assert len(set(places.values())) == len(shown.nodes)


def test_around_a_course_holds_what_it_is_tied_to(advisor: Advisor) -> None:
    found = part(advisor, View(around="cs 229"))
    assert len(found.nodes) == AROUND
    assert {edge.kind for edge in found.edges} >= {EdgeKind.PREREQUISITE, EdgeKind.TOPIC}
    assert found.nodes[0].key == "CS229"
    assert len(part(advisor, View(around="CS229"), 5).nodes) == 5


def test_unknown_views_are_refused(advisor: Advisor) -> None:
    with pytest.raises(UnknownCourse):
        part(advisor, View(around="CS999"))
    with pytest.raises(InvalidCode):
        picture(advisor, View(around="no code"))
    with pytest.raises(UnknownSubject):
        picture(advisor, View(subject="XX"))


def test_edges_of_the_json_end_at_its_nodes(advisor: Advisor) -> None:
    plain = as_json(part(advisor, View(subject="cs")))
    known = {node["id"] for node in plain["nodes"]}
    assert all({edge["source"], edge["target"]} <= known for edge in plain["edges"])
    assert all(0 < edge["probability"] <= 1 for edge in plain["edges"])


@pytest.mark.parametrize("view", [View(around="CS229"), View(subject="CS"), View()])
def test_a_picture_is_a_bounded_png(advisor: Advisor, view: View) -> None:
    width, height = _size(picture(advisor, view))
    assert 600 <= width <= 4400
    assert 400 <= height <= 4400


def test_a_picture_is_drawn_once(advisor: Advisor) -> None:
    pictures = Pictures()
    assert pictures.get(advisor, View(around="CS161")) is pictures.get(advisor, View("CS161"))
