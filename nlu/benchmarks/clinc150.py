"""CLINC150 (Larson et al. 2019): 150 intents and utterances that fit none of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.batches import Coder
from nlu.benchmarks.sequence import BenchmarkData
from nlu.evaluation.measuring import intent_scores
from nlu.evaluation.out_of_scope import (
    Distances,
    Views,
    auroc,
    best_score,
    strangeness,
    threshold,
)
from nlu.labels import Labels
from nlu.model import JointModel
from nlu.turns import Conversation, Turn
from nlu.words import split

STRANGE = "oos"
_REJECTED = 0.01  # of the in-scope utterances of the dev part


@dataclass(frozen=True)
class ClincParts:
    """In-scope utterances and strange ones by use."""

    train: list[Conversation]
    dev: list[Conversation]
    dev_strange: list[Conversation]
    test: list[Conversation]
    test_strange: list[Conversation]
    tested_on: str
    labels: Labels


def read_clinc(folder: Path) -> ClincParts:
    """From the JSON files of the folder; the test part where one of them holds it.

    Of the published variants (small, imbalanced, more out-of-scope items) the full one counts.
    """
    data: dict[str, Any] = {}
    for path in sorted(folder.glob("data_full*.json")) or sorted(folder.glob("*.json")):
        data |= json.loads(path.read_text(encoding="utf-8"))
    if missing := {"train", "val", "oos_train", "oos_val"} - set(data):
        raise BenchmarkData(f"{folder}: no {sorted(missing)}")
    tested_on = "test" if "test" in data and "oos_test" in data else "val"
    rows = {name: [_turn(text, intent) for text, intent in data[name]] for name in data}
    intents = sorted({intent for _, intent in data["train"]})
    return ClincParts(
        train=[*rows["train"], *rows["oos_train"]],
        dev=rows["val"],
        dev_strange=rows["oos_val"],
        test=rows[tested_on],
        test_strange=rows[f"oos_{tested_on}"],
        tested_on="dev" if tested_on == "val" else tested_on,
        labels=Labels((*intents, STRANGE), ("O",)),
    )


def _turn(text: str, intent: str) -> Conversation:
    return (Turn(tuple(word.text for word in split(text).words), None, intent),)


def clinc_figures(model: JointModel, coder: Coder, parts: ClincParts) -> dict[str, Any]:
    """Score and threshold from dev, figures on the test part."""
    _, gold, features, _ = intent_scores(model, coder, parts.train)
    strange_class = coder.labels.intent_index[STRANGE]
    proper = gold != strange_class
    distances = Distances(features[proper], gold[proper])

    def views(part: Sequence[Conversation]) -> tuple[Views, Any]:
        rows, gold, found, _ = intent_scores(model, coder, part)
        return Views(rows, found, strange_class), gold

    dev, dev_strange = (
        strangeness(views(part)[0], distances) for part in (parts.dev, parts.dev_strange)
    )
    score = best_score(dev, dev_strange)
    line = threshold(dev[score], _REJECTED)
    known, intents = views(parts.test)
    of_known = strangeness(known, distances)[score]
    of_strange = strangeness(views(parts.test_strange)[0], distances)[score]
    right = known.known.argmax(axis=1) == intents
    return {
        "score": score,
        "in_scope_accuracy": float(np.mean(right & (of_known <= line))),
        "in_scope_accuracy_without_rejection": float(np.mean(right)),
        "oos_recall": float(np.mean(of_strange > line)),
        "auroc": auroc(of_known, of_strange),
        "auroc_dev": {name: auroc(dev[name], dev_strange[name]) for name in dev},
    }
