"""Cells, formulas and whole CSV files come back exactly as they went in."""

from __future__ import annotations

import csv
import io
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats import csv_cells as cells
from knowledge.formats import csv_patterns as patterns
from knowledge.formats.csv_cells import CellInvalid
from knowledge.formats.csv_columns import COLUMNS, SECTIONS, contradictions, read_cells, write_cells
from knowledge.formats.csv_formulas import neutralise, restore
from knowledge.formats.csv_reader import read_rows
from knowledge.formats.csv_writer import write_csv
from knowledge.model.terms import Quarter, Term

_words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
_any = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_names = _words.map(str.strip).filter(bool)
_days = st.dates(date(2000, 1, 1), date(2040, 1, 1)).map(date.isoformat)
_clocks = st.times(time(1), time(23, 58)).map(lambda t: f"{t:%H:%M}")


@st.composite
def _meetings(draw: st.DrawFn) -> dict[str, str]:
    start, end = sorted(draw(st.lists(_clocks, min_size=2, max_size=2, unique=True)))
    days = "".join(sorted(draw(st.sets(st.sampled_from("1234567"), min_size=1))))
    room = draw(st.just("") | _names.filter(lambda name: "\n" not in name))
    return {"days": days, "start": start, "end": end, "room": room}


_reserved = st.fixed_dictionaries(
    {"group": _names.filter(lambda n: ":" not in n), "seats": st.integers(0, 999), "until": _days}
)
_facts = st.fixed_dictionaries(
    {
        "term": st.builds(Term, st.sampled_from(list(Quarter)), st.integers(1970, 2069)).map(str),
        "code": st.from_regex(r"[A-Z]{2,6}[1-9][0-9]{0,2}[A-Z]?", fullmatch=True),
        "number": st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True),
        "class_id": st.none() | st.integers(1, 10**8),
        "component": st.sampled_from(["LEC", "DIS", "LAB"]),
        "capacity": st.integers(0, 99_999),
        "waitlist_capacity": st.integers(0, 99_999),
        "meetings": st.lists(_meetings(), max_size=3),
        "instructors": st.lists(_names, max_size=3),
        "parent": st.none() | st.from_regex(r"[0-9]{2}", fullmatch=True),
        "reserved": st.lists(_reserved, max_size=2),
        "add_consent": st.booleans(),
        "cancelled": st.booleans(),
    }
)  # fmt: skip


@given(st.text())
def test_a_neutralised_text_comes_back(text: str) -> None:
    safe = neutralise(text)
    assert restore(safe) == text
    assert safe[:1] not in ("=", "+", "@", "\t", "\r", "\n")
    assert safe[:1] != "-" or float(safe) <= 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "-2+3", "\tx", "\r=x", "--1", "-a"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-3.14", "'quoted", "it's", "a=b", ""])
def test_plain_texts_and_negative_numbers_are_unharmed(text: str) -> None:
    assert neutralise(text) == text == restore(text)


@given(_facts)
def test_a_sections_cells_come_back(facts: dict[str, object]) -> None:
    texts = write_cells(SECTIONS, facts)
    assert read_cells(SECTIONS, texts) == (facts, [])


@given(st.lists(_facts, max_size=5))
def test_a_whole_file_comes_back(records: list[dict[str, object]]) -> None:
    written = b"".join(write_csv(SECTIONS, records))
    header, *rows = read_rows(io.BytesIO(written))
    names = header.cells
    again = [read_cells(SECTIONS, dict(zip(names, row.cells, strict=True))) for row in rows]
    assert again == [(facts, []) for facts in records]
    # Another reader sees as many rows and columns: the file is plain RFC 4180.
    theirs = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert [len(row) for row in theirs] == [len(SECTIONS)] * (len(records) + 1)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
            min_size=2,
            max_size=2,
        ),
        max_size=4,
    )
)
def test_the_reader_agrees_with_the_writer_on_any_text(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[neutralise(cell) for cell in row] for row in rows])
    read = [list(row.cells) for row in read_rows(io.BytesIO(buffer.getvalue().encode()))]
    assert read == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.lists(_names, max_size=4))
def test_lists_keep_semicolons_and_backslashes(items: list[str]) -> None:
    assert cells.split(cells.join(items)) == items


@given(st.text(max_size=30))
def test_any_cell_is_read_or_refused(text: str) -> None:
    for columns in COLUMNS.values():
        facts, faults = read_cells(columns, {column.name: text for column in columns})
        assert len(facts) + len(faults) == len(columns)


@pytest.mark.parametrize(
    ("read", "text", "problem"),
    [
        (cells.seats, "-1", "negative"),
        (cells.seats, "many", "no-number"),
        (cells.seats, "", "missing"),
        (cells.term, "Winter 19", "invalid-term"),
        (cells.day, "2019-02-30", "no-date"),
        (cells.suid, "123", "invalid-suid"),
        (cells.flag, "perhaps", "no-flag"),
        (cells.prerequisite, "CS106A and", "invalid-prerequisite"),
        (cells.prerequisite, "(" * 5000, "invalid-prerequisite"),
        (patterns.meetings, "Mon 11:00-10:00", "ends-before-start"),
        (patterns.meetings, "Moonday 10:00-11:00", "unknown-day"),
        (patterns.meetings, "Mon 10:00-25:00", "no-time"),
        (patterns.reserved, "graduate 10", "invalid-reservation"),
        (patterns.windows, "graduate: 2019-01-02 to 2019-01-01", "ends-before-start"),
    ],
)  # fmt: skip
def test_faults_have_a_stable_name(read, text: str, problem: str) -> None:
    with pytest.raises(CellInvalid) as refused:
        read(text)
    assert refused.value.problem == problem


def test_a_prerequisites_fault_has_its_position() -> None:
    _, (fault,) = read_cells(COLUMNS["courses"], {"prerequisites": "CS106A and nonsense"})
    assert fault["position"] == len("CS106A and ")


def test_codes_are_read_as_students_and_catalogues_write_them() -> None:
    assert [cells.code(text) for text in ("cs 106a", "LAW7001")] == ["CS106A", "LAW7001"]


def test_terms_are_in_order() -> None:
    facts = {"starts": "2027-01-01", "ends": "2026-01-01", "drop_by": "2026-06-01"}
    assert {fault["field"] for fault in contradictions("terms", facts)} == {"ends", "drop_by"}
