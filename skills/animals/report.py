"""Trains the committee and measures everything that its card says; the test part once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from skills.animals.composites import Material
from skills.animals.floors import linear_floors
from skills.animals.measuring import (
    EXACTLY_ONE,
    EXACTLY_TWO,
    Answered,
    ask,
    choose_thresholds,
)
from skills.animals.net import NAME, Committee, answers
from skills.animals.outputs import emitted, logistic
from skills.animals.pixels import (
    CAT,
    Pixels,
    PixelsConfig,
    cats_and_rest,
    fit_pixels,
    pixel_answers,
)
from skills.animals.training import AnimalsConfig, fit, keep_back, read_material
from skills.kit import weights
from skills.kit.figures import Figure, today, write
from skills.kit.measures import (
    Floats,
    Interval,
    balanced_accuracy,
    bootstrap,
    mean_interval,
    wilson,
)

TARGET = 0.6  # of two-animal composites whose animals are exactly named; set before the test
_ALWAYS = "always the same animal"
_SPLIT = "CIFAR-10 test part, 200 pictures of each class, scored once"
Watch = Callable[[int, int, float], None]  # member, epoch, mean loss


def train(
    data: Path, seed: int, config: AnimalsConfig, pixels: PixelsConfig, watch: Watch | None = None
) -> dict[str, Any]:
    """Fit the members on other seeds, choose thresholds on what was kept back, score the test."""
    learnt, kept_back = keep_back(data, config.kept_back)
    committee = Committee(config.members)
    for number, member in enumerate(committee.members):
        told = partial(watch, number) if watch is not None else None
        member.load_state_dict(fit(learnt, config, seed * 100 + number, told).state_dict())
    committee.thresholds[:] = choose_thresholds(committee.eval(), kept_back)
    weights.save(committee, NAME)
    pictures, is_cat = cats_and_rest(learnt)
    weights.save(fit_pixels(pictures, is_cat[:, None], pixels, seed), NAME, "cat")
    kept = measure(data, config, pixels, seed)
    write(weights.FOLDER, NAME, kept)
    return {"n": kept[0].n, **{each.what: each.value for each in kept}}


def measure(data: Path, config: AnimalsConfig, pixels: PixelsConfig, seed: int) -> list[Figure]:
    """Figures of the kept weights on the test part."""
    committee = weights.load(Committee(config.members), NAME)
    cat = weights.load(Pixels(), NAME, "cat")
    learnt, kept_back = keep_back(data, config.kept_back)
    test = read_material(data, "test")
    asked, above = ask(committee, test), committee.thresholds
    floors = linear_floors(learnt, kept_back, test, pixels)
    figure = partial(
        Figure, split=_SPLIT, data="real", date=today(),
        command=f"python -m skills train {NAME} --data DIR --seed {seed}",
    )  # fmt: skip
    kept = [*_of_one(figure, asked.one, above, floors.one)]
    if asked.two is not None:
        kept += _of_two(figure, asked.two, above, floors.two, floors.two_highest)
        kept.append(_of_members(figure, committee, kept_back, test))
    if asked.with_vehicle is not None:
        what = "an animal beside a vehicle: the sigmoid units name exactly the animal"
        kept.append(
            _shared(figure, what, asked.with_vehicle.exact(above),
                    floor=_commonest(asked.with_vehicle), floor_is=_ALWAYS)
        )  # fmt: skip
    return [*kept, *_of_cats(figure, committee, cat, test)]


def _of_one(
    figure: Callable[..., Figure], one: Answered, above: Tensor, floor: float
) -> list[Figure]:
    linear = {"floor": floor, "floor_is": "linear units on pixels"}
    return [
        _shared(figure, "one animal: the highest sigmoid unit is it", one.highest(), **linear),
        _shared(figure, "one animal: the highest softmax unit is it", one.highest(True), **linear),
        _shared(figure, EXACTLY_ONE, one.exact(above),
                floor=_commonest(one), floor_is=_ALWAYS),
    ]  # fmt: skip


def _of_two(
    figure: Callable[..., Figure], two: Answered, above: Tensor, floor: float, floor_highest: float
) -> list[Figure]:
    linear = "linear units on pixels, side by side"
    return [
        _shared(figure, EXACTLY_TWO, two.exact(above),
                target=TARGET, floor=floor, floor_is=f"{linear}, thresholds of their own"),
        _shared(figure, "two animals: the same with the lecture's threshold 0.5", two.exact(0.5)),
        _shared(figure, "two animals: the sigmoid units name both, others too or not",
                two.all_named(above)),
        _shared(figure, "two animals: the two highest sigmoid units are they", two.highest(),
                floor=floor_highest, floor_is=linear),
        _shared(figure, "two animals: the two highest softmax units are they", two.highest(True)),
        _shared(figure, "two animals: softmax has both above 0.5 (it cannot)",
                two.both_by_softmax(), target=0.0, lower_is_better=True),
    ]  # fmt: skip


def _of_members(
    figure: Callable[..., Figure], committee: Committee, kept_back: Material, test: Material
) -> Figure:
    """The members alone, each with thresholds of its own: what one training gives."""
    rights = []
    for member in committee.members:
        two = ask(member, test).two
        if two is not None:
            rights.append(two.exact(choose_thresholds(member, kept_back)).float())
    right = torch.stack(rights).mean(dim=0)  # [n], over members
    by_seed = ", ".join(f"{float(each.mean()):.3f}" for each in rights)
    what = f"two animals: exactly both named by one network (by seed {by_seed})"
    return figure(what, float(right.mean()), len(right), interval=mean_interval(right.numpy()))


def _of_cats(
    figure: Callable[..., Figure], committee: Committee, cat: Pixels, test: Material
) -> list[Figure]:
    """Cat against the rest: the lecture's start, and the committee's sigmoid unit."""
    pictures, truth = cats_and_rest(test)
    is_cat = truth.numpy()
    start = emitted(pixel_answers(cat, pictures)[:, 0]).numpy()
    chances = logistic(answers(committee, pictures).multi_label)[:, CAT]
    ours = emitted(chances, committee.thresholds[CAT]).numpy()
    start_share, our_share = (balanced_accuracy(each, is_cat) for each in (start, ours))
    gap = bootstrap(
        lambda rows: (
            balanced_accuracy(ours[rows], is_cat[rows])
            - balanced_accuracy(start[rows], is_cat[rows])
        ),
        len(is_cat),
    )
    figure = partial(figure, n=len(is_cat))
    return [
        figure("cat or not: balanced accuracy of logistic regression on pixels (ŷ > 0.5)",
               start_share, interval=_cat_interval(start, is_cat), floor=0.5,
               floor_is="always or never a cat"),
        figure("cat or not: balanced accuracy of the committee's cat unit",
               our_share, interval=_cat_interval(ours, is_cat),
               floor=start_share, floor_is="logistic regression on pixels"),
        figure("cat or not: balanced accuracy of the unit above logistic regression's, paired",
               our_share - start_share, interval=gap, target=0.0, by_interval=True),
    ]  # fmt: skip


def _shared(figure: Callable[..., Figure], what: str, right: Tensor, **more: Any) -> Figure:
    """The share of rights [n] with Wilson's interval: no picture comes twice."""
    count, total = int(right.sum()), len(right)
    return figure(what, count / total, total, interval=wilson(count, total), **more)


def _commonest(asked: Answered) -> float:
    return float(asked.shown.mean(dim=0).max())


def _cat_interval(guesses: Floats, is_cat: Floats) -> Interval:
    return bootstrap(lambda rows: balanced_accuracy(guesses[rows], is_cat[rows]), len(is_cat))
