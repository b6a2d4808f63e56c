"""A moving average of the trained weights, which generalises better than the last step's.

Polyak and Juditsky 1992; the decay grows with the steps, so that a short training is averaged too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

_DECAY = 0.995


class AveragedWeights:
    """Follows a model's trained parameters; `applied` puts the average in their place."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self._mean = {name: value.detach().clone() for name, value in self._trained()}
        self._steps = 0

    def state_dict(self) -> dict[str, object]:
        """For a checkpoint."""
        return {"mean": self._mean, "steps": self._steps}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        self._mean, self._steps = state["mean"], int(state["steps"])

    def _trained(self) -> Iterator[tuple[str, Tensor]]:
        return ((n, p) for n, p in self._model.named_parameters() if p.requires_grad)

    @torch.no_grad()
    def update(self) -> None:
        """Take in one step's weights."""
        self._steps += 1
        decay = min(_DECAY, self._steps / (10 + self._steps))
        for name, value in self._trained():
            self._mean[name].lerp_(value.detach(), 1 - decay)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The model with averaged weights, for measuring and saving; then its own again."""
        own = {name: value.detach().clone() for name, value in self._trained()}
        self._put(self._mean)
        try:
            yield
        finally:
            self._put(own)

    @torch.no_grad()
    def _put(self, weights: dict[str, Tensor]) -> None:
        for name, value in self._trained():
            value.copy_(weights[name])
