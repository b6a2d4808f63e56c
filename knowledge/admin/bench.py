"""Measures the import of a made-up catalogue: `python -m knowledge.admin.bench [--sections N]`.

Each import runs in a process of its own, so that its peak memory is its own, on a SQLite file with
the sample catalogue. Prints one line a file: seconds of preview and confirmation, those
of the processor for both (other work on the machine does not count there), and peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from knowledge.admin.importing import Importer
from knowledge.admin.made_up import MadeUp
from knowledge.admin.previews import Removals
from knowledge.model.terms import Quarter, Term
from knowledge.sample.load import prepare
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 25)
TERMS = [Term(Quarter.AUTUMN, 2026), Term(Quarter.WINTER, 2027), Term(Quarter.SPRING, 2027)]


def measure(url: str, path: Path) -> dict[str, float | int | str]:
    """Import one file; peak memory is that of the whole process in MiB."""
    units = UnitOfWork.at(url)
    prepare(units)
    importer = Importer(units, TODAY, "admin:bench")
    busy, started = time.process_time(), time.perf_counter()
    preview = importer.preview(path, path.name, Removals.KEEP)
    previewed = time.perf_counter()
    importer.confirm(path, path.name, preview.sha256, preview.catalogue_version, Removals.KEEP)
    confirmed = time.perf_counter()
    units.close()
    return {
        "file": path.name,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "records": sum(sum(kinds.values()) for kinds in preview.counts.values()),
        "preview_seconds": round(previewed - started, 1),
        "confirm_seconds": round(confirmed - previewed, 1),
        "cpu_seconds": round(time.process_time() - busy, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main(argv: list[str] | None = None) -> int:
    """Write the files and measure them in turn."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.admin.bench")
    parser.add_argument("--sections", type=int, default=40_000)
    parser.add_argument("--courses", type=int, default=15_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--one", nargs=2, metavar=("URL", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.one:
        print(json.dumps(measure(args.one[0], Path(args.one[1]))))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = MadeUp(args.seed, args.courses, args.sections, TERMS).write(folder)
        _measure_apart(folder / "csv.db", files["courses.csv"])
        _measure_apart(folder / "csv.db", files["sections.csv"])
        _measure_apart(folder / "xml.db", files["all.xml"])
    return 0


def _measure_apart(database: Path, file: Path) -> None:
    url = f"sqlite:///{database}"
    command = [sys.executable, "-m", "knowledge.admin.bench", "--one", url, str(file)]
    subprocess.run(command, check=True)  # noqa: S603 - our own module


if __name__ == "__main__":
    sys.exit(main())
