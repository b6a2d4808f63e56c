"""Trains the joint model: `python -m nlu.train --device auto --seed 0 --out nlu/weights`.

Hand-written items of the training authors plus generated ones; early stopping on the dev families;
the temperature is fitted on dev; test figures are printed and never looked at for choices.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from nlu.averaging import AveragedWeights
from nlu.batches import Batch, collate, encode, shuffled
from nlu.data.generator import Vocabulary, generate
from nlu.data.items import Item
from nlu.data.reading import HAND, read_folder
from nlu.data.splits import SHORT, Splits, outlines, split_items
from nlu.data.variation import varied
from nlu.encoders.location import DEFAULT, folder_of
from nlu.model import JointConfig, JointModel, device_of, save, trained_state
from nlu.pieces import PieceMaker
from nlu.predicting import fit_temperature, predict


@dataclass(frozen=True)
class TrainConfig:
    """How to train; the model's own hyperparameters are in JointConfig."""

    seed: int = 0
    epochs: int = 12
    batch: int = 32
    rate: float = 1e-3  # low-rank updates bear a larger step than full fine-tuning
    warmup: float = 0.1
    weight_decay: float = 0.01
    generated: int = 2500  # items from templates, fresh in each epoch
    varied_copies: int = 1  # of each hand-written item, with other values in its spans
    patience: int = 5
    hand_only: bool = False


def training_items(splits: Splits, config: TrainConfig, epoch: int = 0) -> list[Item]:
    """What one epoch sees: hand-written items, these with other values, generated ones."""
    held_out = outlines((*splits.dev, *splits.test))
    if config.hand_only:
        return list(splits.train)
    seed = 1000 * config.seed + epoch
    fresh = [i for i in generate(config.generated, seed) if i.outline not in held_out]
    chance, vocabulary = random.Random(seed), Vocabulary.read()
    again = [varied(item, vocabulary, chance) for item in splits.train * config.varied_copies]
    return [*splits.train, *again, *fresh]


def train(
    model: JointModel, splits: Splits, maker: PieceMaker, config: TrainConfig, log: Path | None
) -> dict[str, Any]:
    """Train in place, ending with the best epoch's weights; returns the dev figures."""
    device = next(model.parameters()).device
    chance = random.Random(config.seed)
    seen = len(training_items(splits, config))
    steps = config.epochs * (1 + seen // config.batch)
    optimiser, schedule = _optimiser(model, config, steps)
    average = AveragedWeights(model)
    best: dict[str, Any] = {"score": -1.0}
    rows: list[dict[str, Any]] = []
    for epoch in range(config.epochs):
        started, losses = time.monotonic(), []
        items = [encode(item, maker) for item in training_items(splits, config, epoch)]
        model.train()
        for chunk in _progress(shuffled(items, config.batch, chance), epoch, len(items), config):
            losses.append(_step(model, collate(chunk).to(device), optimiser))
            schedule.step()
            average.update()
        with average.applied():
            scores = predict(model, splits.dev, maker).summary()
            state = {k: v.detach().cpu().clone() for k, v in trained_state(model).items()}
        row = {"epoch": epoch, "loss": float(np.mean(losses)), **scores}
        rows.append({**row, "seconds": time.monotonic() - started})
        print(json.dumps({k: round(v, 4) for k, v in rows[-1].items()}), flush=True)
        score = scores["intent_accuracy"] + scores["slot_f1"]
        if score > best["score"]:
            best = {"score": score, "epoch": epoch, "state": state, **scores}
        elif epoch - best["epoch"] >= config.patience:
            break
    model.load_state_dict(best.pop("state"), strict=False)
    if log is not None:
        _write_log(log, rows)
    return best


def _optimiser(model: JointModel, config: TrainConfig, steps: int) -> tuple[Any, Any]:
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(parameters, config.rate, weight_decay=config.weight_decay)
    warm = max(1, int(steps * config.warmup))

    def factor(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


def _step(model: JointModel, batch: Batch, optimiser: torch.optim.Optimizer) -> float:
    fast = batch.pieces.is_cuda
    context: Any = torch.autocast("cuda", torch.bfloat16) if fast else nullcontext()
    with context:
        loss = model.loss(batch.pieces, batch.mask, batch.intent, batch.tags)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def _progress(batches: Any, epoch: int, total: int, config: TrainConfig) -> Any:
    """Batches, with a line on standard error that a person can follow."""
    count = 1 + (total - 1) // config.batch
    for number, chunk in enumerate(batches, start=1):
        if sys.stderr.isatty() and number % 10 == 0:
            print(f"\repoch {epoch + 1}/{config.epochs} {number}/{count}", end="", file=sys.stderr)
        yield chunk


def _write_log(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _long(items: Sequence[Item]) -> list[Item]:
    """Items whose form cannot have been trained on (splits.outlines)."""
    return [item for item in items if len(item.outline.split()) > SHORT]


def run(config: TrainConfig, joint: JointConfig, device: torch.device, out: Path) -> dict[str, Any]:
    """One whole training with its figures; weights go to `out`."""
    random.seed(config.seed)
    torch.manual_seed(config.seed)
    splits = split_items(read_folder(HAND))
    maker = PieceMaker.load(folder_of(joint.encoder))
    model = JointModel(joint).to(device)
    best = train(model, splits, maker, config, out / "training.csv")
    temperature = fit_temperature(model, splits.dev, maker)
    model.config = replace(joint, temperature=temperature)
    save(model, replace(model.config, encoder=DEFAULT), out)
    dev, test, long = (
        predict(model, part, maker) for part in (splits.dev, splits.test, _long(splits.test))
    )
    figures = {
        "seed": config.seed,
        "device": str(device),
        "epoch": best["epoch"],
        "temperature": temperature,
        "train_items": len(splits.train),
        "dev": dev.summary(),
        "test": test.summary(),
        "test_above_two_words": long.summary(),
        "test_by_intent": test.by_intent(),
        "test_by_slot": test.by_slot(),
    }
    (out / "metrics.json").write_text(json.dumps(figures, indent=1) + "\n")
    return figures


def main(argv: list[str] | None = None) -> int:
    """Train and print one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description=__doc__)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--encoder", default=DEFAULT, help="name or folder of the base")
    parser.add_argument("--out", type=Path, default=Path("nlu/weights"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=TrainConfig.epochs)
    parser.add_argument("--generated", type=int, default=TrainConfig.generated)
    parser.add_argument("--rate", type=float, default=TrainConfig.rate)
    parser.add_argument("--rank", type=int, default=JointConfig.rank)
    parser.add_argument("--hand-only", action="store_true", help="ablation: no generated items")
    args = parser.parse_args(argv)
    config = TrainConfig(
        seed=args.seed,
        epochs=args.epochs,
        generated=args.generated,
        rate=args.rate,
        hand_only=args.hand_only,
    )
    joint = JointConfig(encoder=args.encoder, rank=args.rank)
    print(json.dumps(run(config, joint, device_of(args.device), args.out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
