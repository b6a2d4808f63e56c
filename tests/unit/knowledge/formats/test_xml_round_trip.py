"""What the writer writes, the reader reads as the same records; both views, any legal text."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import records

from knowledge.formats.records import (
    CourseRecord,
    DepartmentRecord,
)
from knowledge.formats.views import View
from knowledge.formats.xml_reader import read_departments, read_xml
from knowledge.formats.xml_writer import write_departments, write_xml


@given(st.lists(records(), max_size=2))
@settings(max_examples=60, deadline=None)
def test_records_come_back_as_they_were(given_records: list[CourseRecord]) -> None:
    assert list(read_xml(BytesIO(write_xml(given_records)))) == given_records


@given(records())
@settings(max_examples=20, deadline=None)
def test_the_older_view_loses_two_fields_and_nothing_else(record: CourseRecord) -> None:
    written = write_xml([record], View.OLDER)
    (again,) = read_xml(BytesIO(written))
    assert (again.code, again.title, again.administration) == (
        record.code,
        record.title,
        record.administration,
    )
    tags = {element.tag for element in ET.fromstring(written).iter()}
    assert not tags & {"remote", "instructionMode"}
    assert ET.fromstring(written).findtext("deprecated") == "true"


@given(st.text(max_size=40))
def test_text_that_no_xml_may_hold_is_left_out_and_the_rest_stays(text: str) -> None:
    department = DepartmentRecord("CS", "x" + text, "School")
    (found,) = read_departments(BytesIO(write_departments([department])))
    assert found.code == "CS"
    assert found.name.startswith("x")
    assert len(found.name) <= len(text) + 1
