"""Facts without a column go into JSON and come back, whatever people made of the JSON meanwhile."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import SECTIONS, records
from written import course, read_one

from knowledge.formats import extras
from knowledge.formats.records import (
    AdministrativeInformation,
    Attribute,
    CourseRecord,
    Instructor,
    LearningObjective,
    SectionRecord,
    Tag,
)

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
NAMES = ("attributes", "people", "tags", "objectives", "administration", "notes")


@given(records())
@settings(max_examples=40, deadline=None)
def test_a_courses_facts_come_back(record: CourseRecord) -> None:
    kept = json.loads(json.dumps(extras.course_extras(record)))
    assert extras.rows(LearningObjective, kept, "objectives") == record.objectives
    assert extras.rows(Attribute, kept, "attributes") == record.attributes
    assert extras.rows(Tag, kept, "tags") == record.tags
    assert extras.text(kept, "grading") == record.grading
    said = record.administration
    usual = AdministrativeInformation(said.course_id, career=said.career, max_times=said.max_times)
    assert extras.administration(kept, usual) == said


@given(SECTIONS)
@settings(max_examples=40, deadline=None)
def test_a_sections_facts_come_back_without_sunet_ids(record: SectionRecord) -> None:
    kept = json.loads(json.dumps(extras.section_extras(record)))
    assert extras.rows(Attribute, kept, "attributes") == record.attributes
    assert extras.text(kept, "notes") == record.notes
    assert extras.text(kept, "drop_consent", "N") == record.drop_consent
    people = {person.full_name for s in record.schedules for person in s.instructors}
    assert {person.full_name for person in extras.rows(Instructor, kept, "people")} == people
    assert "sunet" not in json.dumps(kept.get("people", []))


def test_what_is_usual_is_not_kept() -> None:
    plain = course(
        {"academicOrganization": "", "academicGroup": "", "finalExamFlag": "",
         "schedulePrint": "Y", "maxUnitsRepeat": "0"},
        grading="", remote="false", learningObjectives="", attributes="", tags="",
    )  # fmt: skip
    assert extras.course_extras(read_one(plain)) == {}


@given(st.dictionaries(st.sampled_from(NAMES), ANY_JSON))
def test_json_of_any_form_is_read_without_a_fault(given_json: dict[str, Any]) -> None:
    usual = AdministrativeInformation(1)
    assert isinstance(extras.administration(given_json, usual), AdministrativeInformation)
    for kind, name in ((Attribute, "attributes"), (Instructor, "people"), (Tag, "tags")):
        assert all(isinstance(row, kind) for row in extras.rows(kind, given_json, name))
    assert isinstance(extras.text(given_json, "notes"), str)


def test_a_row_of_another_form_is_left_out_alone() -> None:
    rows = [{"organization": "WIM", "name": "cs"}, {"name": 3}, "WIM", {"organization": "X"}]
    assert extras.rows(Tag, {"tags": rows}, "tags") == (Tag("WIM", "cs"),)
    odd = {"administration": {"offer_number": "two", "academic_group": "HS", "colour": "red"}}
    assert extras.administration(odd, AdministrativeInformation(1)).academic_group == "HS"
