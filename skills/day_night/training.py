"""Training and honest scoring of the day/night network."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from skills.day_night.net import SIZE, DayNightNet, as_tensor, probabilities
from skills.errors import DataLayoutInvalid
from skills.kit.images import open_image
from skills.kit.measures import wilson

_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
_SAME_SCENE = 0.45  # correlation of edge maps above which two pictures show one scene


@dataclass(frozen=True)
class DayNightConfig:
    """Hyperparameters."""

    epochs: int = 60
    batch: int = 32
    rate: float = 2e-3
    weight_decay: float = 1e-2
    folds: int = 5  # of the grouped cross-validation


def read_folder(data: Path) -> tuple[Tensor, Tensor]:
    """Pictures [n, 3, 64, 64] and labels [n] of `[<split>/]{day,night}` folders."""
    roots = [data] if _is_layout(data) else [path for path in data.iterdir() if _is_layout(path)]
    files = [
        (path, float(label == "night"))
        for root in sorted(roots)
        for label in ("day", "night")
        for path in sorted((root / label).glob("*"))
        if path.suffix.lower() in _ENDINGS
    ]
    if not files:
        raise DataLayoutInvalid(str(data), "[<split>/]{day,night}/*.jpg")
    pictures = torch.stack([as_tensor(open_image(path.read_bytes())) for path, _ in files])
    labels = torch.tensor([label for _, label in files])
    return pictures, labels


def _is_layout(folder: Path) -> bool:
    return (folder / "day").is_dir() or (folder / "night").is_dir()


def scene_groups(pictures: Tensor) -> list[int]:
    """Which pictures show the same scene: linked by the correlation of their edge maps.

    The set is of webcams, and a camera must not stand on both sides of a split; the files do not
    name theirs.
    """
    grey = pictures.mean(dim=1)
    across = (grey[:, :, 1:] - grey[:, :, :-1]).abs()[:, :-1]
    down = (grey[:, 1:] - grey[:, :-1]).abs()[:, :, :-1]
    edges = nn.functional.normalize((across + down).flatten(1) - (across + down).mean())
    alike = (edges @ edges.T) > _SAME_SCENE
    groups = list(range(len(pictures)))
    for one, other in alike.nonzero().tolist():
        old, new = max(groups[one], groups[other]), min(groups[one], groups[other])
        groups = [new if group == old else group for group in groups]
    return groups


def brightness_floor(pictures: Tensor) -> Tensor:
    """The one-feature baseline: the mean of the largest channel (HSV's V)."""
    return pictures.amax(dim=1).mean(dim=(1, 2))


def fit(pictures: Tensor, labels: Tensor, config: DayNightConfig, seed: int) -> DayNightNet:
    """Train on all of the given pictures."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = DayNightNet()
    optimiser = torch.optim.AdamW(net.parameters(), config.rate, weight_decay=config.weight_decay)
    steps = config.epochs * math.ceil(len(labels) / config.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.rate * 3, steps)
    for _ in range(config.epochs):
        order = torch.tensor(chance.sample(range(len(labels)), len(labels)))
        for rows in order.split(config.batch):
            logits = net(_augmented(pictures[rows], chance))
            loss = nn.functional.binary_cross_entropy_with_logits(logits, labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net.eval()


def _augmented(x: Tensor, chance: random.Random) -> Tensor:
    """Mirror, crop and small changes of gain: none of them turns day into night."""
    if chance.random() < 0.5:
        x = x.flip(3)
    margin = chance.randint(0, 8)
    if margin:
        cut = x[:, :, margin // 2 : SIZE - margin // 2, margin // 2 : SIZE - margin // 2]
        x = nn.functional.interpolate(cut, (SIZE, SIZE), mode="bilinear", align_corners=False)
    return (x * chance.uniform(0.85, 1.15)).clamp(0, 1)


def cross_validate(
    pictures: Tensor, labels: Tensor, groups: list[int], config: DayNightConfig, seed: int
) -> dict[str, Any]:
    """No group crosses folds; the brightness floor is fitted on the same folds."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    fold_of = {name: index % config.folds for index, name in enumerate(names)}
    folds = torch.tensor([fold_of[group] for group in groups])
    right = floor = 0
    for fold in range(config.folds):
        held, rest = folds == fold, folds != fold
        net = fit(pictures[rest], labels[rest], config, seed)
        right += int(((probabilities(net, pictures[held]) >= 0.5).float() == labels[held]).sum())
        cut = _best_cut(brightness_floor(pictures[rest]), labels[rest])
        floor += int(((brightness_floor(pictures[held]) < cut).float() == labels[held]).sum())
    total = len(labels)
    return {
        "n": total,
        "folds": config.folds,
        "seed": seed,
        "accuracy": right / total,
        "interval": list(wilson(right, total)),
        "brightness_floor": floor / total,
    }


def _best_cut(values: Tensor, labels: Tensor) -> float:
    cuts = values.sort().values
    scores = [float(((values < cut).float() == labels).float().mean()) for cut in cuts]
    return float(cuts[int(np.argmax(scores))])
