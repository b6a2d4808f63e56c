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
from skills.style.fast_training import STYLES, network
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
    with torch.no_grad():
        fast = losses_of(features, net(target), goals, config)
        untouched = losses_of(features, target, goals, config)
    curve = []
    for factor in _FACTORS:
        plan = replace(config, beta=config.beta * factor, steps=_STEPS)
        painted, _ = paint(features, target, style, plan)
        with torch.no_grad():
            found = losses_of(features, painted, goals, config)
        curve.append((float(found.content), float(found.style)))
    return Compared(
        float(fast.style), at_content(float(fast.content), curve), float(untouched.style)
    )


def figures(features: Features, data: Path, config: TransferConfig) -> list[Figure]:
    """On generated places; and, where `data` has them, on CIFAR-10's test pictures, enlarged."""
    places = [as_tensor(scene(_FIRST_SEED + number, _SIZE)) for number in range(_CONTENTS)]
    split = f"{_CONTENTS} generated places, seeds {_FIRST_SEED} and on, 128 px, by 3 styles"
    found = [_figure(features, places, config, split, "generated")]
    try:
        photos, _ = cifar.read(data, "test", 1)
    except (DataLayoutInvalid, OSError):
        return [*found, *_seconds()]
    photos = photos[:_CONTENTS].float() / 255
    large = nn.functional.interpolate(photos, (_SIZE, _SIZE), mode="bicubic").clamp(0, 1)
    split = f"the first test picture of {_CONTENTS} classes of CIFAR-10, enlarged, by 3 styles"
    return [*found, _figure(features, list(large.split(1)), config, split, "real"), *_seconds()]


def _figure(
    features: Features,
    contents: Sequence[Tensor],
    config: TransferConfig,
    split: str,
    data: Literal["real", "generated"],
) -> Figure:
    compared = [
        [compare(features, network(name), each, as_tensor(painting(name, 256)), config)
         for name in STYLES]
        for each in contents
    ]  # fmt: skip
    ratios = np.log([[one.fast / one.optimised for one in row] for row in compared])
    floors = np.log([[one.untouched / one.optimised for one in row] for row in compared])
    interval = bootstrap(lambda rows: float(np.exp(ratios[rows].mean())), len(contents))
    return Figure(
        "style loss over the optimisation's at equal content loss (geometric mean)",
        float(np.exp(ratios.mean())), ratios.size, split, data,
        "python -m skills train fast_style_transfer --data DIR --seed 0", today(), interval,
        None, float(np.exp(floors.mean())), "the content in the style's colours", True,
    )  # fmt: skip


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
