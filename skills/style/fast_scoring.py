"""Scores the networks of one style each against the optimisation, on contents never learnt from."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from skills.errors import DataLayoutInvalid
from skills.kit import cifar
from skills.kit.figures import Figure, today
from skills.kit.measures import Interval, bootstrap
from skills.style.colours import matched
from skills.style.fast_training import STYLES, FastConfig, network
from skills.style.features import Features
from skills.style.optimise import TransferConfig, losses_of, paint, targets_of
from skills.style.paintings import painting
from skills.style.pictures import as_tensor
from skills.style.scenes import scene

_FIRST_SEED, _CONTENTS, _SIZE = 9700, 4, 128
_FACTORS = (0.2, 1.0, 5.0)  # of β: the optimisation's trade-off between content and style
_STEPS = (40, 40, 40)


@dataclass(frozen=True)
class Compared:
    """Style losses of one content in one style, at the same content loss."""

    fast: float
    optimised: float
    untouched: float  # of the content itself, in the style's colours
    seconds: tuple[float, float]  # of the processor: one pass, one optimisation


def at_content(content: float, curve: Sequence[tuple[float, float]]) -> float:
    """The style loss at a content loss on a trade-off curve of (content, style) losses.

    Between its points the logarithm of the style loss is linear; beyond them it stays.
    """
    contents, styles = zip(*sorted(curve), strict=True)
    return math.exp(float(np.interp(content, contents, np.log(styles))))


def compare(
    features: Features, net: nn.Module, content: Tensor, style: Tensor, config: TransferConfig
) -> Compared:
    """One content ([1, 3, 128, 128]) painted by both ways."""
    target = matched(content, style)
    goals = targets_of(features, target, style, config)
    began = time.process_time()
    with torch.no_grad():
        at_once = net(target)
        passed = time.process_time() - began
        fast = losses_of(features, at_once, goals, config)
        untouched = losses_of(features, target, goals, config)
    curve, began = [], time.process_time()
    for factor in _FACTORS:
        plan = replace(config, beta=config.beta * factor, steps=_STEPS)
        painted, _ = paint(features, target, style, plan)
        with torch.no_grad():
            found = losses_of(features, painted, goals, config)
        curve.append((float(found.content), float(found.style)))
    took = (time.process_time() - began) / len(_FACTORS)
    optimised = at_content(float(fast.content), curve)
    return Compared(float(fast.style), optimised, float(untouched.style), (passed, took))


def figures(features: Features, data: Path, config: FastConfig, command: str) -> list[Figure]:
    """On generated places; and, where `data` has them, on CIFAR-10's test pictures, enlarged.

    `command` is the one that measures them.
    """
    places = [as_tensor(scene(_FIRST_SEED + number, _SIZE)) for number in range(_CONTENTS)]
    split = f"{_CONTENTS} generated places, seeds {_FIRST_SEED} and on, 128 px, by 3 styles"
    figure = partial(Figure, split=split, data="generated", command=command, date=today())
    found = [*_figures(features, places, config, figure)]
    try:
        photos, _ = cifar.read(data, "test", 1)
    except (DataLayoutInvalid, OSError):
        return [*found, *_seconds()]
    photos = photos[:_CONTENTS].float() / 255
    large = nn.functional.interpolate(photos, (_SIZE, _SIZE), mode="bicubic").clamp(0, 1)
    split = f"the first test picture of {_CONTENTS} classes of CIFAR-10, enlarged, by 3 styles"
    figure = partial(Figure, split=split, data="real", command=command, date=today())
    return [*found, *_figures(features, list(large.split(1)), config, figure), *_seconds()]


def _figures(
    features: Features, contents: Sequence[Tensor], config: FastConfig, figure: partial[Figure]
) -> Iterator[Figure]:
    models = {name: as_tensor(painting(name, config.style_size)) for name in STYLES}
    compared = [
        [compare(features, network(name), each, style, config.losses)
         for name, style in models.items()]
        for each in contents
    ]  # fmt: skip
    losses = np.array([[(one.fast, one.optimised, one.untouched) for one in row]
                       for row in compared])  # fmt: skip
    fast, optimised, untouched = np.moveaxis(np.log(losses), 2, 0)  # each [contents, styles]
    once, looped = np.array([each.seconds for row in compared for each in row]).T
    n, loop = fast.size, f"the optimisation, {sum(_STEPS)} steps"
    yield figure(
        "style loss over the optimisation's at equal content loss (geometric mean)",
        float(np.exp((fast - optimised).mean())), n, interval=_interval(fast - optimised, np.exp),
        floor=float(np.exp((untouched - optimised).mean())),
        floor_is="the content in the style's colours", lower_is_better=True,
    )  # fmt: skip
    for name, logs in (("one pass", fast), (f"{loop}, at equal content loss", optimised)):
        fall = logs - untouched
        yield figure(
            f"fall of the style loss from the content in the style's colours, {name}",
            float(_lost(fall.mean())), n, interval=_interval(fall, _lost), floor=0.0,
            floor_is="the content in the style's colours",
        )  # fmt: skip
    for name, took in (("one pass", once), (loop, looped)):
        yield figure(
            f"processor seconds of {name} (median)", float(np.median(took)), n,
            interval=_of_median(took), lower_is_better=True,
        )  # fmt: skip


def _lost(log: float) -> float:
    """The share that is gone, of the logarithm of what is left over what was."""
    return 1 - math.exp(log)


def _interval(logs: NDArray[np.float64], of: Callable[[float], float]) -> Interval:
    """95%, over the contents: one content in three styles is not independent. [contents, styles]"""
    return bootstrap(lambda rows: float(of(logs[rows].mean())), len(logs))


def _of_median(values: NDArray[np.float64]) -> Interval:
    return bootstrap(lambda rows: float(np.median(values[rows])), len(values))


def _seconds() -> Iterator[Figure]:
    """How long a picture of 512 pixels takes on one core: the median of nine runs."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    picture, took = as_tensor(scene(_FIRST_SEED, 512)), []
    for number in range(9):
        net = network(STYLES[number % len(STYLES)])
        began = time.process_time()
        with torch.no_grad():
            net(picture)
        took.append(time.process_time() - began)
    torch.set_num_threads(before)
    yield Figure(
        "processor seconds for 512 px on one core (median)", float(np.median(took)), len(took),
        "one generated place, three networks", "generated",
        "python -m skills eval fast_style_transfer --data -", today(),
        _of_median(np.array(took)), 2.0, lower_is_better=True,
    )  # fmt: skip
