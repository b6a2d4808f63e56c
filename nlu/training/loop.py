"""One training loop for every task: warm-up, accumulation, averaging, early stopping, resuming.

Every epoch draws from its own seed, so that a training that was killed goes on as if it had not
been. Knows torch and no data set.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from nlu.training.averaging import AveragedWeights
from nlu.training.checkpoints import Progress
from nlu.training.schedule import optimiser_of, warmed_up


@dataclass(frozen=True)
class FitConfig:
    """How to train; the model's own hyperparameters are in JointConfig."""

    seed: int = 0
    epochs: int = 10
    batch: int = 32  # turns a step
    accumulate: int = 1  # batches summed into one step
    rate: float = 1e-3  # of the heads
    encoder_rate: float = 1e-4  # a pretrained one wants no more
    warmup: float = 0.1
    weight_decay: float = 0.01
    patience: int = 5  # epochs without a better score on dev

    def __post_init__(self) -> None:
        if min(self.epochs, self.batch, self.accumulate) < 1 or self.rate <= 0:
            raise ValueError(f"impossible training: {self}")


class Task(Protocol):
    """What is learnt: batches of an epoch, their loss, and the figures on dev."""

    def batches(self, epoch: int, chance: random.Random) -> list[Any]:
        """The epoch's batches in order, as `loss` takes them."""
        ...

    def loss(self, model: Any, batch: Any, device: torch.device) -> Tensor:
        """The loss to be minimised."""
        ...

    def measure(self, model: Any) -> dict[str, float]:
        """Figures on the dev part; "score" decides which epoch is kept."""
        ...


def fit(model: nn.Module, task: Task, config: FitConfig, folder: Path | None) -> dict[str, Any]:
    """Train in place, ending with the best epoch's averaged weights; returns its figures.

    With a folder, progress is kept there after every epoch and taken up again, and the curve is
    written as training.csv and training.png.
    """
    torch.manual_seed(config.seed)
    device = next(model.parameters()).device
    steps = config.epochs * -(-len(task.batches(0, random.Random(0))) // config.accumulate)
    optimiser = optimiser_of(model, config.rate, config.encoder_rate, config.weight_decay)
    schedule = warmed_up(optimiser, steps, config.warmup)
    average = AveragedWeights(model)
    progress = Progress(model, optimiser, schedule, average)
    if folder is not None:
        progress.resume(folder, config)
    while progress.epoch < config.epochs and progress.waited < config.patience:
        epoch, started = progress.epoch, time.monotonic()
        torch.manual_seed(1000 * config.seed + epoch)
        chance = random.Random(1000 * config.seed + epoch)
        model.train()
        losses = []
        for number, batch in enumerate(_shown(task.batches(epoch, chance), epoch, config), 1):
            losses.append(_backward(model, task, batch, device, config.accumulate))
            if number % config.accumulate == 0:
                _step(model, optimiser, schedule)
                average.update()
        with average.applied():
            model.eval()
            figures = task.measure(model)
            progress.note(figures, float(np.mean(losses)), time.monotonic() - started)
        if folder is not None:
            progress.keep(folder, config)
    progress.finish(folder)
    return dict(progress.best)


def _backward(
    model: nn.Module, task: Task, batch: Any, device: torch.device, accumulate: int
) -> float:
    context: Any = torch.autocast(device.type, torch.bfloat16)
    with context if _halves(device) else nullcontext():
        loss = task.loss(model, batch, device)
    (loss / accumulate).backward()
    return float(loss.detach())


def _halves(device: torch.device) -> bool:
    """Whether bfloat16 is quick there: GPUs, and processors that multiply it (half the time)."""
    return device.type == "cuda" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _step(model: nn.Module, optimiser: torch.optim.Optimizer, schedule: Any) -> None:
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    optimiser.zero_grad()


def _shown(batches: Iterable[Any], epoch: int, config: FitConfig) -> Iterable[Any]:
    shown: Iterable[Any] = tqdm(
        batches,
        desc=f"epoch {epoch + 1}/{config.epochs}",
        file=sys.stderr,
        leave=False,
        disable=not sys.stderr.isatty(),
    )
    return shown
