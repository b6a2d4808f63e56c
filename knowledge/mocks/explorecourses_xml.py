"""ExploreCourses' XML views: what a query string asks for, as the original would answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.catalogue.query import CourseHit
from knowledge.formats.records import CourseRecord, DepartmentRecord
from knowledge.formats.views import View
from knowledge.formats.xml_writer import iterate_xml, write_departments
from knowledge.mocks.explorecourses_facets import Facets, InvalidFilter, read_facets, read_year
from knowledge.mocks.explorecourses_filters import read_query
from knowledge.mocks.explorecourses_records import course_records
from knowledge.mocks.explorecourses_search import WHOLE, ticked

_SENT = 1 << 16


def departments(snapshot: Snapshot) -> bytes:
    """The list of schools and their departments."""
    return write_departments(
        DepartmentRecord(department.code, department.name, department.school)
        for department in snapshot.departments
    )


def courses(index: CatalogueIndex, pairs: list[tuple[str, str]], view: View) -> Iterator[bytes]:
    """The found courses with their sections, each under each of its codes, piece by piece.

    Everything is read before the first piece; raises InvalidFilter before it, never after.
    """
    facets = read_facets(pairs)
    year = _year(pairs)
    _check_page(pairs)
    snapshot = index.current()
    unticked = [pair for pair in pairs if not _is_box(pair[0]) and pair[0] != "academicYear"]
    if year is not None:
        unticked.append(("academic_start", str(year)))
    query = replace(read_query(unticked, snapshot, WHOLE), limit=WHOLE, offset=0)
    hits = [hit for hit in ticked(index, query, facets).hits if _holds(hit, facets)]
    return _gathered(iterate_xml(_records(snapshot, hits, facets, year), view))


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth sending."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= _SENT:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _records(
    snapshot: Snapshot, hits: list[CourseHit], facets: Facets, year: int | None
) -> Iterator[CourseRecord]:
    for hit in hits:
        # A ticked term narrows the courses alone; its sections come first, the others follow.
        sections = sorted(hit.sections, key=lambda section: not facets.section_holds(section))
        yield from course_records(snapshot, hit.course, tuple(sections), year)


def _is_box(key: str) -> bool:
    return key.startswith("filter-") and not key.startswith("filter-departmentcode-")


def _holds(hit: CourseHit, facets: Facets) -> bool:
    return not facets.asks_section or any(facets.section_holds(s) for s in hit.sections)


def _year(pairs: list[tuple[str, str]]) -> int | None:
    years = [read_year(value) for key, value in pairs if key == "academicYear"]
    return years[0] if years else None


def _check_page(pairs: list[tuple[str, str]]) -> None:
    """`page` is accepted, as the original's own links carry it, and changes nothing."""
    for key, value in pairs:
        if key == "page" and value and not (value.isascii() and value.isdigit()):
            raise InvalidFilter(key, value)
