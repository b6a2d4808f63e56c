"""Judging staged records against each other and the database, once the whole file is read."""

from __future__ import annotations

from knowledge.admin.facts import Facts
from knowledge.admin.records.keys import NaturalKey, parent_key
from knowledge.admin.staging import Stage, Staged
from knowledge.model.codes import CourseCode


def settle(stage: Stage) -> None:
    """Note every reference to what is neither in the file nor in the database."""
    _codes(stage)
    used: dict[int, Staged] = {}
    for key, staged in stage.sections.items():
        facts = staged.facts
        _references(stage, key, staged, facts)
        _class_id(stage, staged, facts, used)
        _seats(stage, staged, facts)


def _codes(stage: Stage) -> None:
    """No code may be of two courses, one in the file and one that stays as it is."""
    for code, home in stage.codes.items():
        owner = stage.known.owners.get(code)
        staged = stage.courses.get(home)
        if owner is None or staged is None or str(owner[0]) == staged.key:
            continue
        other = stage.courses.get(stage.known.home(code))
        if other is None or "cross_listings" not in other.facts or owner[1]:
            stage.fault(staged.file, staged.row, "cross_listings", "code-taken", code)


def _references(stage: Stage, key: NaturalKey, staged: Staged, facts: Facts) -> None:
    term_id, code, _ = key
    if term_id not in stage.known.terms:
        stage.fault(staged.file, staged.row, "term", "unknown-term", facts["term"])
    if code not in stage.codes and code not in stage.known.owners:
        stage.fault(staged.file, staged.row, "code", "unknown-course", code)
    if facts.get("parent") is None:
        return
    parent = parent_key(term_id, code, facts["parent"])
    if parent == key:
        stage.fault(staged.file, staged.row, "parent", "own-parent", facts["parent"])
    elif parent not in stage.sections and parent not in stage.known.sections:
        stage.fault(staged.file, staged.row, "parent", "unknown-parent", facts["parent"])


def _class_id(stage: Stage, staged: Staged, facts: Facts, used: dict[int, Staged]) -> None:
    """A class id that is given must be the section's own, or free."""
    class_id = facts.get("class_id")
    if class_id is None or "source_class_id" in facts.get("extras", {}):
        return
    taken = staged.key is None and class_id in stage.known.classes
    if used.setdefault(class_id, staged) is not staged or taken:
        stage.fault(staged.file, staged.row, "class_id", "class-id-taken", class_id)
    elif staged.key is not None and staged.key != str(class_id):
        stage.fault(staged.file, staged.row, "class_id", "class-id-differs", class_id)


def _seats(stage: Stage, staged: Staged, facts: Facts) -> None:
    reserved = sum(entry["seats"] for entry in facts.get("reserved", []))
    if reserved > facts["capacity"]:
        stage.fault(staged.file, staged.row, "reserved", "more-than-capacity", reserved)
    enrolled = stage.known.enrolled.get(int(staged.key), 0) if staged.key else 0
    if facts["capacity"] < enrolled:
        value = f"{facts['capacity']} seats, {enrolled} enrolled"
        stage.warn(staged.file, staged.row, "capacity", "below-enrolled", value)


def subject_of(code: str) -> str:
    """The department of a code."""
    return CourseCode.listed(code).subject
