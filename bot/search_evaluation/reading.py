"""The committed queries and grades, and the two halves they are split into."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path("tests/search_evaluation")
CONDITIONS = "conditions"
Grades = dict[str, dict[str, int]]  # by query, by home code


@dataclass(frozen=True)
class Query:
    """A search as a student writes it, with what it needs beside its topic, read by hand."""

    id: str
    kind: str
    text: str
    needs: dict[str, Any] = field(default_factory=dict)


def read_queries(folder: Path = FOLDER) -> list[Query]:
    """All queries in the order of the file."""
    return [Query(**entry) for entry in yaml.safe_load((folder / "queries.yml").read_text())]


def read_grades(folder: Path = FOLDER) -> Grades:
    """Topical grades as they were read, 0 where a pooled course was found beside the point.

    A query without topic, whose conditions a program checks, has none.
    """
    path = folder / "grades.yml"
    listed = yaml.safe_load(path.read_text()) if path.exists() else {}
    return {
        query: {code: int(grade) for grade, codes in by_grade.items() for code in codes.split()}
        for query, by_grade in listed.items()
        if by_grade != CONDITIONS
    }


def halves(queries: Sequence[Query]) -> tuple[list[Query], list[Query]]:
    """The half for tuning and the half for reporting: every second of a kind, by hashed id."""
    kinds: dict[str, list[Query]] = defaultdict(list)
    for query in sorted(queries, key=lambda query: hashlib.sha256(query.id.encode()).digest()):
        kinds[query.kind].append(query)
    tune = [query for found in kinds.values() for query in found[::2]]
    report = [query for found in kinds.values() for query in found[1::2]]
    return tune, report
