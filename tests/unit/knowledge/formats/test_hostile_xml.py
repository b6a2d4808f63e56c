"""Files that are broken, foreign or hostile are refused by name and place, in bounded memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from io import BytesIO, RawIOBase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import course, document

from knowledge.errors import QuadError
from knowledge.formats.faults import (
    ConstructForbidden,
    EncodingRefused,
    FileForeign,
    FileMalformed,
    LimitExceeded,
)
from knowledge.formats.limits import Limits
from knowledge.formats.xml_reader import CourseFeed, read_xml

_BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xml><courses>&b;</courses></xml>"""
_OUTSIDE = b"""<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<xml><courses><course>&f;</course></courses></xml>"""
_PARAMETER = b"""<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/evil.dtd"><xml/>"""


def _read(source: bytes, limits: Limits | None = None) -> int:
    return sum(1 for _ in read_xml(BytesIO(source), limits or Limits()))


@pytest.mark.parametrize("source", [_BILLION_LAUGHS, _OUTSIDE, _PARAMETER])
def test_a_document_type_is_refused_before_anything_is_expanded(source: bytes) -> None:
    with pytest.raises(ConstructForbidden) as told:
        _read(source)
    assert told.value.construct == "doctype"
    assert source.splitlines()[told.value.line - 1].startswith(b"<!DOCTYPE")


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        (b"<xml>\n<courses>\n  <course></curse>\n</courses></xml>", 3, 13),
        (b"<xml><courses>\n&nbsp;</courses></xml>", 2, 1),
        (b"", 1, 1),
        (b"<xml><courses><course>", 1, 23),
        (b"title,units\nRings,3\n", 1, 1),
        (b"<xml/><xml/>", 1, 7),
    ],
)
def test_broken_syntax_is_named_with_its_place(source: bytes, line: int, column: int) -> None:
    with pytest.raises(FileMalformed) as told:
        _read(source)
    assert (told.value.line, told.value.column) == (line, column)
    assert told.value.reason


def test_a_cut_off_document_gives_its_courses_and_then_the_fault() -> None:
    whole = document(course(), course(code="211"))
    records = read_xml(BytesIO(whole[:-60]))
    assert str(next(records).code) == "ALG210B"
    with pytest.raises(FileMalformed):
        list(records)


@pytest.mark.parametrize(
    ("source", "encoding", "line"),
    [
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><xml/>", "ISO-8859-1", 1),
        (b"<?xml version='1.0' encoding='UTF-16'?><xml/>", "UTF-16", 1),
        ("<xml><courses/></xml>".encode("utf-16"), "utf-8", 1),
        (b"<xml>\n<courses>\n Mus\xe9e</courses></xml>", "utf-8", 3),
        (b"<xml>caf\xc3", "utf-8", 1),
    ],
)
def test_other_encodings_are_refused(source: bytes, encoding: str, line: int) -> None:
    with pytest.raises(EncodingRefused) as told:
        _read(source)
    assert (told.value.encoding, told.value.line) == (encoding, line)


def test_utf_8_is_read_with_and_without_a_mark() -> None:
    source = document(course(title="Über Ringe 🜨"))
    for given_bytes in (source, b"\xef\xbb\xbf" + source):
        (record,) = read_xml(BytesIO(given_bytes))
        assert record.title == "Über Ringe 🜨"


@pytest.mark.parametrize("source", [b"<html><body>Log in</body></html>", b"<rss/>", b"<schools/>"])
def test_another_kind_of_document_is_foreign(source: bytes) -> None:
    with pytest.raises(FileForeign) as told:
        _read(source)
    assert told.value.root in source.decode()


class _Endless(RawIOBase):
    """A gigabyte of one repeated piece behind a beginning, made as it is read."""

    def __init__(self, begin: bytes, piece: bytes, pieces: int) -> None:
        self._chunks = self._made(begin, piece, pieces)
        self.taken = 0

    def _made(self, begin: bytes, piece: bytes, pieces: int) -> Iterator[bytes]:
        yield begin
        for _ in range(pieces):
            yield piece

    def read(self, size: int = -1) -> bytes:
        chunk = next(self._chunks, b"")
        self.taken += len(chunk)
        return chunk


_START = b"<xml><courses><course><title>"
_MEGABYTE = b"a" * (1 << 20)
HUGE: list[tuple[str, bytes, bytes]] = [
    ("text of title", _START, _MEGABYTE),
    ("token", b"<xml><courses><course><title x='", _MEGABYTE),
    ("token", b"<xml><!--", _MEGABYTE),
    ("token", b"<", _MEGABYTE),
    ("token", b"<xml>" + b" " * 10, b"<![CDATA["[:2] + _MEGABYTE),
    ("depth", b"<xml>", b"<a>" * 10_000),
    ("elements of a course", b"<xml><course>", b"<a/>" * 50_000),
    ("elements of a course", b"<xml><course>", b"<a/>b" * 50_000),
    ("text of title", _START, b"&amp;" * 200_000),
]


@pytest.mark.parametrize(("what", "begin", "piece"), HUGE)
def test_a_gigabyte_without_end_is_refused_early_and_in_little_memory(
    what: str, begin: bytes, piece: bytes
) -> None:
    source = _Endless(begin, piece, 1024)
    tracemalloc.start()
    try:
        with pytest.raises((LimitExceeded, FileMalformed)) as told:
            list(read_xml(source, Limits(record_elements=20_000)))  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if isinstance(told.value, LimitExceeded):
        assert told.value.what == what
    assert source.taken < 64 << 20
    assert peak < 100 << 20


def test_the_whole_and_one_course_have_their_own_limits() -> None:
    source = document(*[course()] * 50)
    with pytest.raises(LimitExceeded) as told:
        _read(source, Limits(total_bytes=20_000))
    assert told.value.what == "file"
    with pytest.raises(LimitExceeded) as told:
        _read(document(course(sections="<section/>" * 99_000)), Limits(record_bytes=100_000))
    assert told.value.what == "course"
    assert _read(source) == 50


def test_many_courses_are_read_one_at_a_time() -> None:
    one = course().encode()
    source = _Endless(b"<xml><courses>", one * 20, 12)
    tracemalloc.start()
    try:
        with pytest.raises(FileMalformed):
            for _ in read_xml(source):  # type: ignore[arg-type]
                pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert source.taken > 500_000
    assert peak < 1 << 20


_READERS: list[Callable[[bytes], object]] = [
    lambda source: list(read_xml(BytesIO(source))),
    lambda source: _fed(source),
]


def _fed(source: bytes) -> list[object]:
    feed = CourseFeed()
    found = [record for i in range(0, len(source), 97) for record in feed.feed(source[i : i + 97])]
    return [*found, *feed.close()]


@given(st.binary(max_size=300), st.integers(0, 4000), st.booleans())
def test_no_bytes_raise_anything_else(noise: bytes, place: int, cut: bool) -> None:
    whole = document(course())
    place %= len(whole)
    source = whole[:place] + noise + (b"" if cut else whole[place:])
    for reader in _READERS:
        place_told = {"line": 1, "column": 1}
        try:
            reader(source)
        except QuadError as fault:
            place_told = fault.data()
        assert place_told["line"] >= 1
        assert place_told["column"] >= 1
