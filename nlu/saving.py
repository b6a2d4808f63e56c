"""A trained model on disk: what was trained, hyperparameters and labels.

Of a pretrained encoder the changes are written in four bits a value; all else in float16.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from nlu.changes import packed, unpacked
from nlu.encoders.transformer import TransformerEncoder
from nlu.labels import Labels
from nlu.model import JointConfig, JointModel

WEIGHTS, CONFIG = "joint.safetensors", "joint.json"
_CHANGE, _SCALES = ".change", ".scales"


def trained_state(model: JointModel) -> dict[str, Tensor]:
    """What training changed, not the pretrained rest."""
    trained = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    return {name: tensor for name, tensor in model.state_dict().items() if name in trained}


def save(model: JointModel, folder: Path) -> None:
    """Write weights, hyperparameters and labels."""
    folder.mkdir(parents=True, exist_ok=True)
    origin = _pretrained(model)
    state: dict[str, Tensor] = {}
    for name, tensor in trained_state(model).items():
        value = tensor.detach().cpu()
        if name in origin and value.dim() > 1:
            nibbles, scales = packed(value - origin[name])
            state |= {name + _CHANGE: nibbles.contiguous(), name + _SCALES: scales}
        else:
            state[name] = value.half().contiguous()
    save_file(state, folder / WEIGHTS)
    write_config(model, folder)


def write_config(model: JointModel, folder: Path) -> None:
    """Hyperparameters and labels alone, beside weights that were written before."""
    saved = {**asdict(model.config), "labels": asdict(model.labels)}
    (folder / CONFIG).write_text(json.dumps(saved, indent=1) + "\n")


def load_config(folder: Path) -> tuple[JointConfig, Labels]:
    """The hyperparameters and labels beside the weights."""
    saved = json.loads((folder / CONFIG).read_text())
    labels = saved.pop("labels")
    return JointConfig(**saved), Labels(tuple(labels["intents"]), tuple(labels["tags"]))


def load(folder: Path, encoder: str | None = None) -> JointModel:
    """The trained model in evaluation mode; `encoder` names another copy of the same base.

    ValueError: weights of another model.
    """
    config, labels = load_config(folder)
    model = JointModel(replace(config, encoder=encoder or config.encoder), labels)
    state = _restored(load_file(folder / WEIGHTS), model.state_dict())
    found = model.load_state_dict(state, strict=False)
    lost = set(found.missing_keys) & set(trained_state(model))
    if found.unexpected_keys or lost:
        raise ValueError(f"weights of another model: {[*found.unexpected_keys, *lost][:3]}")
    return model.eval()


def _restored(written: dict[str, Tensor], origin: dict[str, Tensor]) -> dict[str, Tensor]:
    state: dict[str, Tensor] = {}
    for key, value in written.items():
        name = key.removesuffix(_CHANGE)
        if name != key:
            if name not in origin:
                raise ValueError(f"weights of another model: {name}")
            base = origin[name]
            state[name] = base + unpacked(value, written[name + _SCALES], base.shape)
        elif not key.endswith(_SCALES):
            state[key] = value.float()
    return state


def _pretrained(model: JointModel) -> dict[str, Tensor]:
    """The encoder's weights before any training; none for those that are not pretrained."""
    if not isinstance(model.encoder, TransformerEncoder):
        return {}
    fresh = TransformerEncoder(model.config.encoder, dropout=0.0)
    return {f"encoder.{name}": tensor for name, tensor in fresh.state_dict().items()}
