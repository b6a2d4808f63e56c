"""Receiving a multipart upload straight onto the disk, never as a whole in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from bot.web.admin.refusals import UploadMissing, UploadTooLarge

MAX_BYTES = 256 * 1024 * 1024
_FIELD_BYTES = 4096


@dataclass
class Received:
    """The fields of the form, and what the file was called; empty when none was sent."""

    fields: dict[str, str] = field(default_factory=dict)
    filename: str = ""
    size: int = 0


async def receive(request: Request, path: Path, limit: int = MAX_BYTES) -> Received:
    """Write the form's file to `path`; raise UploadTooLarge or UploadMissing, leaving nothing."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise UploadMissing
    finished = False
    try:
        with path.open("wb") as out:
            sink = _Sink(out, limit)
            parser = MultipartParser(options[b"boundary"], sink.callbacks())  # type: ignore[arg-type]
            async for chunk in request.stream():
                parser.write(chunk)
            finished = sink.ended and bool(sink.received.filename)
    except FormParserError as error:
        raise UploadMissing from error
    finally:
        if not finished:
            path.unlink(missing_ok=True)  # noqa: ASYNC240 - a single quick call
    if not finished:
        raise UploadMissing
    return sink.received


class _Sink:
    """Takes the parser's pieces: fields into memory, within bounds, the file to the disk."""

    def __init__(self, out: BinaryIO, limit: int) -> None:
        self.received = Received()
        self.ended = False
        self._out, self._limit = out, limit
        self._header: bytes = b""
        self._value: bytes = b""
        self._name, self._is_file = "", False
        self._text = bytearray()

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def _begin(self) -> None:
        self._header, self._value, self._name, self._is_file = b"", b"", "", False
        self._text = bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            if b"filename" in options:
                if self._name != "file" or self.received.filename:
                    raise UploadMissing  # one file, under its own name
                self._is_file = True
                self.received.filename = _plain(options[b"filename"].decode("utf-8", "replace"))
        self._header, self._value = b"", b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.received.size += end - start
            if self.received.size > self._limit:
                raise UploadTooLarge(self._limit)
            self._out.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > _FIELD_BYTES or len(self.received.fields) > 20:
            raise UploadMissing

    def _end(self) -> None:
        if not self._is_file:
            self.received.fields[self._name] = self._text.decode("utf-8", "replace")

    def _finish(self) -> None:
        self.ended = True


def _plain(name: str) -> str:
    """A file's own name without folders, and without what could not be shown."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in last if c.isprintable())[:200]
