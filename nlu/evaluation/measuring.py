"""A torch model over a labelled set: joint intent and slot figures, and the intent scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from nlu.batches import Coder
from nlu.decoding import spans_of
from nlu.evaluation.metrics import Scores
from nlu.evaluation.predicting import guesses
from nlu.model import IGNORED, JointModel
from nlu.turns import Conversation, unlabelled

Conversations = Sequence[Conversation]


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
