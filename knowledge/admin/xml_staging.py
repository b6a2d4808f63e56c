"""ExploreCourses' XML onto the stage: what the source does not tell is left as it is.

A home code never changes by an import, and a prerequisite rule that an admin wrote outlives what
the prose says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from knowledge.admin.checks import normalised
from knowledge.admin.facts import Facts, Table
from knowledge.admin.previews import Progress
from knowledge.admin.records.keys import parent_text
from knowledge.admin.staging import Stage
from knowledge.admin.xml_facts import COMPONENT, ROOM, course_facts, section_facts
from knowledge.formats.faults import FieldInvalid
from knowledge.formats.listings import lectures, merge_listings
from knowledge.formats.records import CourseRecord, SectionRecord
from knowledge.formats.xml_reader import read_xml

_EVERY = 200


def stage_xml(stage: Stage, name: str, source: BinaryIO, progress: Progress) -> None:
    """Read a whole document; faults of its structure are raised, those of its fields noted."""
    records = []

    def report(fault: FieldInvalid) -> None:
        stage.fault(name, fault.line, fault.field, "field-invalid", fault.value)

    for count, record in enumerate(read_xml(source, report=report), 1):
        records.append(record)
        if count % _EVERY == 0:
            progress("read", count, 0)
    if not records and not stage.faults.count:
        stage.fault(name, 1, "course", "empty-file")
    merged = merge_listings(records)
    records.clear()
    subjects = frozenset(code.subject for record in merged for code in record.codes)
    latest = _latest(merged)
    while merged:
        record = merged.pop()
        home = _home(stage, record)
        if latest[home] is record:
            facts = course_facts(record, home, subjects)
            _stage(stage, Table.COURSES, facts, name, record.line)
        for section in record.sections:
            if _is_cut(section):
                stage.warn(name, section.line, "location", "cut", section.class_id)
            listed = home if section.code == record.code else str(section.code)
            facts = section_facts(section, listed, _parent(record, section, listed))
            _stage(stage, Table.SECTIONS, facts, name, section.line)


def _latest(records: list[CourseRecord]) -> Mapping[str, CourseRecord]:
    """By code, the record of the latest academic year: its words hold for the course."""
    found: dict[str, CourseRecord] = {}
    for record in records:
        for code in map(str, record.codes):
            if code not in found or found[code].academic_start < record.academic_start:
                found[code] = record
    return found


def _home(stage: Stage, record: CourseRecord) -> str:
    """The home code: the one that the database has for the course, if it is among its codes."""
    codes = [str(code) for code in record.codes]
    known = (code for code in codes if stage.known.owners.get(code, (0, False))[1])
    return next(known, codes[0])


def _stage(stage: Stage, table: Table, facts: Facts, file: str, row: int) -> None:
    spoken = {name: value for name, value in facts.items() if name not in _UNSPOKEN}
    good, faults = normalised(table, spoken)
    for fault in faults:
        stage.fault(file, row, fault["field"], fault["problem"], fault["value"])
    if not faults:
        kept = {name: facts[name] for name in _UNSPOKEN if name in facts}
        stage.add(table, {**good, **kept}, file, row)


_UNSPOKEN = ("prerequisite_confidence", "extras")


def _is_cut(section: SectionRecord) -> bool:
    """Whether the database keeps less of a name than the source tells."""
    long_room = any(len(meeting.room) > ROOM for meeting in section.meetings)
    return len(section.component) > COMPONENT or long_room


def _parent(record: CourseRecord, section: SectionRecord, own: str) -> str | None:
    lecture_id = lectures(record).get(section.key)
    if lecture_id is None:
        return None
    lecture = next(s for s in record.sections if s.key == (section.key[0], lecture_id))
    code = own if lecture.code == section.code else str(lecture.code)
    return parent_text(own, code, lecture.number)
