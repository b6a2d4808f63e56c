"""How good a detector is on labelled scenes."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from skills.detection.detect import Found, detect
from skills.detection.net import Detector
from skills.detection.precision import (
    SMALL,
    Ranking,
    Tally,
    mean_precision,
    sample_counts,
    tallies_of,
    truth_of,
)
from skills.detection.scenes.scene import Labelled
from skills.detection.training import packed
from skills.kit.measures import Interval, bootstrap


@dataclass(frozen=True)
class Score:
    """mAP@.5 with its interval over pictures, and each class's AP."""

    mean: float
    interval: Interval
    by_class: dict[str, float]
    small: float  # mAP@.5 of small things alone
    tallies: list[Tally]  # of all classes and pictures


def find(net: Detector, scenes: Sequence[Labelled]) -> list[Found]:
    """What the detector says of each scene."""
    return detect(net, packed(scenes)[0])


def score(found: Sequence[Found], scenes: Sequence[Labelled], classes: Sequence[str]) -> Score:
    """Compare what was found with what is there."""
    truth = [truth_of(scene.boxes, scene.kinds) for scene in scenes]
    tallies = tallies_of(found, truth, len(classes))
    rankings = [Ranking(each) for each in tallies]
    interval = bootstrap(
        lambda rows: mean_precision(rankings, sample_counts(rows, len(scenes))), len(scenes)
    )
    small = [Ranking(each) for each in tallies_of(found, truth, len(classes), SMALL)]
    named = {
        name: ranking.average_precision() for name, ranking in zip(classes, rankings, strict=True)
    }
    return Score(
        mean_precision(rankings),
        interval,
        {name: value for name, value in named.items() if not math.isnan(value)},
        mean_precision(small),
        [each for of_class in tallies for each in of_class],
    )


def milliseconds(net: Detector, scene: Labelled, looks: int = 40) -> float:
    """The median time of one look, boxes and all, on one core."""
    picture = packed([scene])[0]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        times = []
        for _ in range(looks):
            start = time.perf_counter()
            detect(net, picture)
            times.append(time.perf_counter() - start)
    finally:
        torch.set_num_threads(threads)
    return 1000 * sorted(times)[looks // 2]
