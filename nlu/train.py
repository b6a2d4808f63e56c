"""Trains Quad's joint model: `python -m nlu.train --device auto --seed 0 --out nlu/weights`.

Hand-written utterances and dialogues of the training authors plus generated items; early stopping
and the temperature on the dev part; test figures are printed and never looked at for choices. A
training that was killed goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from nlu.batches import coder_of
from nlu.data.dialogue_files import conversation_of
from nlu.encoders.location import DEFAULT, kind_of
from nlu.evaluation.calibration import draw_reliability
from nlu.evaluation.measuring import calibrate, measured
from nlu.evaluation.near_domain import drawn_line, turned_away
from nlu.model import JointConfig, JointModel, device_of
from nlu.saving import load, save, write_config
from nlu.schema import QUAD
from nlu.training.card import write_card
from nlu.training.joint_task import JointTask
from nlu.training.loop import FitConfig, fit
from nlu.training.own import OwnData, OwnTraining, Sources, singles
from nlu.training.plan import Training

# Chosen on dev: a pretrained encoder learns less and sooner than one that begins with nothing.
_EPOCHS, _EPOCHS_FROM_NOTHING = 6, 12
_ENCODER_RATE = 2e-4
_LABEL_SMOOTHING = 0.02  # more would keep easy utterances from being as sure as they are right


def run(training: Training, data: OwnData, device: torch.device, out: Path) -> dict[str, Any]:
    """One whole training with its figures; weights, curve, card and metrics go to `out`."""
    torch.manual_seed(training.fit.seed)
    joint, coder = training.joint, coder_of(training.joint.encoder)
    model = JointModel(joint, QUAD).to(device)
    reading = OwnTraining(data, training.sources, training.fit.seed)
    best = fit(model, JointTask(coder, reading, data.dev, training.fit.batch), training.fit, out)
    save(model, out)
    model = load(out).to(device)  # as it was written: everything below is of that
    calibrate(model, coder, data.dev)
    doubt = drawn_line(model, coder, singles(data.items.train), data.dev)
    model.config = replace(model.config, doubt=doubt.line)
    write_config(model, out)
    parts = {
        "dev": data.dev,
        "test": singles(data.items.test),
        "test_dialogues": [conversation_of(dialogue) for dialogue in data.test_dialogues],
    }
    found = {name: measured(model, coder, part) for name, part in parts.items() if part}
    figures = {
        "seed": training.fit.seed,
        "device": str(device),
        "epoch": best["epoch"],
        "temperature": model.config.temperature,
        "temperature_later": model.config.temperature_later,
        "train_items": len(data.items.train),
        "train_dialogues": len(data.train_dialogues),
        **{name: scores.summary() for name, scores in found.items()},
        "out_of_scope": {
            "dev_auroc": doubt.aurocs,
            "line": doubt.line,
            **{
                name: turned_away(model, coder, part, doubt.line)
                for name, part in parts.items()
                if part
            },
        },
    }
    (out / "metrics.json").write_text(json.dumps(figures, indent=1) + "\n")
    write_card(out, training, figures, found["test"])
    draw_reliability(found["test"].confidences, out / "reliability.png", "held-out author")
    return figures


def main(argv: list[str] | None = None) -> int:
    """Train and print one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description=__doc__)
    parser.add_argument("--device", default="auto")
    parser.add_argument(
        "--encoder", default=DEFAULT, help="transformer's name or folder, bilstm, cnn"
    )
    parser.add_argument("--out", type=Path, default=Path("nlu/weights"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="6 for a pretrained encoder, 12 for others")
    parser.add_argument("--accumulate", type=int, default=1, help="batches summed into one step")
    parser.add_argument("--rate", type=float, default=FitConfig.rate)
    parser.add_argument("--encoder-rate", type=float, help="2e-4 for a pretrained encoder")
    parser.add_argument("--label-smoothing", type=float, default=_LABEL_SMOOTHING)
    parser.add_argument("--no-crf", action="store_true", help="ablation: each tag by itself")
    parser.add_argument("--no-memory", action="store_true", help="ablation: every turn by itself")
    parser.add_argument("--only", choices=["intent", "slots"], help="ablation: one head alone")
    parser.add_argument("--generated", type=int, default=Sources.generated)
    parser.add_argument("--no-hand", action="store_true", help="ablation: generated items alone")
    parser.add_argument("--no-dialogues", action="store_true")
    parser.add_argument("--small-talk", type=Path, help="the folder of CLINC150, for its talk")
    args = parser.parse_args(argv)
    pretrained = kind_of(args.encoder) == "transformer"
    training = Training(
        FitConfig(
            seed=args.seed, accumulate=args.accumulate, rate=args.rate,
            epochs=args.epochs or (_EPOCHS if pretrained else _EPOCHS_FROM_NOTHING),
            encoder_rate=args.encoder_rate or (_ENCODER_RATE if pretrained else args.rate),
        ),
        JointConfig(
            encoder=args.encoder,
            crf=not args.no_crf,
            memory=not args.no_memory,
            label_smoothing=args.label_smoothing,
            intent_weight=float(args.only != "slots"),
            slot_weight=float(args.only != "intent"),
        ),
        Sources(
            generated=args.generated, hand=not args.no_hand,
            varied_copies=0 if args.no_hand else 1, dialogues=not args.no_dialogues,
            small_talk=args.small_talk,
        ),
    )  # fmt: skip
    out = args.out / kind_of(args.encoder)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    print(json.dumps(run(training, OwnData.read(), device_of(args.device), out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
