"""`stress` and `bench-enrollment`: figures of the enrollment service on scratch databases."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.bench.stress import Stress
from knowledge.bench.throughput import Bench
from knowledge.errors import QuadError
from knowledge.settings import Settings

MEASURING = frozenset({"stress", "bench-enrollment"})


@dataclass(eq=False)
class Violated(QuadError):
    """The stress test has found something wrong; the lines before tell what."""

    problem = "invariants-violated"
    count: int


def measure(args: argparse.Namespace, settings: Settings) -> Iterator[str]:
    """The lines of a measurement; raise Violated when something was wrong."""
    url = args.database or settings.database_url
    if args.group == "stress":
        yield from _stress(args, url)
    else:
        yield from _bench(args, url)


def _stress(args: argparse.Namespace, url: str) -> Iterator[str]:
    processes = min(args.processes, args.clients)
    outcome = Stress(url, args.operations, args.clients, args.seed, processes).run()
    yield _line(outcome.data(), args.json)
    if outcome.violations:
        raise Violated(len(outcome.violations))


def _bench(args: argparse.Namespace, url: str) -> Iterator[str]:
    bench = Bench(url, args.clients, args.seconds)
    yield _line(bench.threads().data(), args.json)
    for workers in (1, 2):
        yield _line(bench.http(workers).data(), args.json)
    yield _line(bench.processes().data(), args.json)


def _line(facts: dict[str, Any], as_json: bool) -> str:
    if as_json:
        return json.dumps(facts)
    return "  ".join(f"{name}: {value}" for name, value in facts.items())


def add_parsers(groups: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """stress; bench-enrollment."""
    stress = groups.add_parser("stress", help="random acts of many clients; nothing may be wrong")
    _common(stress)
    stress.add_argument("--operations", type=int, default=10_000)
    stress.add_argument("--processes", type=int, default=4, help="the clients' homes")
    stress.add_argument("--seed", type=int, default=0)
    bench = groups.add_parser("bench-enrollment", help="enrollments a second")
    _common(bench)
    bench.add_argument("--seconds", type=float, default=20.0)


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--clients", type=int, default=16)
    command.add_argument(
        "--database", metavar="URL", help="a scratch database is made beside it, and dropped"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command="run")
