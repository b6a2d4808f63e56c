"""Figures: the price against floors, the parts' shares against the generator's true prices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from skills.kit.figures import Figure
from skills.kit.measures import mean_interval
from skills.picture_price.attribution import shares
from skills.picture_price.net import PriceNet
from skills.picture_price.training import Offers, guesses

_COMMAND = "python -m skills train picture_price --data - --seed 0"
Floats = NDArray[np.floating]


@dataclass(frozen=True)
class PartScores:
    """Of each bicycle: dollars each part's share is off, and the rank correlation of its parts."""

    errors: dict[str, Floats]  # [n] by way
    ranks: dict[str, Floats]  # [n]
    even: Floats  # [n]: error when the guess is shared evenly among the parts shown


def score_parts(net: PriceNet, offers: Offers) -> PartScores:
    """Compare each way's shares with the true prices of the parts that are shown."""
    errors: dict[str, list[float]] = {}
    ranks: dict[str, list[float]] = {}
    even = []
    prices = guesses(net, offers.as_floats())
    for row in range(len(offers.asked)):
        labels = offers.labels[row].numpy()
        there = torch.tensor([bool((labels == part + 1).any()) for part in range(6)])
        if int(there.sum()) < 3:
            continue  # too few to rank
        truth = offers.part_prices[row][there]
        picture = offers.pictures[row].permute(1, 2, 0).contiguous().numpy()
        for way, found in shares(net, picture, labels).items():
            mine = found[there]
            errors.setdefault(way, []).append(float((mine - truth).abs().mean()))
            ranks.setdefault(way, []).append(rank_correlation(mine, truth))
        even.append(float((prices[row] / there.sum() - truth).abs().mean()))
    return PartScores(_arrays(errors), _arrays(ranks), np.array(even))


def _arrays(found: dict[str, list[float]]) -> dict[str, Floats]:
    return {way: np.array(each) for way, each in found.items()}


def rank_correlation(one: Tensor, other: Tensor) -> float:
    """Spearman's: the correlation of ranks. Both [n], ties in the order given."""
    first, second = (each.argsort().argsort().double() for each in (one, other))
    first, second = first - first.mean(), second - second.mean()
    return float((first @ second) / (first.norm() * second.norm()))


def summary(net: PriceNet, offers: Offers, parts: Offers) -> dict[str, Any]:
    """Errors in dollars with intervals over bicycles."""
    errors = (guesses(net, offers.as_floats()) - offers.asked).abs().numpy()
    scores = score_parts(net, parts)
    return {
        "n": len(errors),
        "price_error": float(errors.mean()),
        "interval": list(mean_interval(errors)),
        "parts_n": len(scores.even),
        "part_error": {way: float(each.mean()) for way, each in scores.errors.items()},
        "rank_correlation": {way: float(each.mean()) for way, each in scores.ranks.items()},
        "even_share_error": float(scores.even.mean()),
    }


def figures(
    net: PriceNet, offers: Offers, floors: dict[str, Tensor], parts: Offers, date: str
) -> list[Figure]:
    """`floors` are other guesses [n] for the same offers."""
    errors = (guesses(net, offers.as_floats()) - offers.asked).abs().numpy()
    split = "unseen backdrops, paints and seeds"
    figure = partial(Figure, data="generated", command=_COMMAND, date=date)
    found = [
        figure(
            what="mean error of the price, dollars",
            value=float(errors.mean()),
            n=len(errors),
            split=split,
            interval=mean_interval(errors),
            floor=float((floor - offers.asked).abs().mean()),
            floor_is=name,
            lower_is_better=True,
        )
        for name, floor in floors.items()
    ]
    scores = score_parts(net, parts)
    figure = partial(figure, n=len(scores.even), split=f"{split}, kinds of parts unrelated")
    for way, wrong in scores.errors.items():
        found.append(
            figure(
                what=f"mean error of a part's share ({way}), dollars",
                value=float(wrong.mean()),
                interval=mean_interval(wrong),
                floor=float(scores.even.mean()),
                floor_is="the guess shared evenly among the parts shown",
                lower_is_better=True,
            )
        )
        order = scores.ranks[way]
        what = f"rank correlation of parts' shares with true prices ({way})"
        value, interval = float(order.mean()), mean_interval(order)
        found.append(
            figure(what=what, value=value, interval=interval, floor=0.0, floor_is="any order")
        )
    return found
