"""CSV as RFC 4180 wants it, in pieces: UTF-8, a header row, CRLF, formulas neutralised."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.formats.csv_columns import Columns
from knowledge.formats.csv_formulas import neutralise

_PIECE = 64 << 10


def write_csv(columns: Columns, records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The file of these facts in pieces of some ten thousand bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for record in records:
        writer.writerow([neutralise(column.write(record[column.name])) for column in columns])
        if buffer.tell() >= _PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
