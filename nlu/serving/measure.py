"""Parses texts one by one and measures it: `python -m nlu.serving.measure MODEL TEXTS OUT`.

MODEL is a packed folder or one of nlu.train's; TEXTS and OUT are JSON, a list of strings and of
parses. One JSON line last: median and 95th percentile of a parse in milliseconds, on one thread,
tokenisation and heads included, and the process's greatest size in megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlu.serving.engine import MODEL, Engine

_WARM = 20  # parses that are not counted


def measured(engine: Engine, texts: Sequence[str], rounds: int = 1) -> dict[str, float]:
    """Milliseconds of wall time an utterance, and megabytes."""
    for text in texts[:_WARM]:
        engine.parse(text)
    times = []
    for _ in range(rounds):
        for text in texts:
            started = time.perf_counter()
            engine.parse(text)
            times.append(1000 * (time.perf_counter() - started))
    return {
        "median_ms": float(np.median(times)),
        "p95_ms": float(np.percentile(times, 95)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def parsed(engine: Engine, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Parses as plain data."""
    return [
        {
            "intent": parse.intent[0],
            "confidence": parse.intent[1],
            "entities": [[e.start, e.end, e.label] for e in parse.entities],
        }
        for parse in map(engine.parse, texts)
    ]


def main(argv: list[str] | None = None) -> int:
    """Parse, write, measure."""
    parser = argparse.ArgumentParser(prog="python -m nlu.serving.measure", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args(argv)
    folder = args.model
    with tempfile.TemporaryDirectory() as temporary:
        if not (folder / MODEL).exists():
            folder = Path(temporary)
            _packed_elsewhere(args.model, folder)
        engine = Engine.load(folder)
        texts = json.loads(args.texts.read_text())
        figures = measured(engine, texts)
    args.out.write_text(json.dumps(parsed(engine, texts)))
    print(json.dumps(figures))
    return 0


def _packed_elsewhere(weights: Path, out: Path) -> None:
    """In a process of its own, so that packing's memory is not counted as serving's."""
    import subprocess

    code = (
        "import sys; from pathlib import Path; from nlu.serving.pack import pack_joint;"
        "pack_joint(Path(sys.argv[1]), None, Path(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", code, str(weights), str(out)], check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
