"""Scores the networks of one style each against the optimisation, on contents never learnt from."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from skills.errors import DataLayoutInvalid
from skills.kit import cifar
from skills.kit.figures import Figure, today
from skills.kit.measures import bootstrap
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
    seconds: tuple[float, float]  # of one pass, of one optimisation


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
    began = time.perf_counter()
    with torch.no_grad():
        at_once = net(target)
        passed = time.perf_counter() - began
        fast = losses_of(features, at_once, goals, config)
        untouched = losses_of(features, target, goals, config)
    curve, began = [], time.perf_counter()
    for factor in _FACTORS:
        plan = replace(config, beta=config.beta * factor, steps=_STEPS)
        painted, _ = paint(features, target, style, plan)
        with torch.no_grad():
            found = losses_of(features, painted, goals, config)
        curve.append((float(found.content), float(found.style)))
    took = (time.perf_counter() - began) / len(_FACTORS)
    optimised = at_content(float(fast.content), curve)
    return Compared(float(fast.style), optimised, float(untouched.style), (passed, took))


def figures(features: Features, data: Path, config: FastConfig) -> list[Figure]:
    """On generated places; and, where `data` has them, on CIFAR-10's test pictures, enlarged."""
    places = [as_tensor(scene(_FIRST_SEED + number, _SIZE)) for number in range(_CONTENTS)]
    split = f"{_CONTENTS} generated places, seeds {_FIRST_SEED} and on, 128 px, by 3 styles"
    found = _figures(features, places, config, split, "generated")
    try:
        photos, _ = cifar.read(data, "test", 1)
    except (DataLayoutInvalid, OSError):
        return [*found, *_seconds()]
    photos = photos[:_CONTENTS].float() / 255
    large = nn.functional.interpolate(photos, (_SIZE, _SIZE), mode="bicubic").clamp(0, 1)
    split = f"the first test picture of {_CONTENTS} classes of CIFAR-10, enlarged, by 3 styles"
    return [*found, *_figures(features, list(large.split(1)), config, split, "real"), *_seconds()]


def _figures(
    features: Features,
    contents: Sequence[Tensor],
    config: FastConfig,
    split: str,
    data: Literal["real", "generated"],
) -> list[Figure]:
    models = {name: as_tensor(painting(name, config.style_size)) for name in STYLES}
    compared = [
        [compare(features, network(name), each, style, config.losses)
         for name, style in models.items()]
        for each in contents
    ]  # fmt: skip
    ratios = np.log([[one.fast / one.optimised for one in row] for row in compared])
    floors = np.log([[one.untouched / one.optimised for one in row] for row in compared])
    interval = bootstrap(lambda rows: float(np.exp(ratios[rows].mean())), len(contents))
    command = "python -m skills train fast_style_transfer --data DIR --seed 0"
    ratio = Figure(
        "style loss over the optimisation's at equal content loss (geometric mean)",
        float(np.exp(ratios.mean())), ratios.size, split, data, command, today(), interval,
        None, float(np.exp(floors.mean())), "the content in the style's colours", True,
    )  # fmt: skip
    times = np.array([each.seconds for row in compared for each in row])  # [n, 2]
    once, looped = np.median(times, axis=0)
    names = (("one pass", once), (f"the optimisation, {sum(_STEPS)} steps", looped))
    return [ratio, *(
        Figure(f"seconds of {name} (median)", float(value), len(times), split, data, command,
               today(), lower_is_better=True)
        for name, value in names
    )]  # fmt: skip


def _seconds() -> Iterator[Figure]:
    """How long a picture of 512 pixels takes on one core: the median of nine runs."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    picture, took = as_tensor(scene(_FIRST_SEED, 512)), []
    for number in range(9):
        net = network(STYLES[number % len(STYLES)])
        began = time.perf_counter()
        with torch.no_grad():
            net(picture)
        took.append(time.perf_counter() - began)
    torch.set_num_threads(before)
    yield Figure(
        "seconds for 512 px on one core (median)", float(np.median(took)), len(took),
        "one generated place, three networks", "generated",
        "python -m skills eval fast_style_transfer --data -", today(),
        (min(took), max(took)), 2.0, None, "", True,
    )  # fmt: skip
