"""What a catalogue tells and no rule needs, as plain JSON for the database's `extras`, and back.

Only what differs from the usual is kept. SUNet ids are not: nothing here needs them. What comes
back is read with care, for people may have edited it: a row of another form is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from knowledge.formats.records import (
    AdministrativeInformation,
    Attribute,
    CourseRecord,
    Instructor,
    LearningObjective,
    SectionRecord,
    Tag,
)

T = TypeVar("T", Attribute, Instructor, LearningObjective, Tag)
Extras = Mapping[str, Any]
_OFFICE = (
    "effective_status",
    "offer_number",
    "academic_group",
    "academic_organization",
    "final_exam",
    "catalog_print",
    "schedule_print",
    "max_units",
)
_SECTION = ("status", "add_consent", "drop_consent", "instruction_mode", "notes")


def course_extras(record: CourseRecord) -> dict[str, Any]:
    """The facts of a course that its row has no column for."""
    said = record.administration
    usual = AdministrativeInformation(said.course_id)
    office = {
        name: getattr(said, name) for name in _OFFICE if getattr(said, name) != getattr(usual, name)
    }
    kept = {
        "grading": record.grading,
        "remote": record.remote,
        "objectives": [asdict(objective) for objective in record.objectives],
        "attributes": [asdict(attribute) for attribute in record.attributes],
        "tags": [asdict(tag) for tag in record.tags],
        "administration": office,
    }
    return {name: value for name, value in kept.items() if value}


def section_extras(record: SectionRecord) -> dict[str, Any]:
    """The facts of a section that its row has no column for; `people` are all with their roles."""
    people = [
        {name: value for name, value in asdict(person).items() if name != "sunet"}
        for person in dict.fromkeys(p for s in record.schedules for p in s.instructors)
    ]
    kept: dict[str, Any] = {
        "attributes": [asdict(attribute) for attribute in record.attributes],
        "people": people,
        **{name: getattr(record, name) for name in _SECTION},
    }
    usual = {"status": "Open", "add_consent": "N", "drop_consent": "N"}
    return {name: value for name, value in kept.items() if value and value != usual.get(name)}


def rows(kind: type[T], extras: Extras, name: str) -> tuple[T, ...]:
    """The rows kept under a name; none when there are none, and no row of another form."""
    found = extras.get(name, ())
    listed = found if isinstance(found, list | tuple) else ()
    return tuple(row for given in listed if (row := _row(kind, given)) is not None)


def text(extras: Extras, name: str, usual: str = "") -> str:
    """A text kept under a name, or the usual one."""
    found = extras.get(name, usual)
    return found if isinstance(found, str) else usual


def administration(extras: Extras, usual: AdministrativeInformation) -> AdministrativeInformation:
    """The administrative facts, those that were kept in the place of the usual ones."""
    found = extras.get("administration", {})
    if not isinstance(found, Mapping):
        return usual
    kinds = {name: type(getattr(usual, name)) for name in _OFFICE}
    kept = {name: value for name, value in found.items() if _fits(value, kinds.get(name))}
    return replace(usual, **kept)


def _fits(value: object, kind: type | None) -> bool:
    if kind is None:
        return False
    if kind is type(None):
        return isinstance(value, bool | int)
    return type(value) is kind


def _row(kind: type[T], given: object) -> T | None:
    if not isinstance(given, Mapping):
        return None
    names = {field.name: field for field in fields(kind)}
    known = {name: value for name, value in given.items() if name in names}
    sound = all(
        type(value) is (bool if name.endswith("_print") else str) for name, value in known.items()
    )
    try:
        return kind(**known) if sound else None
    except TypeError:
        return None
