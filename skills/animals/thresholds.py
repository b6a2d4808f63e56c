"""A threshold for each sigmoid unit, chosen where the most answers are exactly right."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from skills.animals.outputs import THRESHOLD, emitted

_GRID = torch.arange(0.04, 0.97, 0.02)
_ROUNDS = 3  # through all units


def exactly_right(probabilities: Tensor, shown: Tensor, above: float | Tensor) -> Tensor:
    """Whether the units above their thresholds are those shown. [n, units] twice → bool [n]."""
    return (emitted(probabilities, above) == shown.bool()).all(dim=1)


def chosen(groups: Sequence[tuple[Tensor, Tensor]]) -> Tensor:
    """Thresholds [units] for which the mean over groups of the share exactly right is highest.

    Each group is probabilities and multi-hot labels [n, units]. Each unit in turn takes its best
    place on a grid; of equally good ones the nearest to the lecture's 0.5.
    """
    units = groups[0][0].shape[1]
    best = torch.full((units,), THRESHOLD)
    order = _GRID[(_GRID - THRESHOLD).abs().argsort()]
    for unit in list(range(units)) * _ROUNDS:
        trials = best.repeat(len(order), 1)  # [grid, units]
        trials[:, unit] = order
        best = trials[int(torch.stack([_mean_right(groups, each) for each in trials]).argmax())]
    return best


def _mean_right(groups: Sequence[tuple[Tensor, Tensor]], above: Tensor) -> Tensor:
    shares = [exactly_right(p, shown, above).float().mean() for p, shown in groups]
    return torch.stack(shares).mean()
