"""How far a picture is from the drawn cats of the training, and how wide an age's interval is.

The distance is Mahalanobis's of the encoding from the nearest breed (Lee and others 2018);
the interval's half-width is a quantile of the errors on dev, by the age that was guessed (split
conformal prediction).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from skills.cat_portrait.cat import BREEDS
from skills.cat_portrait.net import ENCODING
from skills.errors import WeightsMissing

_RIDGE = 1e-3  # of the mean variance: activations that hardly vary must not decide
SURE = 0.9  # share of cats whose age lies in the interval


class Familiar(nn.Module):
    """The training's encodings: a mean for each breed, one whitening within the breeds."""

    means: Tensor
    whitening: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("means", torch.zeros(len(BREEDS), ENCODING))
        self.register_buffer("whitening", torch.eye(ENCODING))

    def fit(self, seen: Tensor, breeds: Tensor) -> None:
        """Learn from the training's encodings [n, 64] and their breeds [n]."""
        self.means = torch.stack([seen[breeds == each].mean(dim=0) for each in range(len(BREEDS))])
        centred = (seen - self.means[breeds]).double()  # [n, 64]
        covariance = centred.T @ centred / len(seen)
        covariance += _RIDGE * covariance.diagonal().mean() * torch.eye(ENCODING)
        values, vectors = torch.linalg.eigh(covariance)
        self.whitening = (vectors / values.sqrt()).float()  # [64, 64], columns

    def forward(self, x: Tensor) -> Tensor:
        """Encodings [n, 64] → distances [n]; about 1 for the cats of the training."""
        gaps = (x[:, None] - self.means) @ self.whitening  # [n, breeds, 64]
        return gaps.square().mean(dim=2).sqrt().amin(dim=1)


@dataclass(frozen=True)
class Limits:
    """What was fitted on dev."""

    farthest: float  # distance up to which a picture counts as a drawn cat
    edges: tuple[float, ...]  # guessed ages (years) between the bins
    halves: tuple[float, ...]  # half-width of the interval in each bin, years

    def interval(self, age: float) -> tuple[float, float]:
        """The ages between which it lies nine times of ten."""
        half = self.halves[sum(age > edge for edge in self.edges)]
        return max(0.0, age - half), age + half


def best_cut(near: Tensor, far: Tensor) -> float:
    """The distance that parts cats from others with the best balanced accuracy, on dev."""
    values = torch.cat([near, far]).sort().values
    cuts = (values[1:] + values[:-1]) / 2
    kept = (near[None, :] <= cuts[:, None]).float().mean(dim=1)
    refused = (far[None, :] > cuts[:, None]).float().mean(dim=1)
    scores = kept + refused
    best = (scores == scores.max()).nonzero().squeeze(1)
    return float(cuts[best[len(best) // 2]])  # in the middle of those that do equally well


def half_widths(
    guesses: Tensor, ages: Tensor, edges: tuple[float, ...], sure: float = SURE
) -> tuple[float, ...]:
    """The quantile of |error| in each bin of guessed ages, with conformal prediction's n + 1."""
    bins = torch.bucketize(guesses, torch.tensor(edges))
    halves = []
    for number in range(len(edges) + 1):
        inside = bins == number
        if not bool(inside.any()):
            inside = torch.ones_like(inside)  # an empty bin gets the interval of all cats
        errors = (guesses - ages).abs()[inside].sort().values
        rank = min(len(errors), int(-(-sure * (len(errors) + 1) // 1)))
        halves.append(float(errors[rank - 1]))
    return tuple(halves)


def write(path: Path, limits: Limits) -> None:
    """Keep the limits beside the weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(limits), indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Limits:
    """The kept limits; raise WeightsMissing."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Limits(kept["farthest"], tuple(kept["edges"]), tuple(kept["halves"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsMissing(str(path)) from error
