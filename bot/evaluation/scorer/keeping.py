"""The scorer's file: weights, what they were made from, and how well they guess; all or nothing."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from bot.evaluation.model import Item
from bot.evaluation.scorer.features import SIGNATURE, Encoder, Reply, features
from bot.evaluation.scorer.ridge import Ridge
from bot.evaluation.scorer.validating import Validation


class ScorerUnfit(Exception):
    """A scorer's file that is broken, or was made for other features."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def place(var: Path) -> Path:
    """Where the scorer of this database lies."""
    return var / "evaluation" / "scorer.safetensors"


def keep(model: Ridge, validation: Validation, path: Path) -> None:
    """Write the file; one that was there stays whole until then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    about = {
        "signature": SIGNATURE,
        "mean": repr(model.mean),
        "penalty": repr(model.penalty),
        "validation": json.dumps(asdict(validation)),
    }
    tensors = {"weights": model.weights, "centre": model.centre}
    save_file({name: np.ascontiguousarray(each) for name, each in tensors.items()}, aside, about)
    aside.replace(path)


def read(path: Path) -> Ridge:
    """The model of a file; raise ScorerUnfit."""
    try:
        with safe_open(path, framework="np") as file:
            about = file.metadata() or {}
            weights, centre = (
                file.get_tensor(name).astype(float) for name in ("weights", "centre")
            )
        if about.get("signature") != SIGNATURE:
            raise ScorerUnfit(f"{path} was made for other features: train it again")
        return Ridge(weights, centre, float(about["mean"]), float(about["penalty"]))
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise ScorerUnfit(f"{path} cannot be read ({error})") from error


def by_policy(model: Ridge, items: Sequence[Item], encoder: Encoder) -> dict[str, float]:
    """The mean guess of each policy over all its replies, rated or not; raise ScorerUnfit."""
    replies = [Reply(item, candidate) for item in items for candidate in item.candidates]
    if not replies:
        return {}
    columns = features(replies, encoder)
    if columns.shape[1:] != model.weights.shape:
        raise ScorerUnfit("made with another encoder: train it again")
    guesses: dict[str, list[float]] = defaultdict(list)
    for reply, guess in zip(replies, model.predict(columns), strict=True):
        for policy in reply.candidate.policies:
            guesses[policy].append(float(guess))
    return {policy: float(np.mean(each)) for policy, each in sorted(guesses.items())}
