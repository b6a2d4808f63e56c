"""How well Quad's model knows what is not for it: our own near-domain utterances, intent `other`.

Grades, housing, other people's records, chat: near enough to be mistaken. An utterance is turned
away when no intent proper is likely enough; the line is drawn on dev.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nlu.batches import Coder
from nlu.evaluation.measuring import Conversations, intent_scores
from nlu.evaluation.out_of_scope import Distances, Views, auroc, strangeness
from nlu.model import JointModel
from nlu.schema import INTENTS

OTHER = INTENTS.index("other")
_REJECTED = 0.02  # of the utterances that are for us, on dev


@dataclass(frozen=True)
class Doubt:
    """Below `line` no intent proper is likely enough; aurocs: of every score on dev."""

    line: float
    aurocs: dict[str, float]


def drawn_line(model: JointModel, coder: Coder, train: Conversations, dev: Conversations) -> Doubt:
    """The probability of the best intent proper below which 2% of dev's own utterances lie."""
    of_train, of_dev = intent_scores(model, coder, train), intent_scores(model, coder, dev)
    proper = of_train.gold != OTHER
    distances = Distances(of_train.features[proper], of_train.gold[proper])
    found = strangeness(Views(of_dev.scores, of_dev.features, OTHER), distances)
    ours = of_dev.gold != OTHER
    aurocs = {name: auroc(score[ours], score[~ours]) for name, score in found.items()}
    sure = np.exp(-found["highest intent"])
    return Doubt(float(np.quantile(sure[ours], _REJECTED)), aurocs)


def turned_away(
    model: JointModel, coder: Coder, part: Conversations, line: float
) -> dict[str, Any]:
    """Recall of what is not for us, and accuracy of the rest, a rejection counting as an error."""
    scores, gold, *_ = intent_scores(model, coder, part)
    sure = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    sure[:, OTHER] = 0.0
    ours, kept = gold != OTHER, sure.max(axis=1) >= line
    right = kept & (sure.argmax(axis=1) == gold)
    found = {"n": int(np.sum(~ours)), "in_scope_accuracy": float(np.mean(right[ours]))}
    if not found["n"]:
        return found  # nothing to turn away in this part
    ranked = auroc(-sure.max(axis=1)[ours], -sure.max(axis=1)[~ours])
    return {**found, "recall": float(np.mean(~kept[~ours])), "auroc": ranked}
