"""`import` and `export` of the command line: files against the database, progress on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.admin.exporting import export
from knowledge.admin.facts import Table
from knowledge.admin.importing import Importer
from knowledge.admin.previews import Fault, Preview, Removals
from knowledge.cli.exceptions import ACTOR
from knowledge.errors import FileChanged, QuadError
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class FileUnreadable(QuadError):
    """A path that cannot be opened, read or written."""

    problem = "file-unreadable"
    path: str
    reason: str


@dataclass(eq=False)
class FileFaulty(QuadError):
    """A file with faults, which stand in the lines above; nothing was written."""

    problem = "file-faulty"
    path: str
    faults: int


def bring(args: argparse.Namespace, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Show what a file would change, or change it."""
    path, removals = Path(args.path), Removals(args.removals)
    importer = Importer(units, settings.clock(), ACTOR)
    try:
        if args.confirm:
            yield from _confirm(importer, path, args.confirm, removals, args.json)
        else:
            preview = importer.preview(path, path.name, removals, _progress)
            yield from [json.dumps(asdict(preview))] if args.json else _told(preview)
            if not preview.may_confirm:
                raise FileFaulty(args.path, preview.fault_count)
    except OSError as error:
        raise FileUnreadable(args.path, error.strerror or type(error).__name__) from error


def _confirm(
    importer: Importer, path: Path, token: str, removals: Removals, as_json: bool
) -> Iterator[str]:
    sha256, _, version = token.partition(":")
    if not version.isascii() or not version.isdigit():
        raise FileChanged(token, "")
    done = importer.confirm(path, path.name, sha256, int(version), removals, _progress)
    if as_json:
        yield json.dumps(asdict(done))
        return
    yield from _counts(done.counts)
    yield f"import {done.import_id} is in the database; {done.promoted} moved up from waitlists"


def send(args: argparse.Namespace, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Write a table as CSV."""
    try:
        with Path(args.path).open("wb") as out:
            for count, piece in enumerate(export(units, Table(args.table)), 1):
                out.write(piece)
                _progress("write", count, 0)
    except OSError as error:
        raise FileUnreadable(args.path, error.strerror or type(error).__name__) from error
    yield f"wrote {args.path}"


def add_parsers(groups: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """import FILE; export TABLE FILE."""
    into = groups.add_parser("import", help="compare a CSV, ZIP or XML file, then bring it in")
    into.add_argument("path", metavar="FILE")
    step = into.add_mutually_exclusive_group()
    step.add_argument("--preview", action="store_true", help="only show the diff (the default)")
    step.add_argument("--confirm", metavar="HASH", help="carry out what the preview showed")
    into.add_argument(
        "--removals",
        choices=[choice.value for choice in Removals],
        default=Removals.REFUSE.value,
        help="what the file lacks: delete it, but refuse if students hold it; cancel it; keep it",
    )
    into.add_argument("--json", action="store_true", help="one JSON document")
    into.set_defaults(command="file")
    out = groups.add_parser("export", help="write a table as CSV that can be imported again")
    out.add_argument("table", choices=("courses", "sections", "students"))
    out.add_argument("path", metavar="FILE")
    out.set_defaults(command="table")


def _told(preview: Preview) -> Iterator[str]:
    for difference in preview.differences:
        fields = ", ".join(
            f"{name}: {(difference.before or {}).get(name)!r} → {value!r}"
            for name, value in (difference.after or {}).items()
        )
        shown = f"  {fields}" if difference.kind == "changed" else ""
        yield f"{difference.kind} {difference.table}: {difference.label}{shown}"
    yield from (_place("warning", fault) for fault in preview.warnings)
    yield from (_place("fault", fault) for fault in preview.faults)
    yield from _counts(preview.counts)
    if preview.may_confirm:
        yield f"confirm with: --confirm {preview.token} --removals {preview.removals}"


def _place(kind: str, fault: Fault) -> str:
    where = f"{fault.file or 'file'}, row {fault.row}, {fault.column}"
    return f"{kind}: {where}: {fault.problem} {fault.value}".rstrip()


def _counts(counts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for table, kinds in counts.items():
        yield f"{table}: " + ", ".join(f"{number} {kind}" for kind, number in kinds.items())


def _progress(stage: str, done: int, of: int) -> None:
    print(f"{stage} {done}" + (f" of {of}" if of else ""), file=sys.stderr)
