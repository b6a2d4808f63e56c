"""How good the judge is on cats that nothing was fitted on: figures with floors and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from skills.cat_portrait.cat import BREEDS
from skills.cat_portrait.data import TEST, Cats, in_months
from skills.cat_portrait.judge import Judge
from skills.cat_portrait.training import CatConfig, LinearNet, answers, fit, new
from skills.kit.figures import Figure, today
from skills.kit.measures import Interval, mean_interval, paired_difference, wilson


def share(right: Tensor) -> tuple[float, Interval]:
    """How many of [n] hold, with Wilson's interval."""
    return float(right.float().mean()), wilson(int(right.sum()), len(right))


def mean_error(guesses: Tensor, ages: Tensor) -> tuple[float, Interval]:
    """The mean absolute error in years, with a bootstrap interval over cats."""
    errors = (guesses - ages).abs().numpy()
    interval = mean_interval(errors)
    return float(errors.mean()), interval


def inside(judge: Judge, guesses: Tensor, ages: Tensor) -> Tensor:
    """Whose age lies in the interval that is told: [n]."""
    bounds = [judge.limits.interval(float(guess)) for guess in guesses]
    return torch.tensor([
        low <= float(age) <= high for (low, high), age in zip(bounds, ages, strict=True)
    ])  # fmt: skip


def score(judge: Judge, test: Cats, test_others: Tensor) -> dict[str, Any]:
    """The judge on cats and others that it has not seen."""
    chances, ages = answers(judge.net, test.pictures)
    return {
        "breed": share(chances.argmax(dim=1) == test.breeds),
        "age": mean_error(ages, test.ages),
        "inside": share(inside(judge, ages, test.ages)),
        "kept": share(judge.known(test.pictures)),
        "refused": share(~judge.known(test_others)),
    }


def robustness(train: Cats, test: Cats, config: CatConfig) -> tuple[float, float, Interval]:
    """Mean absolute errors of L1 and L2 when some training ages are wrong; L2 − L1's interval.

    Paired by test cat, each cat's errors averaged over the seeds.
    """
    errors: dict[bool, list[np.ndarray]] = {False: [], True: []}
    for seed in config.ablation_seeds:
        few = Cats(
            *(part[: config.ablation_cats] for part in (train.pictures, train.breeds, train.ages))
        )
        dirty = in_months(few, config.wrong_ages, seed)
        for squared in (False, True):
            net = new(seed)
            fit(net, dirty, config.ablation_plan, seed, squared)
            errors[squared].append((answers(net, test.pictures)[1] - test.ages).abs().numpy())
    ones, twos = (np.mean(errors[squared], axis=0) for squared in (False, True))
    _, interval = paired_difference(list(twos), list(ones), range(len(test)))
    return float(ones.mean()), float(twos.mean()), interval


def figures(
    judge: Judge, train: Cats, test: Cats, test_others: Tensor, config: CatConfig, command: str
) -> list[Figure]:
    """All of them; everything is generated and labelled so."""
    split = f"fresh cats of seed {TEST}, none of the training's; others of kinds unseen on dev"
    scores = score(judge, test, test_others)
    torch.manual_seed(0)
    linear = LinearNet()
    fit(linear, train, config.plan, 0)
    chances, ages = answers(linear, test.pictures)
    linear_breed = share(chances.argmax(dim=1) == test.breeds)
    linear_age = mean_error(ages, test.ages)
    majority = float((test.breeds == train.breeds.bincount().argmax()).float().mean())
    middle = float((test.ages - train.ages.median()).abs().mean())
    ones, twos, gap = robustness(train, test, config)

    def figure(what: str, value: tuple[float, Interval], n: int, **more: Any) -> Figure:
        return Figure(what, value[0], n, split, "generated", command, today(), value[1], **more)

    wrong = f"{config.wrong_ages:.0%} of the training's ages noted in months"
    cats, rest = len(test), len(test_others)
    pixels, lower = "a linear model on 32 × 32 pixels", {"lower_is_better": True}
    return [
        figure("breed accuracy, 8 breeds", scores["breed"], cats, target=0.95,
               floor=linear_breed[0], floor_is=pixels),
        figure("breed accuracy of the linear model", linear_breed, cats, floor=majority,
               floor_is=f"always the commonest of {len(BREEDS)}"),
        figure("mean absolute error of the age, years", scores["age"], cats, target=1.5,
               floor=linear_age[0], floor_is=pixels, **lower),
        figure("mean absolute error of the linear model, years", linear_age, cats, floor=middle,
               floor_is="always the median age", **lower),
        figure("ages inside the 90% interval", scores["inside"], cats, target=0.9),
        figure("drawn cats recognised as such", scores["kept"], cats),
        figure("other drawings refused, unseen kinds", scores["refused"], rest),
        figure(f"error with L2 minus error with L1, years, {wrong} (L1 {ones:.2f}, L2 {twos:.2f})",
               (twos - ones, gap), cats, target=0.0, by_interval=True),
    ]  # fmt: skip


def plain(scores: dict[str, tuple[float, Sequence[float]]], cats: int) -> dict[str, Any]:
    """For JSON."""
    return {"n": cats, **{
        name: {"value": value, "interval": list(interval)}
        for name, (value, interval) in scores.items()
    }}  # fmt: skip
