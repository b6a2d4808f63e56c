"""A labelled set as a training task: conversations in, joint intent and slot figures out."""

from __future__ import annotations

import random
from collections.abc import Callable

import torch
from torch import Tensor

from nlu.batches import Batch, Coder, Encoded, collate, shuffled
from nlu.evaluation.measuring import Conversations, measured
from nlu.model import JointModel


class JointTask:
    """Trains on conversations that may differ from epoch to epoch, measures on fixed ones."""

    def __init__(
        self,
        coder: Coder,
        training: Callable[[int], Conversations],
        dev: Conversations,
        batch: int,
    ) -> None:
        self._coder, self._training, self._batch = coder, training, batch
        self._dev = dev

    def batches(self, epoch: int, chance: random.Random) -> list[list[tuple[Encoded, ...]]]:
        """The epoch's conversations, encoded and grouped."""
        encoded = [self._coder.conversation(turns) for turns in self._training(epoch)]
        return list(shuffled(encoded, self._batch, chance))

    def loss(
        self, model: JointModel, batch: list[tuple[Encoded, ...]], device: torch.device
    ) -> Tensor:
        """The model's summed loss."""
        tensors: Batch = collate(batch).to(device)
        output = model(tensors.pieces, tensors.mask, tensors.history, tensors.of_user)
        return model.loss(output, tensors.first, tensors.tags, tensors.intent)

    def measure(self, model: JointModel) -> dict[str, float]:
        """Intent accuracy plus slot F1 decide."""
        summary = measured(model, self._coder, self._dev).summary()
        return {**summary, "score": summary["intent_accuracy"] + summary["slot_f1"]}
