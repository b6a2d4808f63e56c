"""Packs committed weights for serving: merges, exports to ONNX, copies the tokenizer.

The only place where serving meets torch; it runs once, when `make run` builds the model.
"""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from nlu.batches import coder_of
from nlu.data.generator import generate
from nlu.encoders.location import DEFAULT, coder_folder, folder_of
from nlu.encoders.pooling import mean_pool
from nlu.encoders.transformer import TransformerEncoder
from nlu.evaluation.predicting import chain_of
from nlu.model import JointModel, Remembered
from nlu.saving import load
from nlu.serving.compact import compact
from nlu.serving.engine import CALIBRATION, MODEL
from nlu.serving.smoothing import Feed
from nlu.turns import REMEMBERED, turn_of

_AXES = {0: "batch", 1: "length"}
_SAMPLES = 300


def pack_joint(weights: Path, encoder: str | None, out: Path, *, exact: bool = False) -> None:
    """Write the joint model's serving files into `out`; `exact` keeps torch's very numbers."""
    model = load(weights, encoder)
    pack_model(model, out)
    if isinstance(model.encoder, TransformerEncoder) and not exact:
        shape = model.encoder.model.config
        feeds = list(_sampled(model))
        compact(out / MODEL, shape.num_attention_heads, shape.hidden_size, feeds)
    shutil.copy(coder_folder(model.config.encoder) / "tokenizer.json", out / "tokenizer.json")


@torch.no_grad()
def _sampled(model: JointModel) -> Iterator[Feed]:
    """Inputs such as will be served: generated utterances, each after the one before it."""
    coder = coder_of(model.config.encoder)
    last = torch.zeros(1, int(model.encoder.width))  # type: ignore[arg-type]
    marks = np.eye(1, REMEMBERED, dtype=np.int64)  # the latest utterance alone
    for item in generate(_SAMPLES, seed=0):
        pieces = np.array([coder.encode(turn_of(item)).pieces])
        feed = {"pieces": pieces, "mask": np.ones_like(pieces)}
        if model.config.memory:
            bank = np.zeros((1, REMEMBERED, last.shape[1]), dtype=np.float32)
            bank[:, 0] = last.numpy()
            feed |= {"bank": bank, "present": marks, "of_user": marks}
        yield feed
        last = model.encode(*(torch.from_numpy(feed[name]) for name in ("pieces", "mask")))[1]


def pack_model(model: JointModel, out: Path) -> None:
    """Export a loaded model, its transitions and its calibration."""
    example = torch.ones(2, 7, dtype=torch.long)
    inputs = {"pieces": example, "mask": example}
    outputs = ["intents", "tags", "pooled"]
    if model.config.memory:
        width: int = model.encoder.width  # type: ignore[assignment]
        marks = torch.ones(2, REMEMBERED, dtype=torch.long)
        bank = torch.zeros(2, REMEMBERED, width)
        inputs |= {"bank": bank, "present": marks, "of_user": marks.clone()}
        outputs.append("attention")
    _export(_Served(model), out / MODEL, inputs, outputs)
    chain = chain_of(model)
    calibration = {
        "doubt": model.config.doubt,
        "encoder": model.config.encoder,
        "starts": chain.starts.tolist(),
        "steps": chain.steps.tolist(),
    }
    (out / CALIBRATION).write_text(json.dumps(calibration))


class _Served(nn.Module):
    """The joint model with memories given as vectors, which the engine keeps between turns."""

    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, mask: Tensor, *past: Tensor) -> tuple[Tensor, ...]:
        states, pooled = self.model.encode(pieces, mask)
        output = self.model.decide(states, pooled, Remembered(*past) if past else None)
        found = (output.intents, output.tags, pooled)
        return found if output.attention is None else (*found, output.attention)


class _SentenceModel(nn.Module):
    """The pretrained encoder as it came, mean-pooled and normalised."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        self.encoder = TransformerEncoder(encoder, dropout=0.0)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        pooled = mean_pool(self.encoder(pieces, mask), mask)
        return nn.functional.normalize(pooled, dim=-1)


def pack_sentences(encoder: str, out: Path) -> None:
    """Write the sentence encoder's serving files into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    example = torch.ones(2, 7, dtype=torch.long)
    inputs = {"pieces": example, "mask": example}
    _export(_SentenceModel(encoder).eval(), out / MODEL, inputs, ["sentence"])
    shutil.copy(folder_of(encoder) / "tokenizer.json", out / "tokenizer.json")


def _export(model: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: list[str]) -> None:
    axes = {name: _AXES for name in (*inputs, *outputs) if name in ("pieces", "mask", "tags")}
    axes |= {name: {0: "batch"} for name in (*inputs, *outputs) if name not in axes}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about itself
        torch.onnx.export(
            model.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            dynamo=False,
        )


def main() -> int:
    """`python -m nlu.serving.pack FOLDER`: the sentence encoder, for search and lectures."""
    pack_sentences(DEFAULT, Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
