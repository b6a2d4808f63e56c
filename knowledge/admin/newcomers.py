"""The key of a new record: given by what it says, or the next number."""

from __future__ import annotations

from knowledge.admin.checks import fault
from knowledge.admin.facts import Facts, Table
from knowledge.admin.records.batches import next_number
from knowledge.admin.records.courses import CourseRecords
from knowledge.admin.records.keys import SectionKeys, term_named
from knowledge.admin.records.registry import records_of
from knowledge.errors import FieldsRejected, KeyTaken
from knowledge.model.terms import Quarter, Term
from knowledge.storage.orm import CourseRow, SectionRow
from knowledge.storage.unit_of_work import Work


def key_for(work: Work, table: Table, facts: Facts) -> str:
    """The key of these whole facts; raise KeyTaken, or FieldsRejected for what is not there."""
    if table is Table.COURSES:
        return _course(work, facts)
    if table is Table.SECTIONS:
        return _section(work, facts)
    term = table is Table.TERMS
    key = (
        str(Term(Quarter(facts["quarter"]), facts["year"]).term_id) if term else str(facts["suid"])
    )
    if any(True for _ in records_of(table, work.session).load([key])):
        raise KeyTaken(table, key)
    return key


def _course(work: Work, facts: Facts) -> str:
    if facts["code"] in CourseRecords(work.session).owners():
        raise KeyTaken(Table.COURSES, facts["code"])
    return str(next_number(work.session, CourseRow.id))


def _section(work: Work, facts: Facts) -> str:
    owner = CourseRecords(work.session).owners().get(facts["code"])
    term = term_named(facts["term"])
    faults = []
    if owner is None:
        faults.append(fault("code", "unknown-course", facts["code"]))
    if work.catalogue.calendar().find(term) is None:
        faults.append(fault("term", "unknown-term", facts["term"]))
    if owner is None or faults:
        raise FieldsRejected(Table.SECTIONS, "", faults)
    key = (term.term_id, facts["code"], facts["number"])
    if SectionKeys.read(work.session, [owner[0]]).class_of(key) is not None:
        raise KeyTaken(Table.SECTIONS, f"{facts['term']} {facts['code']} {facts['number']}")
    given = facts.get("class_id")
    if given is not None and any(
        True for _ in records_of(Table.SECTIONS, work.session).load([str(given)])
    ):
        raise KeyTaken(Table.SECTIONS, str(given))
    class_id = given or next_number(work.session, SectionRow.class_id)
    facts["class_id"] = class_id
    return str(class_id)
