"""CSV from untrusted hands as rows of texts, in bounded memory; faults name line and column.

UTF-8 with or without a byte order mark, RFC 4180 with commas, a header row of known names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from knowledge.formats.csv_formulas import restore
from knowledge.formats.faults import EncodingRefused, FileMalformed, LimitExceeded

_BOM = b"\xef\xbb\xbf"
_FOREIGN_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class CsvLimits:
    """Upper bounds of a file: bytes in all, bytes of one line, rows, columns."""

    total_bytes: int = 1 << 30
    line_bytes: int = 512 << 10
    rows: int = 300_000
    columns: int = 60


_DEFAULT_LIMITS = CsvLimits()


@dataclass(frozen=True)
class CsvRow:
    """One row: the line where it starts, and its cells, apostrophes of formulas taken off."""

    line: int
    cells: tuple[str, ...]


def read_rows(source: BinaryIO, limits: CsvLimits = _DEFAULT_LIMITS) -> Iterator[CsvRow]:
    """The rows, the header first; rows without any text are left out.

    Raises EncodingRefused, FileMalformed or LimitExceeded where the file shows it, perhaps after
    some rows.
    """
    reader = csv.reader(_lines(source, limits), strict=True)
    last, count = 0, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A quote without its end shows at the end of the file: name where its row began.
            raise FileMalformed(last + 1, 1, str(error)) from error
        start, last = last + 1, reader.line_num
        if len(cells) > limits.columns:
            raise LimitExceeded(start, limits.columns + 1, "columns", limits.columns)
        if count > limits.rows:
            raise LimitExceeded(start, 1, "rows", limits.rows)
        count += 1  # empty ones too: a packed file can hold a hundred million of them
        if any(cell.strip() for cell in cells):
            yield CsvRow(start, tuple(restore(cell) for cell in cells))


def _lines(source: BinaryIO, limits: CsvLimits) -> Iterator[str]:
    number, total = 0, 0
    while line := source.readline(limits.line_bytes + 1):
        number += 1
        total += len(line)
        if number == 1:
            line = _unmarked(line)
        if len(line) > limits.line_bytes:
            raise LimitExceeded(number, limits.line_bytes + 1, "line", limits.line_bytes)
        if total > limits.total_bytes:
            raise LimitExceeded(number, 1, "file", limits.total_bytes)
        yield _decoded(line, number)


def _unmarked(line: bytes) -> bytes:
    if line.startswith(_FOREIGN_MARKS):
        raise EncodingRefused(1, 1, "utf-16")
    return line.removeprefix(_BOM)


def _decoded(line: bytes, number: int) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8")) + 1
        raise EncodingRefused(number, column, "utf-8") from error
    if "\0" in text:
        raise FileMalformed(number, text.index("\0") + 1, "NUL byte")
    return text
