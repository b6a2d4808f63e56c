"""The committed parts together: what a picture is taken for."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from skills.cat_portrait.familiarity import Familiar, Limits, best_cut, half_widths, read, write
from skills.cat_portrait.net import NAME, CatNet
from skills.cat_portrait.training import answers, features
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
            found: Tensor = self.familiar(features(self.net, pictures))
        return found

    def known(self, pictures: Tensor) -> Tensor:
        """Which of them look like drawn cats: [n]."""
        return self.distances(pictures) <= self.limits.farthest


def load() -> Judge:
    """The committed judge; raise WeightsMissing."""
    net = weights.load(CatNet(), NAME)
    familiar = weights.load(Familiar(), NAME, "familiar")
    return Judge(net, familiar, read(weights.FOLDER / NAME / "limits.json"))


def keep(net: CatNet, seen: Tensor, dev: Tensor, dev_ages: Tensor, dev_others: Tensor) -> Judge:
    """Save the net, fit the limits on dev with the rounded weights, save them; the judge.

    `seen`, `dev`, `dev_others`: pictures of the training's cats, dev's cats, and no cats.
    """
    weights.save(net, NAME)
    net = weights.load(CatNet(), NAME)
    familiar = Familiar()
    familiar.fit(features(net, seen))
    weights.save(familiar, NAME, "familiar")
    judge = Judge(net, weights.load(Familiar(), NAME, "familiar"), Limits(0.0, (), (0.0,)))
    _, ages = answers(net, dev)
    farthest = best_cut(judge.distances(dev), judge.distances(dev_others))
    limits = Limits(farthest, EDGES, half_widths(ages, dev_ages, EDGES))
    write(weights.FOLDER / NAME / "limits.json", limits)
    return load()
