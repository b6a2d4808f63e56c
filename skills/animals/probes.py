"""Linear probes (Alain and Bengio 2016): how well a linear classifier reads each layer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.animals.encodings import activations
from skills.animals.net import LAYERS, AnimalNet
from skills.kit.cifar import ANIMALS, SIDE

PLACES = ("pixels", *LAYERS)  # what is probed, from shallow to deep
_GRID = 4  # maps are averaged over 4 × 4 fields: deep and shallow ones keep as many places
_MAPS = (32, 48, 96, 192)


@dataclass(frozen=True)
class ProbesConfig:
    """Hyperparameters."""

    decays: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1, 0.3)  # tried on dev
    steps: int = 60  # of L-BFGS


class Probe(nn.Module):
    """Standardises features and weighs them: softmax regression."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.linear = nn.Linear(features, len(ANIMALS))
        nn.init.zeros_(self.linear.weight)

    def forward(self, x: Tensor) -> Tensor:
        """x: [n, features] → logits [n, 6]."""
        logits: Tensor = self.linear(self.standardised(x))
        return logits

    def standardised(self, x: Tensor) -> Tensor:
        """[n, features] → the same with mean 0 and spread 1 where it was fitted."""
        return (x - self.mean) / self.spread


class Probes(nn.Module):
    """One for each of PLACES."""

    def __init__(self) -> None:
        super().__init__()
        sizes = [3 * SIDE * SIDE, *(maps * _GRID**2 for maps in _MAPS), 2 * _MAPS[-1]]
        self.at = nn.ModuleDict(
            {place: Probe(size) for place, size in zip(PLACES, sizes, strict=True)}
        )

    def of(self, place: str) -> Probe:
        """The probe of one of PLACES."""
        probe = self.at[place]
        if not isinstance(probe, Probe):
            raise TypeError(type(probe))
        return probe


@torch.no_grad()
def features(net: AnimalNet, pictures: Tensor, place: str) -> Tensor:
    """What a probe reads. uint8 [n, 3, 32, 32] → [n, features]."""
    return torch.cat([_features(net, part.float() / 255, place) for part in pictures.split(250)])


def _features(net: AnimalNet, x: Tensor, place: str) -> Tensor:
    if place == "pixels":
        return x.flatten(1)
    out = activations(net, x, place)
    if place == "encoding":
        return out.mean(dim=1)
    return nn.functional.adaptive_avg_pool2d(out, _GRID).flatten(1)


def fit_probe(x: Tensor, labels: Tensor, decay: float, steps: int) -> Probe:
    """Softmax regression with cross-entropy and `decay`/2 · |weights|². x: [n, features]."""
    probe = Probe(x.shape[1])
    probe.mean[:] = x.mean(dim=0)
    probe.spread[:] = x.std(dim=0).clamp(min=1e-3)
    z = probe.standardised(x)  # once, not in each step
    optimiser = torch.optim.LBFGS(probe.parameters(), max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> float:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(probe.linear(z), labels)
        loss = loss + decay / 2 * probe.linear.weight.square().sum()
        loss.backward()
        return float(loss.detach())

    optimiser.step(closure)
    return probe.eval()


@torch.no_grad()
def right(probe: Probe, x: Tensor, labels: Tensor) -> Tensor:
    """Whether the probe names the animal. [n, features], [n] → bool [n]."""
    guesses: Tensor = probe(x).argmax(dim=1)
    return guesses == labels
