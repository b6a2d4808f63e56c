"""A task in the plane whose base error rate is known, learnt by many small nets at once.

A point x is drawn evenly from [−1, 1]²; its class is whether it lies above a wave, and a share
`noise` of the labels is flipped. No model, however large, can be right more often than 1 − noise:
that is the base (Bayes) error rate exactly.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.errors import InvalidOption
from skills.kit.learning import Plan, learn
from skills.scale_curves.curve import Point
from skills.scale_curves.models import LARGE, LOGISTIC, MEDIUM, SMALL

WIDTHS = {LOGISTIC.name: 0, SMALL.name: 4, MEDIUM.name: 8, LARGE.name: 32}
_TEST = 20_000  # fresh points on which nets are scored
LEAST, MOST, MANY = 10, 20_000, 10  # points of a size, and how many sizes


@dataclass(frozen=True)
class Experiment:
    """What a student may choose, and how long the nets learn."""

    sizes: tuple[int, ...] = (25, 50, 100, 200, 400, 800, 1600, 3200, 6400)
    seed: int = 0
    noise: float = 0.1  # the base error rate
    repeats: int = 3  # pools of points, each with nested subsets
    batch: int = 64
    steps: int = 600
    rate: float = 2e-2

    def __post_init__(self) -> None:
        if not 2 <= len(self.sizes) <= MANY or list(self.sizes) != sorted(set(self.sizes)):
            raise InvalidOption("sizes")
        if not LEAST <= min(self.sizes) <= max(self.sizes) <= MOST:
            raise InvalidOption("sizes")
        if not 0 <= self.noise <= 0.4:
            raise InvalidOption("noise")
        if not 0 <= self.seed < 2**31:
            raise InvalidOption("seed")


def truth(x: Tensor) -> Tensor:
    """The class of points [..., 2] without noise: 1 above the wave."""
    return (x[..., 1] > 0.5 * torch.sin(2 * math.pi * x[..., 0])).float()


def expected_accuracy(wrong: float, noise: float) -> float:
    """Against noisy labels, of a model that differs from the truth on a share `wrong` of points.

    It is right where it agrees and the label was kept, or differs and the label was flipped:
    (1 − wrong)(1 − noise) + wrong · noise; at most 1 − noise when noise is below a half.
    """
    return (1 - wrong) * (1 - noise) + wrong * noise


class Stack(nn.Module):
    """Many nets of one shape, each with its own weights, learning side by side."""

    def __init__(self, nets: int, width: int, seed: int) -> None:
        super().__init__()
        chance = torch.Generator().manual_seed(seed)
        widths = (2, width, width, 1) if width else (2, 1)
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for one, other in itertools.pairwise(widths):
            weight = torch.randn(nets, one, other, generator=chance) * 2 / math.sqrt(one)
            self.weights.append(nn.Parameter(weight))
            self.biases.append(nn.Parameter(torch.rand(nets, 1, other, generator=chance) - 0.5))

    def forward(self, x: Tensor) -> Tensor:
        """x: [nets, batch, 2] → logits [nets, batch]."""
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.baddbmm(bias, x if layer == 0 else torch.tanh(x), weight)
        return x.squeeze(2)


def trained(experiment: Experiment, width: int) -> Stack:
    """A net for each repeat and size, [repeats × sizes] of them, sizes running fastest."""
    chance = torch.Generator().manual_seed(experiment.seed)
    points = torch.rand(experiment.repeats, experiment.sizes[-1], 2, generator=chance) * 2 - 1
    flipped = torch.rand(points.shape[:2], generator=chance) < experiment.noise
    labels = torch.where(flipped, 1 - truth(points), truth(points))  # [repeats, largest size]
    pools = torch.arange(experiment.repeats).repeat_interleave(len(experiment.sizes))
    seen = torch.tensor(experiment.sizes).repeat(experiment.repeats)  # each net's first points
    net = Stack(len(seen), width, experiment.seed)

    def loss_of(net: nn.Module, rows: Tensor, generator: torch.Generator) -> Tensor:
        drawn = torch.rand(len(seen), experiment.batch, generator=generator)
        places = (drawn * seen[:, None]).long()  # [nets, batch], within each net's subset
        where = next(net.parameters()).device
        x, y = points[pools[:, None], places], labels[pools[:, None], places]
        losses = nn.functional.binary_cross_entropy_with_logits(
            net(x.to(where)), y.to(where), reduction="none"
        )
        return losses.mean(dim=1).sum()  # the nets share no weight: each gets its own gradient

    # A "batch" of one item is a step here: each net draws its own points above.
    learn(net, experiment.steps, loss_of, Plan(1, 1, experiment.rate, clip=1e3), experiment.seed)
    return net


@torch.no_grad()
def scored(experiment: Experiment, name: str, net: Stack) -> list[Point]:
    """Expected accuracies of all nets of a model on fresh points with noisy labels."""
    chance = torch.Generator().manual_seed(experiment.seed + 2**31)
    x = torch.rand(_TEST, 2, generator=chance) * 2 - 1
    nets = experiment.repeats * len(experiment.sizes)
    guesses = torch.cat([net(part.expand(nets, -1, -1)) > 0 for part in x.split(2000)], dim=1)
    wrong = (guesses.float() != truth(x)).float().mean(dim=1)  # [nets]
    places = [(repeat, size) for repeat in range(experiment.repeats) for size in experiment.sizes]
    return [
        Point(name, size, repeat, expected_accuracy(share, experiment.noise))
        for (repeat, size), share in zip(places, wrong.tolist(), strict=True)
    ]
