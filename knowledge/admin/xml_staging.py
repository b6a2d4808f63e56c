"""ExploreCourses' XML onto the stage: what the source does not tell is left as it is.

A home code never changes by an import, and a prerequisite rule that an admin wrote outlives what
the prose says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from knowledge.admin.checks import normalised
from knowledge.admin.facts import Facts, Table
from knowledge.admin.previews import Progress
from knowledge.admin.records.keys import parent_text
from knowledge.admin.staging import Stage
from knowledge.formats.faults import FieldInvalid
from knowledge.formats.listings import lectures, merge_listings
from knowledge.formats.prose_prerequisites import read_prose
from knowledge.formats.records import CourseRecord, SectionRecord
from knowledge.formats.xml_reader import read_xml
from knowledge.model.courses import UNCAPPED, Level

_LEVELS = {level.career: level.value for level in Level}
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
            _stage(stage, Table.COURSES, _course(stage, record, home, subjects), name, record.line)
        for section in record.sections:
            facts = _section(stage, name, record, section, home)
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


def _course(
    stage: Stage, record: CourseRecord, home: str, subjects: frozenset[str]
) -> dict[str, Any]:
    prose = read_prose(record.description, record.code.subject, subjects, home)
    rule, confidence = (str(prose.rule) if prose.rule else None), prose.confidence
    facts = {
        "code": home,
        "cross_listings": [str(code) for code in record.codes if str(code) != home],
        "title": record.title,
        "description": record.description,
        "units_min": record.units_min,
        "units_max": record.units_max,
        "level": _LEVELS.get(record.administration.career, Level.UNDERGRADUATE.value),
        "requirements": list(record.gers),
        "repeatable": record.repeatable,
        "max_times": record.administration.max_times if record.repeatable else None,
        "prerequisites": rule,
        "prerequisite_prose": prose.prose,
        "prerequisite_confidence": confidence,
        "extras": _extras(record),
    }
    if record.gradings:
        facts["gradings"] = [grading.value for grading in record.gradings]
    return facts


def _extras(record: CourseRecord) -> dict[str, Any]:
    """What ExploreCourses tells and no rule needs, without what says nothing."""
    told = {
        "attributes": [asdict(attribute) for attribute in record.attributes],
        "tags": [asdict(tag) for tag in record.tags],
        "objectives": [asdict(objective) for objective in record.objectives],
        "organization": record.administration.academic_organization,
        "group": record.administration.academic_group,
    }
    return {name: value for name, value in told.items() if value}


def _section(
    stage: Stage, file: str, record: CourseRecord, section: SectionRecord, home: str
) -> Facts:
    at_home = home if section.code == record.code else str(section.code)
    if len(section.component) > 4 or any(len(m.room) > 60 for m in section.meetings):
        stage.warn(file, section.line, "location", "cut", section.class_id)
    return {
        "term": str(section.term),
        "code": at_home,
        "number": section.number,
        "class_id": section.class_id,
        "component": section.component[:4],
        "capacity": UNCAPPED if section.capacity is None else section.capacity,
        "waitlist_capacity": UNCAPPED
        if section.waitlist_capacity is None
        else section.waitlist_capacity,
        "meetings": [
            {
                "days": "".join(str(int(day)) for day in sorted(meeting.days)),
                "start": f"{meeting.start:%H:%M}",
                "end": f"{meeting.end:%H:%M}",
                "room": meeting.room[:60].strip(),
            }
            for meeting in section.meetings
        ],
        "instructors": list(section.teachers),
        "parent": _parent(record, section, at_home),
        "add_consent": section.add_consent != "N",
        "extras": _section_extras(section),
    }


def _parent(record: CourseRecord, section: SectionRecord, own: str) -> str | None:
    lecture_id = lectures(record).get(section.key)
    if lecture_id is None:
        return None
    lecture = next(s for s in record.sections if s.key == (section.key[0], lecture_id))
    code = own if lecture.code == section.code else str(lecture.code)
    return parent_text(own, code, lecture.number)


def _section_extras(section: SectionRecord) -> dict[str, Any]:
    told = {
        "units": list(section.units),
        "notes": section.notes,
        "attributes": [asdict(attribute) for attribute in section.attributes],
        "instruction_mode": section.instruction_mode,
        "drop_consent": section.drop_consent if section.drop_consent != "N" else "",
        "source_class_id": section.class_id,
    }
    return {name: value for name, value in told.items() if value}
