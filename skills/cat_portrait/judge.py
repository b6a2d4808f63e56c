"""The committed parts together: what a picture is taken for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from skills.cat_portrait.data import Cats
from skills.cat_portrait.familiarity import Familiar, Limits, best_cut, half_widths, read, write
from skills.cat_portrait.net import NAME, CatNet
from skills.cat_portrait.training import answers, encodings
from skills.kit import weights

EDGES = (2.0, 5.0, 10.0)  # guessed years between the bins of the interval


@dataclass(frozen=True)
class Judge:
    """Net, familiarity and limits."""

    net: CatNet
    familiar: Familiar
    limits: Limits

    def distances(self, pictures: Tensor) -> Tensor:
        """How far pictures [n, 3, 64, 64] (bytes) are from the drawn cats: [n]."""
        with torch.no_grad():
            found: Tensor = self.familiar(encodings(self.net, pictures))
        return found

    def known(self, pictures: Tensor) -> Tensor:
        """Which of them look like drawn cats: [n]."""
        return self.distances(pictures) <= self.limits.farthest


def load() -> Judge:
    """The committed judge; raise WeightsMissing."""
    net = weights.load(CatNet(), NAME)
    familiar = weights.load(Familiar(), NAME, "familiar")
    return Judge(net, familiar, read(_limits()))


def keep(net: CatNet, seen: Cats, dev: Cats, dev_others: Tensor) -> Judge:
    """Save the net, fit the limits on dev with the rounded weights, save them; the judge.

    `seen`: the training's cats; `dev_others`: pictures [n, 3, 64, 64] that show no cat.
    """
    weights.save(net, NAME)
    net = weights.load(CatNet(), NAME)
    familiar = Familiar()
    familiar.fit(encodings(net, seen.pictures), seen.breeds)
    weights.save(familiar, NAME, "familiar")
    judge = Judge(net, weights.load(Familiar(), NAME, "familiar"), Limits(0.0, (), (0.0,)))
    _, ages = answers(net, dev.pictures)
    farthest = best_cut(judge.distances(dev.pictures), judge.distances(dev_others))
    write(_limits(), Limits(farthest, EDGES, half_widths(ages, dev.ages, EDGES)))
    return load()


def _limits() -> Path:
    return weights.FOLDER / NAME / "limits.json"
