"""ExploreCourses' records as facts: courses with prerequisites read from prose, and sections."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.admin.facts import Facts
from knowledge.formats.prose_prerequisites import read_prose
from knowledge.formats.records import CourseRecord, SectionRecord
from knowledge.model.courses import UNCAPPED, Level

ROOM, COMPONENT = 60, 4  # characters that the database keeps
_LEVELS = {level.career: level.value for level in Level}


def course_facts(
    record: CourseRecord, home: str = "", subjects: frozenset[str] = frozenset()
) -> Facts:
    """A course's facts under that home code; what the source does not tell is left out."""
    home = home or str(record.code)
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


def section_facts(section: SectionRecord, listed: str = "", parent: str | None = None) -> Facts:
    """A section's facts, listed under that code."""
    return {
        "term": str(section.term),
        "code": listed or str(section.code),
        "number": section.number,
        "class_id": section.class_id,
        "component": section.component[:COMPONENT],
        "capacity": UNCAPPED if section.capacity is None else section.capacity,
        "waitlist_capacity": UNCAPPED
        if section.waitlist_capacity is None
        else section.waitlist_capacity,
        "meetings": [
            {
                "days": "".join(str(int(day)) for day in sorted(meeting.days)),
                "start": f"{meeting.start:%H:%M}",
                "end": f"{meeting.end:%H:%M}",
                "room": meeting.room[:ROOM].strip(),
            }
            for meeting in section.meetings
        ],
        "instructors": list(section.teachers),
        "parent": parent,
        "add_consent": section.add_consent != "N",
        "extras": _section_extras(section),
    }


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
