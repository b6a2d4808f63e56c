"""Our model on a published set: `python -m nlu.benchmark atis --data DIR --seeds 3 --json`.

Trains with each seed, chooses on the dev part and reports the test part where DIR holds it, else
dev. The last line is one JSON object: each figure's mean and spread over the seeds, and every
seed's own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from nlu.benchmarks.dialogue import run_dialogues
from nlu.benchmarks.recipes import SETS, recipe_of
from nlu.benchmarks.sequence import BenchmarkData
from nlu.benchmarks.single import run_single
from nlu.encoders.location import DEFAULT
from nlu.model import device_of

_DIALOGUES = ("sim-m", "woz2")


def run(name: str, data: Path, encoder: str, seed: int, epochs: int | None, device: str) -> Any:
    """The figures of one seed."""
    started = time.monotonic()
    recipe = recipe_of(name, encoder, seed, epochs)
    runner = run_dialogues if name in _DIALOGUES else run_single
    figures = runner(name, data, recipe, device_of(device))
    return {"seed": seed, **figures, "seconds": time.monotonic() - started}


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Mean and spread (standard deviation) of every figure that is a number, nested ones too."""
    found: dict[str, Any] = {}
    for name, value in rows[0].items():
        values = [row[name] for row in rows]
        if isinstance(value, dict):
            found[name] = summary(values)
        elif isinstance(value, float):
            spread = statistics.stdev(values) if len(values) > 1 else 0.0
            found[name] = {"mean": round(statistics.mean(values), 5), "std": round(spread, 5)}
        elif name != "seed":
            found[name] = value
    return found


def main(argv: list[str] | None = None) -> int:
    """Train and measure; one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m nlu.benchmark", description=__doc__)
    parser.add_argument("set", choices=SETS)
    parser.add_argument(
        "--data", type=Path, required=True, help="the set's folder, or one above it"
    )
    parser.add_argument("--encoder", default=DEFAULT, help="name or folder, or bilstm, cnn")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="instead of the recipe's")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--json", action="store_true", help="the JSON line alone")
    args = parser.parse_args(argv)
    try:
        rows = [
            run(args.set, args.data, args.encoder, seed, args.epochs, args.device)
            for seed in range(args.first_seed, args.first_seed + args.seeds)
        ]
    except BenchmarkData as error:
        parser.exit(2, f"{error}\n")
    found = {"set": args.set, "encoder": args.encoder, "seeds": len(rows), **summary(rows)}
    print(json.dumps({**found, "runs": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
