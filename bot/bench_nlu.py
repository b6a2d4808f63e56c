"""Our NLU against stock Rasa DIET: same split, same machine, one run (`make bench-nlu`).

Both train on the hand-written training utterances alone, one after the other, and parse the
held-out ones in processes of their own. Quality, training time, latency and memory, side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from nlu.data.items import Item
from nlu.data.reading import to_markup
from nlu.evaluation.metrics import Scores
from nlu.training.own import OwnData

_DIET = Path("deploy/diet/run.py")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}


def scored(items: Sequence[Item], parses: list[dict[str, Any]]) -> Scores:
    """Both models' parses by the same measure."""
    scores = Scores()
    for item, parse in zip(items, parses, strict=True):
        found = {(start, end, label) for start, end, label in parse["entities"]}
        gold = {(span.start, span.end, span.label) for span in item.spans}
        scores.add(item.intent, parse["intent"] or "", parse["confidence"], gold, found)
    return scores


def write_training(items: Sequence[Item], path: Path) -> None:
    """Rasa's NLU YAML."""
    by_intent: dict[str, list[str]] = {}
    for item in items:
        by_intent.setdefault(item.intent, []).append(f"- {to_markup(item)}")
    blocks = [{"intent": i, "examples": "\n".join(lines) + "\n"} for i, lines in by_intent.items()]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True))


def run(
    data: OwnData, split: str, diet: Path, epochs: tuple[int, int], seed: int
) -> dict[str, Any]:
    """Train and measure both; `epochs`: of DIET and of ours."""
    items = getattr(data.items, split)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = folder / "texts.json"
        texts.write_text(json.dumps([item.text for item in items]))
        write_training(data.items.train, folder / "train.yml")
        out = folder / "diet.json"
        trained = _told([diet, _DIET, "train", folder / "train.yml", folder / "diet", epochs[0]])
        figures = {**_told([diet, _DIET, "parse", folder / "diet", texts, out]), **trained}
        found = {"diet": _row(items, out, figures, epochs[0])}
        started = time.monotonic()
        ours = [sys.executable, "-m", "nlu.train", "--out", folder, "--seed", seed]
        _told([*ours, "--epochs", epochs[1], "--generated", 0, "--no-dialogues"])
        seconds = time.monotonic() - started
        out = folder / "ours.json"
        measure = [sys.executable, "-m", "nlu.serving.measure", folder / "transformer", texts, out]
        figures = {**_told(measure), "train_seconds": seconds}
        found["ours"] = _row(items, out, figures, epochs[1])
    return {"split": split, "n": len(items), "train": len(data.items.train), **found}


def _row(
    items: Sequence[Item], out: Path, figures: dict[str, float], epochs: int
) -> dict[str, Any]:
    summary = scored(items, json.loads(out.read_text())).summary()
    return {"epochs": epochs, **summary, **figures}


def _told(command: Sequence[object]) -> dict[str, Any]:
    """Run a process; its last line is JSON."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [str(part) for part in command],
        env={**os.environ, **_ONE_THREAD},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main(argv: list[str] | None = None) -> int:
    """Print a table; one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m bot.bench_nlu", description=__doc__)
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--diet-python", type=Path, default=Path("var/diet/bin/python"))
    parser.add_argument("--diet-epochs", type=int, default=30)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    epochs = (args.diet_epochs, args.epochs)
    found = run(OwnData.read(), args.split, args.diet_python, epochs, args.seed)
    for name in found["ours"]:
        print(f"{name:18} DIET {found['diet'][name]:10.3f}   ours {found['ours'][name]:10.3f}")
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
