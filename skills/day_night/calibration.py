"""How far a forecast's "how sure" can be believed: temperature scaling and its error.

Guo, Pleiss, Sun and Weinberger 2017, "On Calibration of Modern Neural Networks".
"""

from __future__ import annotations

import torch
from torch import Tensor

from skills.day_night.training import logistic_loss

_CANDIDATES = torch.logspace(-0.7, 1.3, 81)  # 0.2 to 20


def temperature(logits: Tensor, labels: Tensor, weights: Tensor | None = None) -> float:
    """The T by which logits [n] are best divided: least loss on pictures not learnt from."""
    losses = [float(logistic_loss(logits / each, labels, weights)) for each in _CANDIDATES]
    return float(_CANDIDATES[losses.index(min(losses))])


def expected_calibration_error(chances: Tensor, labels: Tensor, bins: int = 10) -> float:
    """The mean gap between how sure (0.5 to 1) and how often right, over bins of sureness [n]."""
    sure = torch.maximum(chances, 1 - chances)
    right = ((chances >= 0.5).float() == labels).float()
    place = ((sure - 0.5) * 2 * bins).long().clamp(0, bins - 1)
    gaps = [
        abs(float((sure[place == each] - right[place == each]).sum()))
        for each in range(bins)
        if bool((place == each).any())
    ]
    return sum(gaps) / len(labels)
