"""`python -m knowledge graph`: export the knowledge graph, and measure the order of questions."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue.graph.advisor import Advising, Advisor
from knowledge.catalogue.graph.evaluation import Measured, as_json, measure
from knowledge.catalogue.graph.export import View, part, picture
from knowledge.catalogue.graph.export import as_json as graph_as_json
from knowledge.catalogue.graph.students import Finding
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.query import CourseHit, CourseQuery
from knowledge.catalogue.search import search
from knowledge.errors import QuadError
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

Args = argparse.Namespace
_EVERY = 500  # results that a topic is asked about, as in the chat
_PATIENCE_SECONDS = 300.0  # for the catalogue's vectors, the first time


@dataclass(eq=False)
class FileNotWritable(QuadError):
    """The file to write to cannot be opened."""

    problem = "file-not-writable"
    path: str
    reason: str


@dataclass(eq=False)
class NothingOffered(QuadError):
    """An academic year without a single section."""

    problem = "nothing-offered"
    academic_start: int


@dataclass(eq=False)
class NoEncoder(QuadError):
    """Topics cannot be searched as the chat does: `make setup` has not packed the encoder."""

    problem = "no-encoder"
    folder: str


def add_arguments(group: argparse.ArgumentParser) -> None:
    """graph export|evaluate."""
    commands = group.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="write the graph as JSON or as a picture")
    kind = export.add_mutually_exclusive_group(required=True)
    kind.add_argument("--json", metavar="FILE")
    kind.add_argument("--picture", metavar="FILE", help="a PNG")
    view = export.add_mutually_exclusive_group()
    view.add_argument("--around", default="", metavar="CODE", help="only what is near a course")
    view.add_argument("--subject", default="", metavar="SUBJECT", help="a subject's courses")
    evaluate = commands.add_parser("evaluate", help="questions asked until five courses are left")
    evaluate.add_argument("--seed", type=int, default=0)
    evaluate.add_argument("--conversations", type=int, default=1000)
    evaluate.add_argument("--academic-start", type=int, default=2026, metavar="YEAR")
    evaluate.add_argument("--json", action="store_true", help="one JSON line")


def export(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Write one file."""
    advisor = _advisor(units)
    view = View(args.around, args.subject)
    if args.picture:
        path = Path(args.picture)
        content = picture(advisor, view)
    else:
        path = Path(args.json)
        found = graph_as_json(part(advisor, view))
        content = (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()
    try:
        path.write_bytes(content)
    except OSError as error:
        raise FileNotWritable(str(path), error.strerror or "") from error
    yield f"wrote {path}"


def evaluate(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Print one line a setting and order, or JSON."""
    meanings = Meanings.open(settings.var)
    index = CatalogueIndex(units, meanings)
    advisor = Advising(index).current()
    candidates = _offered(advisor, args.academic_start)
    if not candidates:
        raise NothingOffered(args.academic_start)
    if meanings is None or not meanings.wait(_PATIENCE_SECONDS):
        raise NoEncoder(str(settings.var))
    find = _search(index, args.academic_start)
    beliefs = advisor.beliefs()
    measured = measure(candidates, beliefs, args.seed, max(2, args.conversations), find)
    if args.json:
        facts = {"seed": args.seed, "courses": len(candidates), "measured": as_json(measured)}
        yield json.dumps(facts)
        return
    yield f"seed {args.seed}, {len(candidates)} courses of {args.academic_start}"
    yield from map(_line, measured)


def _advisor(units: UnitOfWork) -> Advisor:
    return Advising(CatalogueIndex(units)).current()


def _offered(advisor: Advisor, academic_start: int) -> list[CourseHit]:
    """The courses of one academic year with that year's sections."""
    snapshot = advisor.snapshot
    hits = (
        CourseHit(course, tuple(
            section for section in snapshot.sections[course.course_id]
            if section.term.academic_year_start == academic_start
        ), 0.0)
        for course in snapshot.courses.values()
    )  # fmt: skip
    return [hit for hit in hits if hit.sections]


def _search(index: CatalogueIndex, academic_start: int) -> Finding:
    """The search for a topic as the chat makes it."""

    def find(topic: str) -> list[CourseHit]:
        query = CourseQuery(topic, topic, academic_start=academic_start, limit=_EVERY)
        return list(search(index, query).hits)

    return find


def _line(one: Measured) -> str:
    return (
        f"{one.setting:14} {one.order:10} from {one.begun_with:5.1f}: "
        f"{one.questions:5.2f} ± {one.half_width:.2f} questions "
        f"({one.fewer:+6.1%} ± {one.fewer_half_width:.1%} fewer than fixed), "
        f"{one.arrived:5.1%} arrived, {one.left:.1f} left, {one.left_after_three:.1f} after three"
    )
