"""ExploreCourses' XML as records, of both views: the one reader of the import and of the client.

A document whose structure cannot be trusted raises; a single bad field costs its course alone
when the caller takes such faults (`report`), so that an import can show all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from knowledge.formats import vocabulary
from knowledge.formats.faults import FieldInvalid
from knowledge.formats.limits import Limits
from knowledge.formats.listings import split_title
from knowledge.formats.records import (
    AdministrativeInformation,
    CourseRecord,
    DepartmentRecord,
    LearningObjective,
    SectionRecord,
    Tag,
)
from knowledge.formats.xml_fields import Fields
from knowledge.formats.xml_sections import read_attributes, read_section
from knowledge.formats.xml_stream import ElementFeed, Node, read_elements

_COURSE_ROOTS = frozenset({"xml", "courses", "course"})
_SCHOOL_ROOTS = frozenset({"xml", "schools", "school"})
_DEFAULT_LIMITS = Limits()


Report = Callable[[FieldInvalid], None]


def read_xml(
    source: BinaryIO, limits: Limits = _DEFAULT_LIMITS, report: Report | None = None
) -> Iterator[CourseRecord]:
    """The courses of a document, in order, one in memory at a time.

    Raises FileMalformed, ConstructForbidden, EncodingRefused, FileForeign or LimitExceeded where
    the document shows it, perhaps after some courses; and FieldInvalid unless `report` takes it,
    in which case the course is left out.
    """
    yield from _courses(read_elements(source, "course", _COURSE_ROOTS, limits), report)


class CourseFeed:
    """The same for a document that arrives piece by piece, such as a body over HTTP."""

    def __init__(self, limits: Limits = _DEFAULT_LIMITS, report: Report | None = None) -> None:
        self._feed = ElementFeed("course", _COURSE_ROOTS, limits)
        self._report = report

    def feed(self, chunk: bytes) -> Iterator[CourseRecord]:
        """The courses that this piece completes."""
        yield from _courses(self._feed.feed(chunk), self._report)

    def close(self) -> Iterator[CourseRecord]:
        """The courses that the end completes; a document that is cut off is malformed."""
        yield from _courses(self._feed.close(), self._report)


def _courses(nodes: Iterable[Node], report: Report | None) -> Iterator[CourseRecord]:
    for node in nodes:
        try:
            yield read_course(node)
        except FieldInvalid as fault:
            if report is None:
                raise
            report(fault)


def read_departments(
    source: BinaryIO, limits: Limits = _DEFAULT_LIMITS
) -> Iterator[DepartmentRecord]:
    """The departments of the list of schools; a code that is listed twice comes once."""
    seen: set[str] = set()
    for school in read_elements(source, "school", _SCHOOL_ROOTS, limits):
        for node in school.within("department"):
            code = " ".join(node.attributes.get("name", "").split())
            if not code:
                raise FieldInvalid(node.line, node.column, "department name", "")
            if code not in seen:
                seen.add(code)
                name = node.attributes.get("longname", "") or code
                yield DepartmentRecord(code, name, school.attributes.get("name", ""))


def read_course(node: Node) -> CourseRecord:
    """One `course` element; raise FieldInvalid for a field that it cannot be without."""
    fields = Fields(node)
    code = fields.code()
    fields.record = str(code)
    low, high = _units(fields)
    start = fields.academic_start()
    administration = _administration(fields)
    sections = tuple(
        read_section(section, str(code), administration.course_id, (low, high))
        for section in node.within("sections", "section")
    )
    _judge_sections(fields, sections, start)
    return CourseRecord(
        academic_start=start,
        code=code,
        title=_title(fields),
        description=fields.text("description"),
        gers=_separated(fields.text("gers")),
        repeatable=fields.flag("repeatable"),
        grading=_grading(fields),
        units_min=low,
        units_max=high,
        administration=administration,
        remote=fields.flag("remote", optional=True),
        objectives=_objectives(node),
        sections=sections,
        attributes=read_attributes(node),
        tags=_tags(node),
        line=node.line,
        oddities=tuple(fields.oddities),
    )


def _units(fields: Fields) -> tuple[int, int]:
    low, high = fields.number("unitsMin"), fields.number("unitsMax")
    if low > high:
        fields.fail("unitsMax", str(high))
    return low, high


def _title(fields: Fields) -> str:
    title, listed = split_title(fields.needed("title"))
    fields.odd("listings-in-title", bool(listed))
    return title


def _grading(fields: Fields) -> str:
    grading = fields.text("grading")
    fields.odd("unknown-grading", bool(grading) and not vocabulary.read_gradings(grading))
    return grading


def _judge_sections(fields: Fields, sections: tuple[SectionRecord, ...], start: int) -> None:
    keys = [section.key for section in sections]
    fields.odd("section-twice", len(set(keys)) < len(keys))
    fields.odd("section-of-other-year", any(s.term.academic_year_start != start for s in sections))


def _separated(text: str) -> tuple[str, ...]:
    return tuple(part for piece in text.split(",") if (part := piece.strip()))


def _administration(course: Fields) -> AdministrativeInformation:
    found = course.child("administrativeInformation")
    if found is None:
        course.fail("administrativeInformation")
    fields = Fields(found, course.record, course.oddities)
    exam = fields.text("finalExamFlag")
    return AdministrativeInformation(
        course_id=fields.number("courseId"),
        effective_status=fields.text("effectiveStatus") or "A",
        offer_number=fields.number("offerNumber", 1),
        academic_group=fields.text("academicGroup"),
        academic_organization=fields.text("academicOrganization"),
        career=fields.one_of("academicCareer", vocabulary.CAREERS, "UG"),
        final_exam={"Y": True, "N": False}.get(exam),
        catalog_print=fields.flag("catalogPrint"),
        schedule_print=fields.flag("schedulePrint"),
        max_units=_bound(fields.number("maxUnitsRepeat", 0)),
        max_times=_bound(fields.number("maxTimesRepeat", 1)),
    )


def _bound(number: int) -> int | None:
    """A limit of repetition; the original writes 0, 99 or 999 where there is none."""
    return None if number == 0 or number >= vocabulary.NO_REPEAT_BOUND else number


def _objectives(node: Node) -> tuple[LearningObjective, ...]:
    found = (Fields(child) for child in node.within("learningObjectives", "learningObjective"))
    return tuple(LearningObjective(f.text("requirementCode"), f.text("description")) for f in found)


def _tags(node: Node) -> tuple[Tag, ...]:
    found = (Fields(child) for child in node.within("tags", "tag"))
    return tuple(Tag(f.text("organization"), f.text("name")) for f in found)
