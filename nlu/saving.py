"""A trained model on disk: float16 weights of what was trained, hyperparameters and labels."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from nlu.encoders.lowrank import merge_low_rank
from nlu.labels import Labels
from nlu.model import JointConfig, JointModel

WEIGHTS, CONFIG = "joint.safetensors", "joint.json"


def trained_state(model: JointModel) -> dict[str, Tensor]:
    """What training changed, not the pretrained rest."""
    trained = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    return {name: tensor for name, tensor in model.state_dict().items() if name in trained}


def save(model: JointModel, config: JointConfig, folder: Path) -> None:
    """Write weights, hyperparameters and labels."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.detach().cpu().half().contiguous() for k, v in trained_state(model).items()}
    save_file(state, folder / WEIGHTS)
    saved = {**asdict(config), "labels": asdict(model.labels)}
    (folder / CONFIG).write_text(json.dumps(saved, indent=1) + "\n")


def load_config(folder: Path) -> tuple[JointConfig, Labels]:
    """The hyperparameters and labels beside the weights."""
    saved = json.loads((folder / CONFIG).read_text())
    labels = saved.pop("labels")
    return JointConfig(**saved), Labels(tuple(labels["intents"]), tuple(labels["tags"]))


def load(folder: Path, encoder: str | None = None) -> JointModel:
    """The trained model in evaluation mode, low-rank updates merged.

    `encoder` names another copy of the same base. ValueError: weights of another model.
    """
    config, labels = load_config(folder)
    model = JointModel(replace(config, encoder=encoder or config.encoder), labels)
    state = {name: tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
    found = model.load_state_dict(state, strict=False)
    lost = set(found.missing_keys) & set(trained_state(model))
    if found.unexpected_keys or lost:
        raise ValueError(f"weights of another model: {[*found.unexpected_keys, *lost][:3]}")
    merge_low_rank(model.encoder)
    return model.eval()
