"""A malformed file of any kind is refused with its row and column, and nothing is written."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.admin.importing import Importer
from knowledge.admin.previews import Preview, Removals
from knowledge.errors import ImportRefused

HEADER = "term,code,number,capacity,meetings\n"
GOOD = "Winter 2019,ALG101,77,10,Mon 8:00-8:50\n"
XML = '<?xml version="1.0"?><xml><courses><course></course></courses></xml>'
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><courses>&b;</courses></xml>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml>&a;</xml>'
BOMB = (HEADER + (",,,," + "x" * 100_000 + "\n") * 200).encode()


def _row(**cells: str) -> str:
    values = dict(zip(HEADER.strip().split(","), GOOD.strip().split(","), strict=True)) | cells
    return HEADER + ",".join(f'"{value}"' for value in values.values()) + "\n"


def _zip(**files: bytes | str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _broken_zip() -> bytes:
    whole = bytearray(_zip(a=(HEADER + GOOD) * 50))
    whole[60:70] = b"\xff" * 10
    return bytes(whole)


MALFORMED: dict[str, tuple[bytes | str, int, str, str]] = {
    # content, row, column, problem
    "empty": ("", 1, "", "empty-file"),
    "foreign": ("hello,world\n1,2\n", 1, "hello", "unknown-columns"),
    "missing column": ("term,code,number\n", 1, "capacity", "missing-column"),
    "unknown column": (HEADER.replace("\n", ",colour\n"), 1, "colour", "unknown-column"),
    "column twice": (HEADER.replace("\n", ",code\n"), 1, "code", "duplicate-column"),
    "ragged short": (HEADER + GOOD + "Winter 2019,ALG101\n", 3, "number", "ragged-row"),
    "ragged long": (HEADER + GOOD.replace("\n", ",x\n"), 2, "meetings", "ragged-row"),
    "no end of a quote": (HEADER + GOOD + '"Winter', 3, "column 1", "file-malformed"),
    "text behind a quote": (HEADER + '"Winter 2019"x,A,1,1,\n', 2, "column 1", "file-malformed"),
    "NUL": (HEADER + GOOD.replace("77", "7\0"), 2, "column 21", "file-malformed"),
    "UTF-16": ((HEADER + GOOD).encode("utf-16"), 1, "column 1", "file-encoding-refused"),
    "Latin-1": (
        HEADER.encode() + GOOD.replace("ALG", "Ä").encode("latin-1"),
        2,
        "column 13",
        "file-encoding-refused",
    ),
    "long line": (HEADER + "x" * 600_000, 2, "column 524289", "file-limit-exceeded"),
    "long cell": (HEADER + '"' + "x\n" * 100_000 + '"', 2, "column 1", "file-malformed"),
    "many columns": (",".join(["x"] * 100) + "\n", 1, "column 61", "file-limit-exceeded"),
    "empty lines": ("code\n" + "\n" * 300_001, 1, "title", "missing-column"),
    "too many lines": (HEADER + "\n" * 300_001, 300_002, "column 1", "file-limit-exceeded"),
    "wrong type": (_row(capacity="ten"), 2, "capacity", "no-number"),
    "negative": (_row(capacity="-5"), 2, "capacity", "negative"),
    "no capacity": (_row(capacity=""), 2, "capacity", "missing"),
    "unknown term": (_row(term="Spring 2031"), 2, "term", "unknown-term"),
    "no term": (_row(term="soon"), 2, "term", "invalid-term"),
    "unknown course": (_row(code="NOX999"), 2, "code", "unknown-course"),
    "no code": (_row(code="??"), 2, "code", "invalid-code"),
    "end before start": (_row(meetings="Mon 9:00-8:00"), 2, "meetings", "ends-before-start"),
    "duplicate key": (HEADER + GOOD + GOOD, 3, "number", "duplicate-key"),
    "XXE": (XXE, 1, "column 34", "file-construct-forbidden"),
    "billion laughs": (BILLION, 1, "column 34", "file-construct-forbidden"),
    "XML without its end": ("<xml><courses>", 1, "column 15", "file-malformed"),
    "foreign XML": ("<html></html>", 1, "column 1", "file-foreign"),
    "XML with an empty course": (XML, 1, "subject", "field-invalid"),
    "XML without courses": ("<xml><courses></courses></xml>", 1, "course", "empty-file"),
    "ZIP cut off": (_zip(a=HEADER + GOOD)[:-30], 1, "column 1", "file-malformed"),
    "ZIP broken inside": (_broken_zip(), 1, "column 1", "file-malformed"),
    "ZIP in a ZIP": (_zip(a=_zip(b=HEADER)), 1, "column 1", "file-foreign"),
    "ZIP of many": (
        _zip(**{str(n): HEADER for n in range(20)}),
        1,
        "column 1",
        "file-limit-exceeded",
    ),
    "ZIP bomb": (_zip(a=BOMB), 1, "column 1", "file-limit-exceeded"),
    "gzip bomb": (gzip.compress(BOMB), 1, "column 1", "file-limit-exceeded"),
    "gzip cut off": (gzip.compress(HEADER.encode())[:-12], 1, "column 1", "file-malformed"),
}  # fmt: skip


@pytest.fixture
def unwritten(small) -> Iterator[None]:
    def everything() -> list[str]:
        with small.units.engine.connect() as connection:
            return list(connection.connection.iterdump())

    before = everything()
    yield
    assert everything() == before


@pytest.mark.parametrize("kind", MALFORMED)
@pytest.mark.usefixtures("unwritten")
def test_it_is_refused_with_row_and_column(kind: str, preview: Callable[..., Preview]) -> None:
    content, row, column, problem = MALFORMED[kind]
    seen = preview(content)
    assert not seen.may_confirm
    assert (seen.faults[0].row, seen.faults[0].column, seen.faults[0].problem) == (
        row,
        column,
        problem,
    )


@pytest.mark.usefixtures("unwritten")
def test_confirming_it_is_refused_too(importer: Importer, tmp_path: Path, preview) -> None:
    seen = preview(_row(capacity="-5"))
    with pytest.raises(ImportRefused) as refused:
        importer.confirm(
            tmp_path / "file", "file", seen.sha256, seen.catalogue_version, Removals.KEEP
        )
    assert refused.value.faults[0]["column"] == "capacity"


def test_all_faults_are_counted_and_the_first_listed(preview: Callable[..., Preview]) -> None:
    rows = "".join(f"Winter 2019,ALG101,{n},x,\n" for n in range(1000))
    seen = preview(HEADER + rows)
    assert (seen.fault_count, len(seen.faults)) == (1000, 200)


def test_a_mark_and_other_line_ends_are_no_fault(preview: Callable[..., Preview]) -> None:
    whole = "\ufeff" + (HEADER + GOOD).replace("\n", "\r\n")
    assert preview(whole).counts == {"sections": {"new": 1, "kept": 1}}
    assert preview(gzip.compress(whole.encode())).counts == {"sections": {"new": 1, "kept": 1}}


def test_fewer_seats_than_students_is_only_a_warning(small, preview) -> None:
    for suid in small.students("05550001", "05550002"):
        small.enroll(suid, 103)
    seen = preview(_row(number="01", code="BIO101", capacity="1"))
    assert seen.may_confirm
    assert [warning.problem for warning in seen.warnings] == ["below-enrolled"]
