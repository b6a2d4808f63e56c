"""Search on a generated catalogue: how soon ready, how long a query takes, when a change shows.

`python -m bot.search_evaluation.scale --ready FOLDER` is the fresh process whose start is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bot.search_evaluation.load import calls
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.registrar.administration import Administration
from knowledge.sample.generated import Size, generate
from knowledge.sample.load import prepare
from knowledge.storage import orm
from knowledge.storage.unit_of_work import UnitOfWork

_PATIENCE_SECONDS = 1_500
_TODAY = date(2018, 11, 15)


def measure(encoder: Path, size: Size, seed: int, each: int) -> dict[str, Any]:
    """All figures, on a database and a cache of their own; times in seconds or milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        units = _made(folder, size, seed)
        cold = _cold(units, encoder, folder)
        warm = _ready_in_fresh_process(encoder, folder)
        index = CatalogueIndex(units, Meanings(encoder, folder / "search"))
        index.current()
        assert index.meanings is not None
        index.meanings.wait(_PATIENCE_SECONDS)
        figures = {
            "courses": len(index.current().courses),
            "sections": sum(map(len, index.current().sections.values())),
            "seed": seed,
            "load": [round(load, 1) for load in os.getloadavg()],
            "cold": cold,
            "warm": warm,
            "queries_ms": _queries(index, seed, each),
            "visible_s": _visible(units, index),
        }
        units.close()
    return figures


def _made(folder: Path, size: Size, seed: int) -> UnitOfWork:
    units = UnitOfWork.at(f"sqlite:///{folder}/scale.db")
    prepare(units)
    with units.write() as work:
        generate(work, seed, size)
    return units


def _cold(units: UnitOfWork, encoder: Path, folder: Path) -> dict[str, float]:
    """The very first start: words serve at once, every vector is still to be computed."""
    started = time.perf_counter()
    meanings = Meanings(encoder, folder / "search")
    index = CatalogueIndex(units, meanings)
    index.current()
    words = time.perf_counter() - started
    meanings.wait(_PATIENCE_SECONDS)
    vectors = time.perf_counter() - started
    while not list((folder / "search").glob("*.safetensors")):
        time.sleep(0.1)
    meanings.close()
    return {"words_s": round(words, 2), "vectors_s": round(vectors, 1)}


def _ready_in_fresh_process(encoder: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", __name__, "--ready", str(folder), str(encoder)]
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    whole = time.perf_counter() - started
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**told, "process_s": round(whole, 2)}


def ready(folder: Path, encoder: Path) -> dict[str, float]:
    """From nothing to a first answer with words and meaning, vectors kept from before."""
    started = time.perf_counter()
    units = UnitOfWork.at(f"sqlite:///{folder}/scale.db")
    meanings = Meanings(encoder, folder / "search")
    index = CatalogueIndex(units, meanings)
    index.current()
    meanings.wait(_PATIENCE_SECONDS)
    assert search(index, CourseQuery(text="deep learning")).total
    seconds = time.perf_counter() - started
    units.close()
    return {"ready_s": round(seconds, 2), "own_time_s": round(time.process_time(), 2)}


def _queries(index: CatalogueIndex, seed: int, each: int) -> dict[str, Any]:
    """By the clock, and by this thread's own time: what a machine with a free core would take."""
    times: dict[str, list[float]] = defaultdict(list)
    own: list[float] = []
    for _, call in calls(index, seed + 1, 3):
        call()  # what is built at the first use
    for name, call in calls(index, seed, each):
        started, worked = time.perf_counter(), time.thread_time()
        call()
        own.append(1000 * (time.thread_time() - worked))
        times[name].append(1000 * (time.perf_counter() - started))
    everything = [spent for spents in times.values() for spent in spents]
    found = {
        "n": len(everything),
        "all": _percentiles(everything),
        "all, own time": _percentiles(own),
    }
    return {**found, **{name: _percentiles(spents) for name, spents in sorted(times.items())}}


def _percentiles(values: list[float]) -> dict[str, float]:
    points = zip(("p50", "p95", "max"), np.percentile(values, [50, 95, 100]), strict=True)
    return {name: round(float(value), 1) for name, value in points}


def _visible(units: UnitOfWork, index: CatalogueIndex) -> dict[str, Any]:
    """From the commit of an admin's change to the answer that shows it."""
    sections = [held[0] for held in index.current().sections.values() if held][:2000:100]
    capacities = []
    for number, section in enumerate(sections):
        with units.write() as work:
            Administration(work, _TODAY, "bench").set_capacity(section.class_id, 500 + number)
        started = time.perf_counter()
        hit = search(index, CourseQuery(codes=(str(section.code),), limit=1)).hits[0]
        held = next(s for s in hit.sections if s.class_id == section.class_id)
        assert held.capacity == 500 + number
        capacities.append(time.perf_counter() - started)
    words, meaning = _retitled(units, index, sections[0].course_id)
    return {
        "capacity_max": round(max(capacities), 3),
        "title_by_words": round(words, 3),
        "title_by_meaning": round(meaning, 3),
    }


def _retitled(units: UnitOfWork, index: CatalogueIndex, course_id: int) -> tuple[float, float]:
    with units.write() as work:
        row = work.session.get_one(orm.CourseRow, course_id)
        row.title = "Beekeeping and Apiculture"
        work.audit.note("bench", "edit", "courses", str(course_id), None, {"title": row.title})
    started = time.perf_counter()
    found = search(index, CourseQuery(text="apiculture", limit=500)).hits
    assert course_id in [hit.course.course_id for hit in found]
    words = time.perf_counter() - started
    assert index.meanings is not None
    index.meanings.wait(_PATIENCE_SECONDS)
    found = search(index, CourseQuery(text="keeping bees for honey", limit=500)).hits
    assert course_id in [hit.course.course_id for hit in found]
    return words, time.perf_counter() - started


def main(argv: list[str] | None = None) -> int:
    """The fresh process: one JSON line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ready", nargs=2, type=Path, required=True)
    args = parser.parse_args(argv)
    sys.stdout.write(json.dumps(ready(*args.ready)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
