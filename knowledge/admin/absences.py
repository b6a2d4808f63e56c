"""What the database has in the scope of a file and the file has not.

The scope of sections is every pair of term and department that the file has a section of; the
scope of courses every department that it has a course of. Students are never removed.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.admin.comparing import Diff, label_text
from knowledge.admin.facts import Table
from knowledge.admin.previews import Kind, Removals
from knowledge.admin.records.batches import batches
from knowledge.admin.records.keys import NaturalKey, term_text
from knowledge.admin.records.registry import records_of
from knowledge.admin.settling import subject_of
from knowledge.admin.staging import Stage
from knowledge.model.prerequisites import codes, parse
from knowledge.storage.orm import CourseRow, SectionRow, StudentRow


def scope(stage: Stage) -> tuple[str, ...]:
    """The scope as people read it: "CS, Winter 2019" for sections, "CS" for courses."""
    pairs = {(subject_of(code), term_id) for term_id, code, _ in stage.sections}
    courses = sorted({subject_of(code) for code in stage.courses})
    return (*courses, *(f"{subject}, {term_text(term)}" for subject, term in sorted(pairs)))


def note_absences(session: Session, stage: Stage, diff: Diff, removals: Removals) -> None:
    """Decide about each absent record, sections before their courses."""
    _sections(session, stage, diff, removals)
    if stage.courses:
        _courses(session, stage, diff, removals)


def _sections(session: Session, stage: Stage, diff: Diff, removals: Removals) -> None:
    pairs = {(subject_of(code), term_id) for term_id, code, _ in stage.sections}
    absent: dict[str, NaturalKey] = {
        str(class_id): key
        for key, class_id in stage.known.sections.items()
        if key not in stage.sections and (subject_of(key[1]), key[0]) in pairs
    }
    held = records_of(Table.SECTIONS, session).references(list(absent))
    cancelled = _cancelled(session, list(held))
    for key, natural in absent.items():
        label = label_text(natural)
        if removals is Removals.KEEP or key in cancelled:
            diff.show(Table.SECTIONS, Kind.KEPT, label, None, None)
        elif key not in held:
            diff.removed[Table.SECTIONS].append(key)
            diff.show(Table.SECTIONS, Kind.REMOVED, label, None, None)
        elif removals is Removals.CANCEL:
            diff.cancelled.append(key)
            told = ({"cancelled": False}, {"cancelled": True})
            diff.show(Table.SECTIONS, Kind.CANCELLED, label, *told)
        else:
            stage.fault("", 0, "", "removed-but-enrolled", label)


def _cancelled(session: Session, keys: list[str]) -> set[str]:
    found: set[str] = set()
    for piece in batches(map(int, keys)):
        query = select(SectionRow.class_id).where(
            SectionRow.class_id.in_(piece), SectionRow.cancelled
        )
        found |= {str(class_id) for class_id in session.scalars(query)}
    return found


def _courses(session: Session, stage: Stage, diff: Diff, removals: Removals) -> None:
    subjects = {subject_of(code) for code in stage.courses}
    absent = {
        str(number): code
        for code, (number, home) in stage.known.owners.items()
        if home and subject_of(code) in subjects and code not in stage.courses
    }
    named = _named(session) if absent else set()
    held = _held_by_sections(session, diff)
    for key, code in absent.items():
        if removals is Removals.KEEP or key in held or code in named:
            diff.show(Table.COURSES, Kind.KEPT, code, None, None)
        else:
            diff.removed[Table.COURSES].append(key)
            diff.show(Table.COURSES, Kind.REMOVED, code, None, None)


def _held_by_sections(session: Session, diff: Diff) -> set[str]:
    """Courses with a section that stays."""
    leaving = set(diff.removed[Table.SECTIONS])
    classes: dict[str, set[str]] = defaultdict(set)
    for class_id, number in session.execute(select(SectionRow.class_id, SectionRow.course_id)):
        classes[str(number)].add(str(class_id))
    return {number for number, of_course in classes.items() if of_course - leaving}


def _named(session: Session) -> set[str]:
    """Codes that a student's record or another course's prerequisites name."""
    found: set[str] = set()
    for completed in session.scalars(select(StudentRow.completed)):
        found.update(completed)
    for text in session.scalars(select(CourseRow.prerequisites)):
        if text:
            found.update(map(str, codes(parse(text))))
    return found
