"""Honest scoring: folds by camera, slices, how sure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from skills.day_night.calibration import expected_calibration_error
from skills.day_night.net import DayNightNet
from skills.day_night.photos import Photos
from skills.day_night.scenes import Scene
from skills.day_night.training import DayNightConfig, fit
from skills.kit.measures import wilson

# A photo counts as dusk when its sky is neither black nor bright: the mean grey of its upper third
# lies between these. Decided before anything was measured on it; no file tells the sun's height.
SKY_AT_DUSK = (50 / 255, 120 / 255)
UNSURE = 0.9  # below this we say so


@dataclass(frozen=True)
class Held:
    """What nets that had not seen a picture's camera say of it."""

    logits: Tensor  # [n]
    folds: list[int]
    nets: list[DayNightNet]  # one a fold, which it left out


def folds_of(cameras: Sequence[int], folds: int, seed: int) -> list[int]:
    """The fold of each picture: whole cameras, dealt out by chance."""
    names = sorted(set(cameras))
    random.Random(seed).shuffle(names)
    place = {name: index % folds for index, name in enumerate(names)}
    return [place[camera] for camera in cameras]


def held_out(pictures: Tensor, labels: Tensor, cameras: Sequence[int],
             config: DayNightConfig, seed: int) -> Held:  # fmt: skip
    """Grouped cross-validation: no camera is on both sides."""
    folds = folds_of(cameras, min(config.folds, len(set(cameras))), seed)
    where, logits, nets = torch.tensor(folds), torch.zeros(len(labels)), []
    for fold in range(max(folds) + 1):
        rest = where != fold
        rows = rest.nonzero().squeeze(1)
        seen = [cameras[row] for row in rows.tolist()]
        net = fit(pictures[rest], labels[rest], config, seed * 100 + fold, seen)
        with torch.no_grad():
            logits[~rest] = net(pictures[~rest])
        nets.append(net)
    return Held(logits, folds, nets)


def accuracy_of(right: Tensor) -> dict[str, Any]:
    """Accuracy, its interval and n of rights and wrongs [n]."""
    total = len(right)
    if not total:
        return {"n": 0}
    low, high = wilson(int(right.sum()), total)
    return {"n": total, "accuracy": float(right.mean()), "interval": [low, high]}


def scores(chances: Tensor, labels: Tensor) -> dict[str, Any]:
    """Accuracy in all and by label, calibration, and how many answers were "not sure"."""
    right = ((chances >= 0.5).float() == labels).float()
    by_label = {
        name: float(right[labels == value].mean())
        for name, value in (("day", 0.0), ("night", 1.0))
        if bool((labels == value).any())
    }
    unsure = torch.maximum(chances, 1 - chances) < UNSURE
    return {
        **accuracy_of(right),
        **by_label,
        "calibration_error": expected_calibration_error(chances, labels),
        "not_sure": float(unsure.float().mean()),
    }


def photo_slices(photos: Photos, right: Tensor) -> dict[str, Any]:
    """Day, night and dusk of real pictures; none of them is known to be indoors."""
    dusk = (photos.sky > SKY_AT_DUSK[0]) & (photos.sky < SKY_AT_DUSK[1])
    return {
        "day": accuracy_of(right[(photos.labels == 0) & ~dusk]),
        "night": accuracy_of(right[(photos.labels == 1) & ~dusk]),
        "dusk": accuracy_of(right[dusk]),
    }


def scene_slices(scenes: Sequence[Scene], chances: Tensor) -> dict[str, Any]:
    """Scores of generated scenes by slice."""
    labels = torch.tensor([float(each.night) for each in scenes])
    names = [each.slice for each in scenes]
    kept = {name: torch.tensor([each == name for each in names]) for name in sorted(set(names))}
    return {name: scores(chances[rows], labels[rows]) for name, rows in kept.items()}
