"""A labelled set as a training task: conversations in, joint intent and slot figures out."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from nlu.decoding import spans_of
from nlu.evaluation.metrics import Scores
from nlu.evaluation.predicting import guesses
from nlu.model import IGNORED, JointModel
from nlu.training.batches import Batch, Coder, Encoded, collate, shuffled
from nlu.turns import Conversation, unlabelled

Conversations = Sequence[Conversation]


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
        return with_score(measured(model, self._coder, self._dev).summary())


def with_score(summary: dict[str, float]) -> dict[str, float]:
    """The figures and their sum, by which epochs are compared."""
    return {**summary, "score": summary["intent_accuracy"] + summary["slot_f1"]}


def measured(
    model: JointModel, coder: Coder, conversations: Conversations, *, remembers: bool = True
) -> Scores:
    """Scores over the labelled turns, spans by word."""
    scores = Scores()
    # Without labels: a held-out part may hold some that training never showed.
    encoded = [coder.conversation([unlabelled(turn) for turn in turns]) for turns in conversations]
    answers = guesses(model, encoded, remembers=remembers)
    for turns, found in zip(conversations, answers, strict=True):
        for turn, guess in zip(turns, found, strict=True):
            if turn.intent is None and turn.tags is None:
                continue
            sure = torch.softmax(torch.tensor(guess.intents) / model.config.temperature, 0)
            best = int(sure.argmax())
            gold = set(spans_of(turn.tags or ()))
            spans = set(spans_of(guess.tags)) if turn.tags is not None else set()
            intent = model.labels.intents[best]
            scores.add(turn.intent or intent, intent, float(sure[best]), gold, spans)
    return scores


def intent_scores(model: JointModel, coder: Coder, conversations: Conversations) -> Any:
    """Intent scores [n, intents], gold indices [n] and features [n, width] of labelled turns."""
    import numpy as np

    rows, gold, features = [], [], []
    encoded = [coder.conversation(turns) for turns in conversations]
    for turns, found in zip(encoded, guesses(model, encoded), strict=True):
        for turn, guess in zip(turns, found, strict=True):
            if turn.intent != IGNORED:
                rows.append(guess.intents)
                gold.append(turn.intent)
                features.append(guess.features)
    return np.stack(rows), np.array(gold), np.stack(features)
