"""Catalogue XML written by hand for tests: one sound course, and a way to make any part odd."""

from __future__ import annotations

from io import BytesIO

from knowledge.formats.records import CourseRecord
from knowledge.formats.xml_reader import read_xml

SCHEDULE = {
    "startDate": "Jan 6, 2020",
    "endDate": "Mar 13, 2020",
    "startTime": "1:30:00 PM",
    "endTime": "2:50:00 PM",
    "location": "Hall of Tests 12",
    "days": "Tuesday Thursday",
    "instructors": (
        "<instructor><name>Noether, E.</name><firstName>Emmy</firstName><middleName/>"
        "<lastName>Noether</lastName><sunet>enoether</sunet><role>PI</role></instructor>"
    ),
}
SECTION = {
    "classId": "4711",
    "term": "2019-2020 Winter",
    "termId": "1204",
    "subject": "ALG",
    "code": "210B",
    "units": "3",
    "sectionNumber": "01",
    "component": "LEC",
    "numEnrolled": "12",
    "maxEnrolled": "30",
    "numWaitlist": "0",
    "maxWaitlist": "5",
    "enrollStatus": "Open",
    "addConsent": "I",
    "dropConsent": "N",
    "instructionMode": "P",
    "courseId": "700100",
    "schedules": "{schedule}",
    "currentClassSize": "12",
    "maxClassSize": "30",
    "currentWaitlistSize": "0",
    "maxWaitlistSize": "5",
    "notes": "Bring chalk.",
    "attributes": "",
}
COURSE = {
    "year": "2019-2020",
    "subject": "ALG",
    "code": "210B",
    "title": "Rings and Ideals",
    "description": "Ideals, modules &amp; chains. Prerequisite: ALG 210A.",
    "gers": "WAY-FR, GER:DB-Math",
    "repeatable": "false",
    "grading": "Letter or Credit/No Credit",
    "unitsMin": "3",
    "unitsMax": "4",
    "remote": "true",
    "learningObjectives": (
        "<learningObjective><requirementCode>WAY-FR</requirementCode>"
        "<description>prove</description></learningObjective>"
    ),
    "sections": "{section}",
    "administrativeInformation": "{administration}",
    "attributes": (
        "<attribute><name>NQTR</name><value>WIN</value><description>Winter</description>"
        "<catalogPrint>true</catalogPrint><schedulePrint>false</schedulePrint></attribute>"
    ),
    "tags": "<tag><organization>ALG</organization><name>core</name></tag>",
}
ADMINISTRATION = {
    "courseId": "700100",
    "effectiveStatus": "A",
    "offerNumber": "1",
    "academicGroup": "HS",
    "academicOrganization": "ALG",
    "academicCareer": "GR",
    "finalExamFlag": "Y",
    "catalogPrint": "Y",
    "schedulePrint": "N",
    "maxUnitsRepeat": "4",
    "maxTimesRepeat": "1",
}
Parts = dict[str, str | None]


def element(name: str, parts: dict[str, str], odd: Parts | None = None) -> str:
    """An element; `odd` replaces parts, or removes those that it gives as None."""
    whole: Parts = {**parts, **(odd or {})}
    inner = "\n".join(
        f"<{key}>{value}</{key}>" for key, value in whole.items() if value is not None
    )
    return f"<{name}>\n{inner}\n</{name}>"


def schedule(**odd: str | None) -> str:
    """A `schedule` element."""
    return element("schedule", SCHEDULE, dict(odd))


def section(**odd: str | None) -> str:
    """A `section` element with one schedule."""
    return element("section", SECTION, {"schedules": schedule(), **odd})


def course(administration: Parts | None = None, **odd: str | None) -> str:
    """A `course` element with one section."""
    inside = element("x", ADMINISTRATION, administration)[len("<x>") : -len("</x>")]
    return element(
        "course", COURSE, {"sections": section(), "administrativeInformation": inside, **odd}
    )


def document(*courses: str) -> bytes:
    """A whole document."""
    listed = "\n".join(courses)
    declaration = "<?xml version='1.0' encoding='UTF-8'?>"
    return f"{declaration}\n<xml><courses>\n{listed}\n</courses></xml>".encode()


def read(*courses: str) -> list[CourseRecord]:
    """The records of a document of these courses."""
    return list(read_xml(BytesIO(document(*courses))))


def read_one(markup: str) -> CourseRecord:
    """The record of the one course."""
    (record,) = read(markup)
    return record
