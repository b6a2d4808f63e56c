"""One training loop for all skills: AdamW, a one-cycle rate, a seed, a GPU where there is one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

Loss = Callable[[nn.Module, Tensor, torch.Generator], Tensor]


@dataclass(frozen=True)
class Plan:
    """Hyperparameters of a training."""

    epochs: int = 20
    batch: int = 64  # items a step
    rate: float = 2e-3  # the highest of the cycle
    weight_decay: float = 1e-2
    warm_up: float = 0.2  # share of the steps in which the rate rises
    clip: float = 5.0  # norm of a step's gradient


def device() -> torch.device:
    """The GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def learn(
    net: nn.Module,
    items: int,
    loss_of: Loss,
    plan: Plan,
    seed: int,
    watch: Callable[[int, float], None] | None = None,
) -> None:
    """Train `net` in place and leave it ready to answer, on the CPU.

    `loss_of(net, rows, generator)` is the mean loss of the items in `rows` ([batch] whole numbers
    below `items`), where the batch is put together and varied; all chance comes from the CPU
    generator. `watch` hears of each epoch and its mean loss.
    """
    chance = torch.Generator().manual_seed(seed)
    where = device()
    net.to(where).train()
    steps = plan.epochs * math.ceil(items / plan.batch)
    optimiser = torch.optim.AdamW(net.parameters(), plan.rate, weight_decay=plan.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, plan.rate, total_steps=max(steps, 2), pct_start=plan.warm_up
    )
    for epoch in range(plan.epochs):
        total = 0.0
        for rows in torch.randperm(items, generator=chance).split(plan.batch):
            loss = loss_of(net, rows, chance)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), plan.clip)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        if watch is not None:
            watch(epoch, total / items)
    net.to("cpu").eval()
