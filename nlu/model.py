"""The joint model of lecture 10: one encoder, an intent head and a slot head, losses summed.

Intent from the mean of the piece vectors, BIO tags from each word's first piece (Chen, Zhuo and
Wang 2019, "BERT for Joint Intent Classification and Slot Filling"); both see what the memory
network carries over from earlier utterances. Knows torch alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from nlu.crf import ChainField
from nlu.encoders.base import build_encoder
from nlu.encoders.lengths import by_length
from nlu.encoders.location import DEFAULT
from nlu.encoders.pooling import mean_pool
from nlu.labels import Labels
from nlu.memory import MemoryNetwork, Mixer

IGNORED = -100


@dataclass(frozen=True)
class JointConfig:
    """Hyperparameters, saved beside the weights."""

    encoder: str = DEFAULT  # or "bilstm", "cnn", another transformer's name or folder
    dropout: float = 0.1
    head_dropout: float = 0.2
    label_smoothing: float = 0.05  # on intents: keeps confidences from saturating
    slot_weight: float = 1.0  # the lecture sums both losses as they are
    intent_weight: float = 1.0  # either weight at 0: the separate models of the ablation
    crf: bool = True
    memory: bool = True
    # Of the intent softmax, fitted on dev after training: one for what opens a conversation, one
    # for what follows in it, which is harder to read.
    temperature: float = 1.0
    temperature_later: float = 1.0
    doubt: float = 0.0  # below this probability of its best intent the model is unsure; from dev

    def __post_init__(self) -> None:
        if not 0 <= self.dropout < 1 or min(self.temperature, self.temperature_later) <= 0:
            raise ValueError(f"impossible hyperparameters: {self}")


@dataclass(frozen=True)
class Remembered:
    """The memory of each utterance of a batch, the latest first.

    bank: [batch, remembered, width] pooled vectors; present, of_user: [batch, remembered].
    """

    bank: Tensor
    present: Tensor
    of_user: Tensor


@dataclass(frozen=True)
class Output:
    """intents [batch, intents], calibrated outside training, tags [batch, length, tags] at every
    piece, attention [batch, remembered + 1] (None without a memory), features [batch, width] under
    the intent head.
    """

    intents: Tensor
    tags: Tensor
    attention: Tensor | None
    features: Tensor


class JointModel(nn.Module):
    """Scores intents and tags of a batch."""

    def __init__(self, config: JointConfig, labels: Labels) -> None:
        super().__init__()
        self.config, self.labels = config, labels
        self.encoder = build_encoder(config.encoder, config.dropout)
        width: int = self.encoder.width  # type: ignore[assignment]
        self.head_dropout = nn.Dropout(config.head_dropout)
        self.intent_head = nn.Linear(width, len(labels.intents))
        self.slot_head = nn.Linear(width, len(labels.tags))
        if config.memory:
            self.memory = MemoryNetwork(width)
            self.mix_intent, self.mix_tags = Mixer(width), Mixer(width)
        self.chain = ChainField(labels) if config.crf else None

    def encode(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """pieces, mask: [batch, length] → states [batch, length, width], pooled [batch, width]."""
        states: Tensor = self.encoder(pieces, mask)
        return states, mean_pool(states, mask)

    def decide(self, states: Tensor, pooled: Tensor, past: Remembered | None) -> Output:
        """The heads over encoded utterances and what is remembered."""
        attention = None
        if self.config.memory and past is not None:
            knowledge, attention = self.memory(pooled, past.bank, past.present, past.of_user)
            pooled = self.mix_intent(pooled, knowledge)
            states = self.mix_tags(states, knowledge.unsqueeze(1))
        intents = self.intent_head(self.head_dropout(pooled))
        if not self.training:
            intents = intents / self._temperature(past)
        return Output(intents, self.slot_head(self.head_dropout(states)), attention, pooled)

    def _temperature(self, past: Remembered | None) -> Tensor | float:
        first, later = self.config.temperature, self.config.temperature_later
        if past is None or first == later:
            return first
        follows = past.present.sum(dim=1, keepdim=True) > 0
        return torch.where(follows, later, first)

    def forward(self, pieces: Tensor, mask: Tensor, history: Tensor, of_user: Tensor) -> Output:
        """A batch of whole conversations.

        pieces, mask: [batch, length]; history: [batch, remembered], which utterances of the batch
        came before each, the latest first, -1 where none; of_user: [batch].
        """
        states = by_length(self.encoder, pieces, mask)
        pooled = mean_pool(states, mask)
        return self.decide(states, pooled, remember(pooled, history, of_user))

    def loss(self, output: Output, first: Tensor, tags: Tensor, intent: Tensor) -> Tensor:
        """The summed loss; first, tags: [batch, words], IGNORED past the end; intent: [batch],
        IGNORED where unlabelled.
        """
        config, loss = self.config, output.tags.sum() * 0.0
        if config.intent_weight and (known := intent != IGNORED).any():
            loss = loss + config.intent_weight * nn.functional.cross_entropy(
                output.intents[known].float(), intent[known], label_smoothing=config.label_smoothing
            )
        if config.slot_weight and (tagged := tags[:, 0] != IGNORED).any():
            scores = at_words(output.tags[tagged], first[tagged])
            loss = loss + config.slot_weight * self._tag_loss(scores, tags[tagged])
        return loss

    def _tag_loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        if self.chain is None:
            return nn.functional.cross_entropy(
                scores.flatten(0, 1).float(), tags.flatten(), ignore_index=IGNORED
            )
        lengths = (tags != IGNORED).sum(dim=1)
        return self.chain.loss(scores.float(), tags.clamp(min=0), lengths)


def remember(pooled: Tensor, history: Tensor, of_user: Tensor) -> Remembered:
    """The memories that `history` points at."""
    places = history.clamp(min=0)
    return Remembered(pooled[places], (history >= 0).long(), of_user[places])


def at_words(tags: Tensor, first: Tensor) -> Tensor:
    """tags: [batch, length, tags], first: [batch, words] → [batch, words, tags]."""
    places = first.clamp(min=0).unsqueeze(-1).expand(-1, -1, tags.shape[-1])
    return torch.gather(tags, 1, places)


def device_of(name: str) -> torch.device:
    """ "auto" takes a GPU when there is one."""
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
