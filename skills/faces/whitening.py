"""Within-class whitening: what differs between photos of one person counts less.

The classical start of an encoding (WCCN, Hatch et al. 2006; with a discriminant cut to a few
dimensions, Fisher 1936). The triplet loss goes on from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

_DIRECTIONS = 500  # main directions of the features that are kept before whitening
_NOTHING = 1e-4  # of the largest deviation: less is rounding


@dataclass(frozen=True)
class Projection:
    """x ↦ (x − mean) · matrix."""

    mean: Tensor  # [features]
    matrix: Tensor  # [features, numbers]

    def __call__(self, features: Tensor) -> Tensor:
        """[n, features] → [n, numbers]."""
        return (features - self.mean) @ self.matrix


def within(points: Tensor, people: Tensor) -> Tensor:
    """The covariance of photos about their person's mean, [d, d]. `points`: [n, d]."""
    gaps = torch.cat([own - own.mean(0) for own in _by_person(points, people)])
    return gaps.T @ gaps / len(gaps)


def _by_person(points: Tensor, people: Tensor) -> list[Tensor]:
    return [points[people == person] for person in people.unique()]


def shrunk(covariance: Tensor, by: float) -> Tensor:
    """Drawn towards a round one of the same trace: few photos overstate the directions."""
    size = len(covariance)
    return (1 - by) * covariance + by * covariance.trace() / size * torch.eye(
        size, dtype=covariance.dtype
    )


def whiten(features: Tensor, people: Tensor, by: float, numbers: int) -> Projection:
    """The projection to `numbers` (or as many as there are) directions, widest first.

    `features`: [n, d]; `people`: [n]. Within a person the (shrunk) covariance becomes the
    identity; of what is left the directions of the largest total spread are kept, and the mean
    length is 1.
    """
    mean = features.mean(0)
    centred = features - mean
    spread, main = torch.linalg.eigh(centred.T @ centred / len(centred))  # rising
    kept = spread > (_NOTHING**2) * spread[-1]
    main = main[:, kept][:, -_DIRECTIONS:]
    along = centred @ main  # [n, ≤ 500]
    values, turns = torch.linalg.eigh(shrunk(within(along, people), by))
    white = turns / values.sqrt()
    evened = along @ white
    _, widest = torch.linalg.eigh(evened.T @ evened / len(evened))
    matrix = main @ white @ widest[:, -numbers:].flip(1)
    return Projection(mean, matrix / (centred @ matrix).norm(dim=1).mean())
