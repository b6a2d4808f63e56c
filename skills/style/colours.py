"""Brings the colours of one picture to those of another: same mean, same covariance."""

from __future__ import annotations

import torch
from torch import Tensor


def _moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """Mean [3, 1] and covariance [3, 3] of a picture's colours ([1, 3, height, width])."""
    flat = x[0].flatten(1)  # [3, places]
    mean = flat.mean(dim=1, keepdim=True)
    away = flat - mean
    return mean, away @ away.T / flat.shape[1] + 1e-5 * torch.eye(3)


def _root(matrix: Tensor, power: float) -> Tensor:
    """A power of a symmetric positive matrix, by its eigenvectors."""
    values, vectors = torch.linalg.eigh(matrix)
    root: Tensor = vectors @ torch.diag(values.clamp(min=1e-6) ** power) @ vectors.T
    return root


def matched(x: Tensor, model: Tensor) -> Tensor:
    """x with the mean and the covariance of the model's colours (Gatys et al. 2016, "Preserving
    color", equation 5, with symmetric roots). Both [1, 3, height, width] in 0..1 → x's shape.
    """
    mean, spread = _moments(x)
    model_mean, model_spread = _moments(model)
    turn = _root(model_spread, 0.5) @ _root(spread, -0.5)  # [3, 3]
    flat = turn @ (x[0].flatten(1) - mean) + model_mean
    return flat.view_as(x).clamp(0, 1)
