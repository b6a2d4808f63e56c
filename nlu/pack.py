"""Packs committed weights for serving: merges, exports to ONNX, copies the tokenizer.

The only place where serving meets torch; it runs once, when `make run` builds the model.
"""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from nlu.compact import compact
from nlu.encoders.location import DEFAULT, folder_of
from nlu.encoders.transformer import TransformerEncoder, mean_pool
from nlu.engine import CALIBRATION, MODEL
from nlu.model import JointModel, load

_AXES = {0: "batch", 1: "length"}


def pack_joint(weights: Path, encoder: str | None, out: Path, *, exact: bool = False) -> None:
    """Write the joint model's serving files into `out`; `exact` keeps torch's very numbers."""
    model = load(weights, encoder)
    pack_model(model, out)
    if not exact:
        shape = model.encoder.model.config
        compact(out / MODEL, shape.num_attention_heads, shape.hidden_size)
    shutil.copy(folder_of(model.config.encoder) / "tokenizer.json", out / "tokenizer.json")


def pack_model(model: JointModel, out: Path) -> None:
    """Export a loaded model and its calibration."""
    _export(model, out / MODEL, ["intents", "tags"])
    calibration = {"temperature": model.config.temperature, "encoder": model.config.encoder}
    (out / CALIBRATION).write_text(json.dumps(calibration))


class _SentenceModel(nn.Module):
    """The pretrained encoder as it came, mean-pooled and normalised."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        self.encoder = TransformerEncoder(encoder, rank=0, dropout=0.0)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        pooled = mean_pool(self.encoder(pieces, mask), mask)
        return nn.functional.normalize(pooled, dim=-1)


def pack_sentences(encoder: str, out: Path) -> None:
    """Write the sentence encoder's serving files into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    _export(_SentenceModel(encoder).eval(), out / MODEL, ["sentence"])
    shutil.copy(folder_of(encoder) / "tokenizer.json", out / "tokenizer.json")


def _export(model: nn.Module, path: Path, outputs: list[str]) -> None:
    example = torch.ones(2, 7, dtype=torch.long)
    axes = {"pieces": _AXES, "mask": _AXES, **{name: _AXES for name in outputs if name == "tags"}}
    axes |= {name: {0: "batch"} for name in outputs if name != "tags"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about itself
        torch.onnx.export(
            model,
            (example, example),
            str(path),
            input_names=["pieces", "mask"],
            output_names=outputs,
            dynamic_axes=axes,
            dynamo=False,
        )


def main() -> int:
    """`python -m nlu.pack FOLDER`: the sentence encoder, for search and lecture questions."""
    pack_sentences(DEFAULT, Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
