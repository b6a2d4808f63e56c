"""Measures served weights: `python -m nlu.evaluate --split dev|test [--json]`.

Targets are reported on hand-written utterances and dialogues of authors whom the model never read;
`--memory off` answers each turn of a dialogue as if nothing had been said before.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from nlu.data.dialogue_files import Dialogue
from nlu.data.items import Item
from nlu.encoders.location import DEFAULT, kind_of
from nlu.evaluation.metrics import Scores
from nlu.serving.engine import Engine, Parse, Said
from nlu.training.own import OwnData


def measure(engine: Engine, items: Sequence[Item]) -> Scores:
    """Scores of an engine over labelled utterances."""
    scores = Scores()
    for item, parse in zip(items, engine.parse_all([i.text for i in items]), strict=True):
        _add(scores, item, parse)
    return scores


def measure_dialogues(
    engine: Engine, dialogues: Sequence[Dialogue], *, remembers: bool = True
) -> tuple[Scores, Scores]:
    """Scores over the users' first and later turns."""
    first, later = Scores(), Scores()
    for dialogue in dialogues:
        past: list[Said] = []
        for turn in dialogue.turns:
            if isinstance(turn, Item):
                scores = later if past else first
                _add(scores, turn, engine.parse(turn.text, past if remembers else ()))
            text, of_user = (turn.text, True) if isinstance(turn, Item) else (turn, False)
            past.append(Said(text, of_user))
    return first, later


def _add(scores: Scores, item: Item, parse: Parse) -> None:
    found = {(e.start, e.end, e.label) for e in parse.entities}
    gold = {(span.start, span.end, span.label) for span in item.spans}
    scores.add(item.intent, *parse.intent, gold, found)


def main(argv: list[str] | None = None) -> int:
    """Print the figures; one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m nlu.evaluate", description=__doc__)
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    parser.add_argument("--weights", type=Path, default=Path("nlu/weights"))
    parser.add_argument("--encoder", default=DEFAULT)
    parser.add_argument("--memory", choices=["on", "off"], default="on")
    parser.add_argument("--json", action="store_true", help="the JSON line alone")
    args = parser.parse_args(argv)
    from nlu.serving.pack import pack_joint  # torch is needed for packing alone

    data = OwnData.read()
    items = getattr(data.items, args.split)
    dialogues = getattr(data, f"{args.split}_dialogues")
    with tempfile.TemporaryDirectory() as folder:
        pack_joint(args.weights / kind_of(args.encoder), args.encoder, Path(folder))
        engine = Engine.load(Path(folder))
        scores = measure(engine, items)
        first, later = measure_dialogues(engine, dialogues, remembers=args.memory == "on")
    if not args.json:
        for name, value in {**scores.by_intent(), **scores.by_slot()}.items():
            print(f"{name:20} {value:.3f}")
    authors = sorted({item.author for item in items})
    figures = {"split": args.split, "authors": authors, **scores.summary()}
    figures["dialogues"] = {
        "authors": sorted({dialogue.author for dialogue in dialogues}),
        "dialogues": len(dialogues),
        "first_turns": first.summary(),
        "later_turns": later.summary(),
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
