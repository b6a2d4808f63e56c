"""The joint model of lecture 10: one encoder, an intent head and a slot head, losses summed.

Intent from the mean of the piece vectors, BIO tags from each word's first piece (Chen et al. 2019,
"BERT for Joint Intent Classification and Slot Filling"). Knows torch alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from nlu.encoders.location import DEFAULT
from nlu.encoders.lowrank import merge_low_rank
from nlu.encoders.transformer import TransformerEncoder, mean_pool
from nlu.schema import INTENTS, TAGS

WEIGHTS, CONFIG = "joint.safetensors", "joint.json"
IGNORED = -100


@dataclass(frozen=True)
class JointConfig:
    """Hyperparameters, saved beside the weights."""

    encoder: str = DEFAULT
    rank: int = 48  # of the low-rank updates; 48 keeps the committed weights near 4 MB
    dropout: float = 0.1
    head_dropout: float = 0.2
    label_smoothing: float = 0.05  # on intents: keeps confidences from saturating
    slot_weight: float = 1.0  # the lecture sums both losses as they are
    temperature: float = 1.0  # of the intent softmax, fitted on dev after training

    def __post_init__(self) -> None:
        if self.rank < 0 or not 0 <= self.dropout < 1 or self.temperature <= 0:
            raise ValueError(f"impossible hyperparameters: {self}")


class JointModel(nn.Module):
    """Scores intents and tags of a batch."""

    def __init__(self, config: JointConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = TransformerEncoder(config.encoder, config.rank, config.dropout)
        width = self.encoder.width
        self.head_dropout = nn.Dropout(config.head_dropout)
        self.intent_head = nn.Linear(width, len(INTENTS))
        self.slot_head = nn.Linear(width, len(TAGS))

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """pieces, mask: [batch, length] → intents [batch, 17], tags [batch, length, tags]."""
        states = self.encoder(pieces, mask)  # [batch, length, width]
        pooled = mean_pool(states, mask)  # [batch, width]
        intents = self.intent_head(self.head_dropout(pooled))
        return intents, self.slot_head(self.head_dropout(states))

    def loss(self, pieces: Tensor, mask: Tensor, intent: Tensor, tags: Tensor) -> Tensor:
        """The summed loss; tags: [batch, length] with IGNORED off the words' first pieces."""
        intents, scores = self(pieces, mask)
        smooth = self.config.label_smoothing
        of_intent = nn.functional.cross_entropy(intents, intent, label_smoothing=smooth)
        of_tags = nn.functional.cross_entropy(
            scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED
        )
        return of_intent + self.config.slot_weight * of_tags


def trained_state(model: JointModel) -> dict[str, Tensor]:
    """What training changed: low-rank updates, norms and heads; not the pretrained rest."""
    trained = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    return {name: tensor for name, tensor in model.state_dict().items() if name in trained}


def save(model: JointModel, config: JointConfig, folder: Path) -> None:
    """Write weights (float16) and hyperparameters."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.detach().cpu().half().contiguous() for k, v in trained_state(model).items()}
    save_file(state, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps(asdict(config), indent=2) + "\n")


def load_config(folder: Path) -> JointConfig:
    """The hyperparameters beside the weights."""
    return JointConfig(**json.loads((folder / CONFIG).read_text()))


def load(folder: Path, encoder: str | None = None) -> JointModel:
    """The trained model in evaluation mode, low-rank updates merged."""
    saved = load_config(folder)
    config = JointConfig(**{**asdict(saved), "encoder": encoder or saved.encoder})
    model = JointModel(config)
    state = {name: tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
    unexpected = model.load_state_dict(state, strict=False).unexpected_keys
    if unexpected:
        raise ValueError(f"weights of another model: {unexpected[:3]}")
    merge_low_rank(model.encoder.model)
    return model.eval()


def device_of(name: str) -> torch.device:
    """ "auto" takes a GPU when there is one."""
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
