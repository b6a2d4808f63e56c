"""Catalogue search measured: `python -m bot.bench_search` over the committed queries and grades.

`--pool` prints what is still to be graded; `--scale` measures a generated catalogue of 15,000
courses instead. Everything runs from the student's words on, as the chat reads them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.search_evaluation import scores
from bot.search_evaluation.grading import graded
from bot.search_evaluation.pipeline import Reader
from bot.search_evaluation.reading import Query, halves, read_grades, read_queries
from bot.search_evaluation.scale import measure
from bot.search_evaluation.systems import systems
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.meanings import Meanings
from knowledge.sample.generated import Size
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
_KINDS = ("paraphrase", "topic", "combined", "filters", "typo", "title", "code")


def evaluate(index: CatalogueIndex, reader: Reader, part: str, seed: int) -> dict[str, Any]:
    """All systems over one half (or "all"), by kind and together."""
    queries = read_queries()
    chosen = dict(zip(("tune", "report"), halves(queries), strict=True)).get(part, queries)
    grades = _grades(index, reader, chosen)
    found: dict[str, Any] = {"part": part, "queries": len(chosen), "seed": seed, "systems": {}}
    for name, system in systems(index, reader).items():
        ranked = {query.id: system(query.text) for query in chosen}
        found["systems"][name] = _figures(chosen, ranked, grades, seed)
    return found


def _grades(
    index: CatalogueIndex, reader: Reader, queries: Sequence[Query]
) -> dict[str, dict[str, int]]:
    topical, snapshot = read_grades(), index.current()
    return {
        query.id: graded(snapshot, query, topical.get(query.id), reader.academic_start)
        for query in queries
    }


def _figures(
    queries: Sequence[Query],
    ranked: dict[str, list[str]],
    grades: dict[str, dict[str, int]],
    seed: int,
) -> dict[str, Any]:
    by_kind = {
        kind: _mean([_ndcg(ranked, grades, query) for query in queries if query.kind == kind])
        for kind in _KINDS
    }
    values = [value for query in queries if (value := _ndcg(ranked, grades, query)) is not None]
    recalls = {
        capped: _mean([scores.recall(ranked[q.id], grades[q.id], capped=capped) for q in queries])
        for capped in (False, True)
    }
    return {
        "ndcg": _mean(list(values)),
        "interval": [round(end, 3) for end in scores.interval(values, seed)],
        "recall": recalls[False],
        "recall of ten": recalls[True],
        "by kind": by_kind,
    }


def _ndcg(
    ranked: dict[str, list[str]], grades: dict[str, dict[str, int]], query: Query
) -> float | None:
    return scores.ndcg(ranked[query.id], grades[query.id])


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 3) if known else None


def pool(index: CatalogueIndex, reader: Reader) -> None:
    """Print the pooled courses that nobody has read yet, in the order of codes."""
    grades, snapshot = read_grades(), index.current()
    for query in read_queries():
        if query.id not in grades:
            continue  # conditions alone, checked by a program
        held = {code for system in systems(index, reader).values() for code in system(query.text)}
        new = sorted(held - grades.get(query.id, {}).keys())
        if new:
            print(f"{query.id} {query.text}")
            print("   " + " | ".join(f"{c} {snapshot.by_code[c].title}" for c in new))


def main(argv: list[str] | None = None) -> int:
    """Print a table; one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m bot.bench_search", description=__doc__)
    parser.add_argument("--part", choices=["tune", "report", "all"], default="report")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap")
    parser.add_argument("--pool", action="store_true")
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--courses", type=int, default=Size.courses)
    parser.add_argument("--sections", type=int, default=Size.sections)
    args = parser.parse_args(argv)
    settings = Settings.from_env()
    if args.scale:
        size = Size(args.courses, args.sections)
        encoder = settings.var / "encoders" / "sentence"
        print(json.dumps(measure(encoder, size, args.seed, each=80)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        units = UnitOfWork.at(f"sqlite:///{folder}/sample.db")
        prepare(units)
        meanings = Meanings.open(settings.var)
        index = CatalogueIndex(units, meanings)
        snapshot = index.current()
        if meanings is None or not meanings.wait(300):
            parser.error("the sentence encoder is missing: make setup")
        reader = Reader.open(settings.var, snapshot, TODAY)
        if args.pool:
            pool(index, reader)
        else:
            _tell(evaluate(index, reader, args.part, args.seed))
        units.close()
    return 0


def _tell(found: dict[str, Any]) -> None:
    print(f"{found['part']}: {found['queries']} queries, nDCG@10 [95%], recall@10, of ten, by kind")
    for name, figures in found["systems"].items():
        kinds = "  ".join(f"{kind} {value}" for kind, value in figures["by kind"].items())
        ends = "-".join(f"{end:.3f}" for end in figures["interval"])
        shown = f"{figures['ndcg']:.3f} [{ends}] {figures['recall']} {figures['recall of ten']}"
        print(f"{name:22} {shown}  {kinds}")
    print(json.dumps(found))


if __name__ == "__main__":
    sys.exit(main())
