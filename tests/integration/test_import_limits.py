"""Hostile files against a process with little memory: refused at once, nothing written."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HEADER = b"term,code,number,capacity,meetings\n"
GIGABYTE = 1 << 30
ADDRESS_SPACE = 700 << 20  # what the interpreter maps counts too; 1 GiB would never fit

_CODE = """
import json, re, resource, sys
from datetime import date
from pathlib import Path
from knowledge.admin.importing import Importer
from knowledge.storage.unit_of_work import UnitOfWork
importer = Importer(UnitOfWork.at(sys.argv[1]), date(2018, 11, 15), "x")
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
seen = importer.preview(Path(sys.argv[2]), "x")
# Not getrusage: it tells the largest of this process and of the one that it was spawned from.
peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(json.dumps([seen.faults[0].row, seen.faults[0].column, seen.faults[0].problem, peak]))
"""


def _line(path: Path) -> None:
    with path.open("wb") as out:
        out.write(HEADER)
        out.truncate(GIGABYTE)  # sparse: one line of NUL bytes without an end


def _xml_line(path: Path) -> None:
    with path.open("wb") as out:
        out.write(b"<xml><courses><course><title>")
        for _ in range(64):
            out.write(b"x" * (1 << 20))


def _zip(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.csv", "w", force_zip64=False) as out,
    ):
        out.write(HEADER)
        for _ in range(200):
            out.write(b"\n" * (1 << 20))


def _gzip(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as out:
        for _ in range(200):
            out.write(b"x,\n" * (1 << 18))


@pytest.mark.parametrize("make", [_line, _xml_line, _zip, _gzip], ids=lambda make: make.__name__)
def test_it_is_refused_in_bounded_memory(make, database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile"
    make(path)
    command = [sys.executable, "-c", _CODE, database_url, str(path), str(ADDRESS_SPACE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    row, column, problem, peak = json.loads(done.stdout)
    assert (row >= 1, bool(column)) == (True, True)
    assert problem in ("file-limit-exceeded", "unknown-columns", "file-malformed")
    assert peak < 200 << 10
