"""What an upload holds: CSV or XML, plain, gzipped or several in a ZIP, within strict limits.

The content decides, never the name. Nothing is unpacked to disk.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from knowledge.formats.faults import FileForeign, FileMalformed, LimitExceeded

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_END, _END_LENGTH, _COMMENT = b"PK\x05\x06", 22, 65_535
_LARGE_END = b"PK\x06\x07"  # its directory's length stands elsewhere, and no upload needs it
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class ArchiveLimits:
    """Upper bounds of what is packed.

    `ratio` bounds how much a packed byte may become, beyond the first `free_bytes`; `directory`
    the bytes of a ZIP's list of entries, which would otherwise all be read into memory.
    """

    entries: int = 10
    entry_bytes: int = 256 << 20
    total_bytes: int = 512 << 20
    ratio: int = 200
    free_bytes: int = 4 << 20
    directory: int = 16 << 10


_DEFAULT_LIMITS = ArchiveLimits()


@dataclass(frozen=True)
class Part:
    """One file of an upload; `name` is empty when there is only one."""

    name: str
    is_xml: bool
    source: BinaryIO


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def parts(path: Path, limits: ArchiveLimits = _DEFAULT_LIMITS) -> Iterator[Part]:
    """The files of an upload, one open at a time; raise FileForeign, FileMalformed, LimitExceeded.

    What is packed shows its limits while it is read.
    """
    with path.open("rb") as source:
        start = source.read(4)
        source.seek(0)
        if start.startswith((_ZIP, _END)):
            yield from _of_zip(source, path.stat().st_size, limits)
        elif start.startswith(_GZIP):
            with _packing_faults(), gzip.GzipFile(fileobj=source) as unpacked:
                yield _part("", _Bounded(unpacked, path.stat().st_size, limits))
        else:
            yield _part("", source)


def _part(name: str, source: Any) -> Part:
    buffered = io.BufferedReader(source, 1 << 16)
    start = buffered.peek(512)[:512].removeprefix(_BOM).lstrip()
    if start.startswith((_ZIP, _GZIP)):
        raise FileForeign(1, 1, "archive in an archive")
    return Part(name, start.startswith(b"<"), buffered)


def _of_zip(source: BinaryIO, size: int, limits: ArchiveLimits) -> Iterator[Part]:
    _judge_directory(source, size, limits)
    with _packing_faults(), zipfile.ZipFile(source) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > limits.entries:
            raise LimitExceeded(1, 1, "archive entries", limits.entries)
        if sum(entry.file_size for entry in entries) > limits.total_bytes:
            raise LimitExceeded(1, 1, "archive", limits.total_bytes)
        for entry in entries:
            if entry.flag_bits & 1:
                raise FileMalformed(1, 1, "encrypted archive entry")
            with archive.open(entry) as unpacked:
                yield _part(entry.filename, _Bounded(unpacked, entry.compress_size, limits))


def _judge_directory(source: BinaryIO, size: int, limits: ArchiveLimits) -> None:
    """The end record tells how long the directory is, before any of it is read."""
    source.seek(max(0, size - _END_LENGTH - _COMMENT))
    tail = source.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH or _LARGE_END in tail:
        raise FileMalformed(1, 1, "ZIP without its end")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > limits.directory:
        raise LimitExceeded(1, 1, "archive directory", limits.directory)
    source.seek(0)


@contextmanager
def _packing_faults() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise FileMalformed(1, 1, f"broken archive: {error}"[:80]) from error
    except (NotImplementedError, RuntimeError) as error:
        raise FileMalformed(1, 1, f"archive of another kind: {error}"[:80]) from error


class _Bounded(io.RawIOBase):
    """Unpacked bytes, counted as they come: what an archive declares is not to be trusted."""

    def __init__(self, source: Any, packed: int, limits: ArchiveLimits) -> None:
        self._source, self._limits, self._count = source, limits, 0
        self._most = min(limits.entry_bytes, limits.free_bytes + packed * limits.ratio)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; raise LimitExceeded when too much has come."""
        view = memoryview(buffer)
        with _packing_faults():
            piece: bytes = self._source.read(len(view))
        self._count += len(piece)
        if self._count > self._most:
            raise LimitExceeded(1, 1, "unpacked file", self._most)
        view[: len(piece)] = piece
        return len(piece)
