"""One seed of our model on a set of single utterances: ATIS, SNIPS or CLINC150."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from nlu.batches import Coder
from nlu.benchmarks.clinc150 import ClincParts, clinc_figures, read_clinc
from nlu.benchmarks.folders import folder_of
from nlu.benchmarks.recipes import Recipe
from nlu.benchmarks.sequence import Parts, read_sequences
from nlu.benchmarks.swapping import MentionSwaps
from nlu.encoders.location import coder_folder
from nlu.evaluation.measuring import calibrate, measured
from nlu.labels import Labels
from nlu.model import JointModel
from nlu.pieces import PieceMaker
from nlu.training.joint_task import JointTask
from nlu.training.loop import fit
from nlu.turns import Conversation


def run_single(name: str, data: Path, recipe: Recipe, device: torch.device) -> dict[str, Any]:
    """Train on `train`, choose on `dev`, report `test` where present, else dev."""
    folder = folder_of(name, data)
    if name == "clinc150":
        return _clinc(read_clinc(folder), recipe, device)
    return _joint(read_sequences(folder), recipe, device)


def _joint(parts: Parts, recipe: Recipe, device: torch.device) -> dict[str, Any]:
    model, coder = _trained(parts.train, parts.dev, parts.labels, recipe, device)
    return {
        "tested_on": parts.tested_on,
        **measured(model, coder, parts.test).summary(),
        "dev": measured(model, coder, parts.dev).summary(),
    }


def _clinc(parts: ClincParts, recipe: Recipe, device: torch.device) -> dict[str, Any]:
    model, coder = _trained(parts.train, parts.dev, parts.labels, recipe, device)
    figures = clinc_figures(model, coder, parts)
    ece = measured(model, coder, parts.test).summary()["ece"]
    return {"tested_on": parts.tested_on, **figures, "ece": ece}


def _trained(
    train: list[Conversation],
    dev: list[Conversation],
    labels: Labels,
    recipe: Recipe,
    device: torch.device,
) -> tuple[JointModel, Coder]:
    torch.manual_seed(recipe.fit.seed)
    coder = Coder(PieceMaker.load(coder_folder(recipe.joint.encoder)), labels)
    model = JointModel(recipe.joint, labels).to(device)
    swaps = MentionSwaps(train)

    def reading(epoch: int) -> list[Conversation]:
        return swaps.epoch(recipe.swapped, 1000 * recipe.fit.seed + epoch)

    fit(model, JointTask(coder, reading, dev, recipe.fit.batch), recipe.fit, None)
    calibrate(model, coder, dev)
    return model, coder
