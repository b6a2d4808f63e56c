"""Measures a model on a split: `python -m nlu.evaluate --split dev|test [--json]`.

Targets are reported on hand-written items of authors whom the model never read.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from nlu.data.items import Item
from nlu.data.reading import HAND, read_folder
from nlu.data.splits import split_items
from nlu.engine import Engine
from nlu.metrics import Scores


def measure(engine: Engine, items: Sequence[Item]) -> Scores:
    """Scores of an engine over labelled items."""
    scores = Scores()
    for item in items:
        parse = engine.parse(item.text)
        found = {
            (e.start, e.end, f"{e.slot}:{e.role}" if e.role else e.slot) for e in parse.entities
        }
        gold = {(span.start, span.end, span.label) for span in item.spans}
        scores.add(item.intent, *parse.intent, gold, found)
    return scores


def main(argv: list[str] | None = None) -> int:
    """Print the figures; one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m nlu.evaluate", description=__doc__)
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    parser.add_argument("--weights", type=Path, default=Path("nlu/weights"))
    parser.add_argument("--encoder", default=None)
    parser.add_argument("--json", action="store_true", help="the JSON line alone")
    args = parser.parse_args(argv)
    from nlu.pack import pack_joint  # torch is needed for packing alone

    items = getattr(split_items(read_folder(HAND)), args.split)
    with tempfile.TemporaryDirectory() as folder:
        pack_joint(args.weights, args.encoder, Path(folder))
        scores = measure(Engine.load(Path(folder)), items)
    if not args.json:
        for name, value in {**scores.by_intent(), **scores.by_slot()}.items():
            print(f"{name:20} {value:.3f}")
    authors = sorted({item.author for item in items})
    print(json.dumps({"split": args.split, "authors": authors, **scores.summary()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
