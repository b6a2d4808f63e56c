"""How the real NLU errs on its dev part: `python -m bot.policy.simulator.ears.errors_of_nlu`.

Writes `errors_of_nlu.json`, from which the noisy ear draws: which intents are taken for which (mean
probability given to each wrong one), how sure the model is when right and when wrong (quantiles),
and which kinds of error spans have.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from nlu.data.items import Item
from nlu.encoders.location import DEFAULT, kind_of
from nlu.schema import INTENTS
from nlu.serving.engine import Engine, Parse
from nlu.training.own import OwnData

FILE = Path(__file__).with_suffix(".json")
_QUANTILES = np.linspace(0, 1, 41)


@dataclass
class Errors:
    """Counts over utterances."""

    intents: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sure: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    kinds: Counter[str] = field(default_factory=Counter)
    utterances: int = 0

    def add(self, item: Item, parse: Parse) -> None:
        """One labelled utterance and what the model made of it."""
        self.utterances += 1
        for name, probability in parse.ranking:
            if name != item.intent:
                self.intents[item.intent][name] += probability  # type: ignore[assignment]
        guess, probability = parse.intent
        self.sure["right" if guess == item.intent else "wrong"].append(probability)
        self.kinds["intent"] += guess != item.intent
        self._add_spans(item, parse)

    def _add_spans(self, item: Item, parse: Parse) -> None:
        gold = {(span.start, span.end): span.label for span in item.spans}
        for entity in parse.entities:
            right = gold.get((entity.start, entity.end)) == entity.label
            self.sure["span_right" if right else "span_wrong"].append(entity.confidence)
        found = {(e.start, e.end): e.label for e in parse.entities}
        for (start, end), label in gold.items():
            if found.get((start, end)) == label:
                continue
            near = [label for (s, e), label in found.items() if s < end and e > start]
            kind = "lost" if not near else "extent" if label in near else "label"
            self.kinds[kind] += 1

    def as_json(self) -> dict[str, Any]:
        """Shares and quantiles, rounded."""
        return {
            "utterances": self.utterances,
            "kinds": dict(self.kinds),
            "confidence": {name: _quantiles(values) for name, values in sorted(self.sure.items())},
            "intents": {name: _shares(self.intents[name]) for name in INTENTS},
        }


def _quantiles(values: Iterable[float]) -> list[float]:
    return [round(float(value), 5) for value in np.quantile(list(values), _QUANTILES)]


def _shares(counted: Counter[str]) -> dict[str, float]:
    total = sum(counted.values()) or 1
    return {name: round(count / total, 4) for name, count in counted.most_common(6)}


def main() -> int:
    """Measure the committed weights as they are served, on the dev part alone."""
    from nlu.serving.pack import pack_joint  # torch is needed for packing alone

    errors = Errors()
    with tempfile.TemporaryDirectory() as folder:
        pack_joint(Path("nlu/weights") / kind_of(DEFAULT), DEFAULT, Path(folder))
        engine = Engine.load(Path(folder))
        doubt = json.loads((Path(folder) / "engine.json").read_text())["doubt"]
        for item in OwnData.read().items.dev:
            errors.add(item, engine.parse(item.text))
    FILE.write_text(json.dumps({**errors.as_json(), "doubt": doubt}, indent=1) + "\n")
    print(f"{errors.utterances} utterances: {dict(errors.kinds)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
