"""A torch model over labelled items: scores, and the temperature that calibrates its intents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from nlu.batches import Encoded, collate, encode
from nlu.data.items import Item
from nlu.decoding import entities, log_softmax
from nlu.metrics import Scores
from nlu.model import JointModel
from nlu.pieces import PieceMaker
from nlu.schema import INTENTS
from nlu.words import split


@torch.no_grad()
def predict(model: JointModel, items: Sequence[Item], maker: PieceMaker) -> Scores:
    """Scores over labelled items, in batches."""
    model.eval()
    device, scores = next(model.parameters()).device, Scores()
    for start in range(0, len(items), 64):
        chunk = items[start : start + 64]
        encoded: list[Encoded] = [encode(item, maker) for item in chunk]
        batch = collate(encoded).to(device)
        intents, tags = model(batch.pieces, batch.mask)
        _count(
            scores, chunk, maker, intents.float().cpu().numpy(), tags.float().cpu().numpy(), model
        )
    return scores


def _count(
    scores: Scores,
    items: Sequence[Item],
    maker: PieceMaker,
    intents: Any,
    tags: Any,
    model: JointModel,
) -> None:
    for item, of_intent, of_tags in zip(items, intents, tags, strict=True):
        words = split(item.text).words
        placed = list(zip(words, maker.pieces(words).first, strict=True))
        seen = tuple(word for word, place in placed if place is not None)
        first = [place for _, place in placed if place is not None]
        found = entities(seen, of_tags[first])
        sure = np.exp(log_softmax(of_intent / model.config.temperature))
        spans = {(e.start, e.end, f"{e.slot}:{e.role}" if e.role else e.slot) for e in found}
        gold = {(span.start, span.end, span.label) for span in item.spans}
        scores.add(item.intent, INTENTS[int(sure.argmax())], float(sure.max()), gold, spans)


@torch.no_grad()
def fit_temperature(model: JointModel, items: Sequence[Item], maker: PieceMaker) -> float:
    """The temperature with the least log loss on dev, by a line search (Guo et al. 2017)."""
    model.eval()
    device = next(model.parameters()).device
    batches = [
        collate([encode(item, maker) for item in items[start : start + 64]]).to(device)
        for start in range(0, len(items), 64)
    ]
    pairs = [(model(batch.pieces, batch.mask)[0].float(), batch.intent) for batch in batches]
    scores = torch.cat([scores for scores, _ in pairs])
    gold = torch.cat([intent for _, intent in pairs])
    grid = [0.3 + 0.02 * step for step in range(110)]
    losses = [float(torch.nn.functional.cross_entropy(scores / t, gold)) for t in grid]
    return grid[int(np.argmin(losses))]
