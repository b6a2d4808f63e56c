"""The training loop on a model of one layer: accumulation and what is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from nlu.training.loop import FitConfig, fit

CONFIG = FitConfig(epochs=3, rate=0.05, warmup=0.0, weight_decay=0.0)
X, Y = torch.eye(4)[:, :3], torch.tensor([[1.0], [2.0], [3.0], [0.0]])


class Regression:
    """Batches of rows, and a figure that may get worse."""

    def __init__(self, batches: list[slice], scores: list[float] | None = None) -> None:
        self._batches, self._scores = batches, scores

    def batches(self, epoch: int, chance: random.Random) -> list[slice]:
        return self._batches

    def loss(self, model: Any, batch: slice, device: torch.device) -> Tensor:
        with torch.autocast("cpu", enabled=False):
            return nn.functional.mse_loss(model(X[batch]), Y[batch])

    def measure(self, model: Any) -> dict[str, float]:
        error = float(nn.functional.mse_loss(model(X), Y).detach())
        return {"error": error, "score": self._scores.pop(0) if self._scores else -error}


def trained(task: Regression, config: FitConfig) -> tuple[nn.Linear, dict[str, Any]]:
    torch.manual_seed(0)
    model = nn.Linear(3, 1)
    return model, fit(model, task, config, None)


def test_two_halves_summed_are_the_step_of_the_whole() -> None:
    whole, _ = trained(Regression([slice(0, 4)]), CONFIG)
    halves = Regression([slice(0, 2), slice(2, 4)])
    summed, _ = trained(halves, replace(CONFIG, accumulate=2))
    assert torch.allclose(whole.weight, summed.weight, atol=1e-6)
    stepped, _ = trained(halves, CONFIG)
    assert not torch.allclose(whole.weight, stepped.weight, atol=1e-3)


def test_the_epoch_of_the_best_score_is_kept() -> None:
    model, best = trained(Regression([slice(0, 4)], [1.0, 3.0, 2.0]), CONFIG)
    assert best["epoch"] == 1
    found = float(nn.functional.mse_loss(model(X), Y).detach())
    assert found == best["error"]


def test_training_stops_when_dev_gets_no_better() -> None:
    scores = [2.0, 1.0, 1.0, 1.0, 3.0]
    _, best = trained(Regression([slice(0, 4)], scores), replace(CONFIG, epochs=5, patience=3))
    assert best["epoch"] == 0
    assert scores == [3.0]  # the fifth epoch was never measured
