"""Records as ExploreCourses' XML, in either view: the one place of its element names and order.

The older view says that it is deprecated, and knows neither `remote` nor `instructionMode`.
Characters that no XML document may hold are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from knowledge.formats.records import (
    AdministrativeInformation,
    CourseRecord,
    DepartmentRecord,
)
from knowledge.formats.views import View
from knowledge.formats.vocabulary import NO_REPEAT_BOUND
from knowledge.formats.xml_elements import add_attributes, add_fields, add_list, flag, legal, letter
from knowledge.formats.xml_section_writer import write_section

_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"


def write_xml(records: Iterable[CourseRecord], view: View = View.LATEST) -> bytes:
    """A whole document of courses."""
    return b"".join(iterate_xml(records, view))


def iterate_xml(records: Iterable[CourseRecord], view: View = View.LATEST) -> Iterator[bytes]:
    """The same document in pieces, a course at a time, for answers of any length."""
    deprecated = "true" if view is View.OLDER else "false"
    latest = View.LATEST.removeprefix("xml-")
    yield _DECLARATION + b"<xml>"
    yield f"<deprecated>{deprecated}</deprecated>".encode()
    yield f"<latestVersion>{latest}</latestVersion><courses>".encode()
    for record in records:
        yield ET.tostring(_course(record, view), encoding="utf-8")
    yield b"</courses></xml>"


def write_departments(departments: Iterable[DepartmentRecord]) -> bytes:
    """The list of schools, each with its departments; the same in both views."""
    root, schools = ET.Element("schools"), dict[str, ET.Element]()
    for department in departments:
        school = schools.get(department.school)
        if school is None:
            name = legal(department.school)
            school = schools[department.school] = ET.SubElement(root, "school", name=name)
        code, name = legal(department.code), legal(department.name)
        ET.SubElement(school, "department", longname=name, name=code)
    return _DECLARATION + bytes(ET.tostring(root, encoding="utf-8"))


def _course(record: CourseRecord, view: View) -> ET.Element:
    element = ET.Element("course")
    add_fields(
        element,
        year=f"{record.academic_start}-{record.academic_start + 1}",
        subject=record.code.subject,
        code=record.code.catalogue_number,
        title=record.title,
        description=record.description,
        gers=", ".join(record.gers),
        repeatable=flag(record.repeatable),
        grading=record.grading,
        unitsMin=record.units_min,
        unitsMax=record.units_max,
    )
    if view is View.LATEST:
        add_fields(element, remote=flag(record.remote))
    _objectives(element, record)
    sections = ET.SubElement(element, "sections")
    for section in record.sections:
        write_section(ET.SubElement(sections, "section"), section, view)
    _administration(ET.SubElement(element, "administrativeInformation"), record.administration)
    add_attributes(element, record.attributes)
    _tags(element, record)
    return element


def _objectives(element: ET.Element, record: CourseRecord) -> None:
    rows: Iterable[dict[str, object]] = (
        {"requirementCode": o.requirement, "description": o.description} for o in record.objectives
    )
    add_list(element, "learningObjectives", "learningObjective", rows)


def _tags(element: ET.Element, record: CourseRecord) -> None:
    rows: Iterable[dict[str, object]] = (
        {"organization": tag.organization, "name": tag.name} for tag in record.tags
    )
    add_list(element, "tags", "tag", rows)


def _administration(element: ET.Element, said: AdministrativeInformation) -> None:
    exam = "" if said.final_exam is None else letter(said.final_exam)
    add_fields(
        element,
        courseId=said.course_id,
        effectiveStatus=said.effective_status,
        offerNumber=said.offer_number,
        academicGroup=said.academic_group,
        academicOrganization=said.academic_organization,
        academicCareer=said.career,
        finalExamFlag=exam,
        catalogPrint=letter(said.catalog_print),
        schedulePrint=letter(said.schedule_print),
        maxUnitsRepeat=NO_REPEAT_BOUND if said.max_units is None else said.max_units,
        maxTimesRepeat=NO_REPEAT_BOUND if said.max_times is None else said.max_times,
    )
