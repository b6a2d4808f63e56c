"""A torch model over a labelled set: joint intent and slot figures, and the intent scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from nlu.batches import Coder, Encoded
from nlu.decoding import spans_of
from nlu.evaluation.calibration import fitted_temperature
from nlu.evaluation.metrics import Scores
from nlu.evaluation.predicting import guesses
from nlu.model import JointModel
from nlu.turns import Conversation, unlabelled

Conversations = Sequence[Conversation]


def measured(
    model: JointModel, coder: Coder, conversations: Conversations, *, remembers: bool = True
) -> Scores:
    """Scores over the labelled turns, spans by word."""
    scores = Scores()
    answers = guesses(model, _unlabelled(coder, conversations), remembers=remembers)
    for turns, found in zip(conversations, answers, strict=True):
        for turn, guess in zip(turns, found, strict=True):
            if turn.intent is None and turn.tags is None:
                continue
            sure = torch.softmax(torch.tensor(guess.intents), 0)
            best = int(sure.argmax())
            gold = set(spans_of(turn.tags or ()))
            spans = set(spans_of(guess.tags)) if turn.tags is not None else set()
            intent = model.labels.intents[best]
            scores.add(turn.intent or intent, intent, float(sure[best]), gold, spans)
    return scores


class Scored(NamedTuple):
    """n labelled turns: intent scores [n, intents], gold indices [n], features [n, width], and
    whether something was said before [n].
    """

    scores: NDArray[np.float32]
    gold: NDArray[np.intp]
    features: NDArray[np.float32]
    later: NDArray[np.bool_]


def intent_scores(model: JointModel, coder: Coder, conversations: Conversations) -> Scored:
    """What the model says of every labelled turn's intent; of one that it never learnt, nothing."""
    known = model.labels.intent_index
    answers = guesses(model, _unlabelled(coder, conversations))
    rows = [
        (guess.intents, known[turn.intent], guess.features, place > 0)
        for turns, found in zip(conversations, answers, strict=True)
        for place, (turn, guess) in enumerate(zip(turns, found, strict=True))
        if turn.intent in known
    ]
    return Scored(*(np.array(column) for column in zip(*rows, strict=True)))


def _unlabelled(coder: Coder, conversations: Conversations) -> list[tuple[Encoded, ...]]:
    """Without labels: a held-out part may hold some that training never showed."""
    return [coder.conversation([unlabelled(turn) for turn in turns]) for turns in conversations]


def calibrate(model: JointModel, coder: Coder, dev: Conversations) -> None:
    """Set the model's temperatures to those of the least log loss on dev."""
    model.config = replace(model.config, temperature=1.0, temperature_later=1.0)
    dev_scores = intent_scores(model, coder, dev)
    fitted = [
        fitted_temperature(dev_scores.scores[part], dev_scores.gold[part]) if part.any() else 1.0
        for part in (~dev_scores.later, dev_scores.later)
    ]
    model.config = replace(model.config, temperature=fitted[0], temperature_later=fitted[1])
