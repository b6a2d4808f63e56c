"""The loss of YOLO (lecture 2; Redmon et al. 2016, equation 3), term by term.

    λ_coord Σ1_obj [(x−x̂)² + (y−ŷ)²]  +  λ_coord Σ1_obj [(√w−√ŵ)² + (√h−√ĥ)²]
    + Σ1_obj (C−Ĉ)²  +  λ_noobj Σ1_noobj (C−Ĉ)²  +  Σ1_obj Σ_c (p(c)−p̂(c))²

The lecture's slide has the terms; λ_coord = 5 and λ_noobj = 0.5 are the paper's. The roots make an
error of two pixels dearer on a small box than on a large one. 1_obj picks the predictor that is
responsible for an object, 1_noobj all others.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

_UNDER_ROOT = 1e-6  # keeps the root's slope finite at w = 0


@dataclass(frozen=True)
class Lambdas:
    """What the terms weigh."""

    coordinates: float = 5.0
    no_object: float = 0.5
    roots: bool = True  # False compares w and h themselves: only to show what the roots do


@dataclass(frozen=True)
class Cells:
    """Predictors of a batch, said or true; any leading shape [...]."""

    centre: Tensor  # [..., 2] x, y within the cell, in cells
    size: Tensor  # [..., 2] w, h as shares of the picture, not negative
    confidence: Tensor  # [...]
    classes: Tensor  # [..., classes]


@dataclass(frozen=True)
class Terms:
    """The five sums, unweighted."""

    centre: Tensor
    size: Tensor
    confidence_object: Tensor
    confidence_no_object: Tensor
    classes: Tensor

    def total(self, lambdas: Lambdas) -> Tensor:
        """The weighted sum."""
        total: Tensor = (
            lambdas.coordinates * (self.centre + self.size)
            + self.confidence_object
            + lambdas.no_object * self.confidence_no_object
            + self.classes
        )
        return total


def safe_root(size: Tensor) -> Tensor:
    """√size with a finite slope at 0, and 0 there."""
    root: Tensor = torch.sqrt(size + _UNDER_ROOT) - _UNDER_ROOT**0.5
    return root


def terms(said: Cells, true: Cells, responsible: Tensor, lambdas: Lambdas) -> Terms:
    """The five terms; `responsible`: [...] bool, the predictors with an object (1_obj)."""
    ours, theirs = said.size[responsible], true.size[responsible]
    if lambdas.roots:
        ours, theirs = safe_root(ours), safe_root(theirs)
    sure = (said.confidence - true.confidence) ** 2
    return Terms(
        centre=((said.centre[responsible] - true.centre[responsible]) ** 2).sum(),
        size=((ours - theirs) ** 2).sum(),
        confidence_object=sure[responsible].sum(),
        confidence_no_object=sure[~responsible].sum(),
        classes=((said.classes[responsible] - true.classes[responsible]) ** 2).sum(),
    )
