"""`python -m knowledge explorecourses`: what real catalogue files hold, and what is odd in them."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.errors import QuadError
from knowledge.formats.faults import FieldInvalid
from knowledge.formats.listings import merge_listings
from knowledge.formats.prose_evaluation import judge, reliability_table, score
from knowledge.formats.prose_prerequisites import ProsePrerequisite, read_prose
from knowledge.formats.records import CourseRecord
from knowledge.formats.xml_reader import read_xml
from knowledge.model.prerequisites import codes


@dataclass(eq=False)
class FileMissing(QuadError):
    """A path that cannot be opened, or holds no such file."""

    problem = "file-missing"
    path: str


@dataclass(eq=False)
class FileRefused(QuadError):
    """A file that is broken, foreign or hostile as a whole; `fault` names what it is."""

    problem = "file-refused"
    path: str
    fault: str
    line: int
    column: int


def check(args: argparse.Namespace) -> Iterator[str]:
    """Counts, oddities and prerequisites of files and of all XML files below folders."""
    whole: list[CourseRecord] = []
    for path in _files(args.paths):
        records, faults = _records(path)
        whole += records
        yield f"{path}: {_counts(records)}"
        yield from (f"  oddity {slug}: {number}" for slug, number in _oddities(records))
        for fault in faults:
            place, said = f"line {fault.line}, column {fault.column}", repr(fault.value)
            yield f"  left out {fault.record or 'a course'}: {fault.field} {said} ({place})"
    readings = _readings(merge_listings(whole))
    yield f"in all: {_counts(whole)}"
    yield from _prerequisites(readings)
    if args.against:
        yield _agreement(readings, Path(args.against))


def prose(args: argparse.Namespace) -> Iterator[str]:
    """How labelled sentences are read: exactness, coverage, reliability by confidence."""
    for path in _files(args.paths, "*.yml"):
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        verdicts = judge((str(row[0]), str(row[1]), str(row[2])) for row in rows)
        yield f"{path.name}: {score(verdicts)}"
        for low, high, number, right in reliability_table(verdicts):
            band = f"confidence {low:.1f} to {min(high, 1.0):.1f}"
            yield f"  {band}: {number} read, {right:.3f} right"


def _files(paths: Iterable[str], pattern: str = "*.xml") -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        below = sorted(path.rglob(pattern)) if path.is_dir() else [path]
        if not below or not below[0].is_file():
            raise FileMissing(str(path))
        found += below
    return found


def _records(path: Path) -> tuple[list[CourseRecord], list[FieldInvalid]]:
    faults: list[FieldInvalid] = []
    try:
        with path.open("rb") as source:
            return list(read_xml(source, report=faults.append)), faults
    except QuadError as error:
        told = error.data()
        raise FileRefused(str(path), error.problem, told["line"], told["column"]) from error


def _counts(records: list[CourseRecord]) -> str:
    sections = sum(len(record.sections) for record in records)
    merged = len(merge_listings(records))
    return f"{len(records)} listings of {merged} courses, {sections} sections"


def _oddities(records: list[CourseRecord]) -> list[tuple[str, int]]:
    found: Counter[str] = Counter()
    for record in records:
        found.update(record.oddities)
        for section in record.sections:
            found.update(section.oddities)
    return sorted(found.items())


def _readings(records: list[CourseRecord]) -> dict[CourseRecord, ProsePrerequisite]:
    subjects = frozenset(code.subject for record in records for code in record.codes)
    return {
        record: read_prose(record.description, record.code.subject, subjects, str(record.code))
        for record in records
    }


def _prerequisites(readings: dict[CourseRecord, ProsePrerequisite]) -> Iterator[str]:
    told = {record: reading for record, reading in readings.items() if reading.prose}
    sure = [reading for reading in told.values() if reading.sure]
    yield f"prerequisites: {len(told)} courses speak of them, {len(sure)} are read surely"
    for record, reading in told.items():
        tree = reading.tree if reading.sure else "as prose"
        yield f"  {record.code}: {tree} (confidence {reading.confidence}, {reading.risks})"


def _agreement(readings: dict[CourseRecord, ProsePrerequisite], folder: Path) -> str:
    """Against an edge list by course id, such as ExploreCoursesGraph's: sets of courses alone."""
    edges = _edges(folder)
    pairs = [
        ({str(code) for code in codes(reading.tree)} if reading.tree else set(), wanted)
        for record, reading in readings.items()
        if reading.sure and (wanted := edges.get(str(record.code))) is not None
    ]
    equal = sum(_same(ours, theirs) for ours, theirs in pairs)
    return f"against {folder}: {len(pairs)} courses compared, {equal} with the same set of courses"


def _same(ours: set[str], theirs: list[set[str]]) -> bool:
    """Whether every course of one side is a listing of a course of the other."""
    return all(names & ours for names in theirs) and ours <= set().union(*theirs)


def _edges(folder: Path) -> dict[str, list[set[str]]]:
    """Course code → the listings of each of its prerequisites."""
    try:
        listings = json.loads((folder / "course_ids.json").read_text(encoding="utf-8"))
        schools = json.loads((folder / "prereqs.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise FileMissing(str(folder)) from error
    edges: dict[str, list[set[str]]] = {}
    for departments in schools.values():
        for courses in departments.values():
            for course_id, needed in courses.items():
                sets = [set(listings.get(each, ())) for each in needed]
                edges.update(dict.fromkeys(listings.get(course_id, ()), sets))
    return edges
