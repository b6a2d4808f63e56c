"""Trains a detector on drawn scenes that are made in advance and varied at each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from skills.detection.anchors import find_anchors
from skills.detection.augment import vary
from skills.detection.loss import Lambdas, terms
from skills.detection.net import ANCHORS, Detector
from skills.detection.scenes.scene import Labelled
from skills.detection.targets import assign
from skills.kit.learning import Plan, learn


@dataclass(frozen=True)
class Further:
    """A second stage that goes on from the first's weights, for kinds with looks of their own."""

    scenes: int = 3000  # of each look
    plan: Plan = field(default_factory=lambda: Plan(epochs=16, batch=32, rate=3e-3, warm_up=0.1))


@dataclass(frozen=True)
class DetectionConfig:
    """Hyperparameters, chosen on the development scenes."""

    scenes: int = 4500  # training scenes, seeds from 1,000,000
    development: int = 300  # scenes of other seeds, for thresholds and choices
    test: int = 500  # scenes of yet other seeds, with colours and grounds not seen in training
    plan: Plan = field(default_factory=lambda: Plan(epochs=20, batch=32, rate=4e-3, warm_up=0.15))
    ablation_scenes: int = 2200  # of the two short trainings that show what the roots do
    ablation_epochs: int = 10
    lambdas: Lambdas = field(default_factory=Lambdas)
    further: Further = field(default_factory=Further)


def packed(scenes: Sequence[Labelled]) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures [n, 3, s, s] uint8, boxes [n, most, 4], kinds [n, most] with −1 for no thing."""
    most = max(1, *(len(scene.kinds) for scene in scenes))
    boxes = torch.zeros(len(scenes), most, 4)
    kinds = torch.full((len(scenes), most), -1)
    for row, scene in enumerate(scenes):
        boxes[row, : len(scene.kinds)] = torch.from_numpy(scene.boxes)
        kinds[row, : len(scene.kinds)] = torch.from_numpy(scene.kinds)
    pixels = np.stack([scene.pixels for scene in scenes]).transpose(0, 3, 1, 2)
    return torch.from_numpy(np.ascontiguousarray(pixels)), boxes, kinds


def fit(
    scenes: Sequence[Labelled],
    classes: int,
    config: DetectionConfig,
    seed: int,
    watch: Callable[[int, float], None] | None = None,
) -> Detector:
    """A detector trained on the scenes."""
    torch.manual_seed(seed)
    net = Detector(classes)
    sizes = np.concatenate([scene.boxes[:, 2:] - scene.boxes[:, :2] for scene in scenes])
    net.anchors.copy_(torch.from_numpy(find_anchors(sizes, ANCHORS, seed)))
    teach(net, scenes, config.plan, config.lambdas, seed, watch)
    return net


def teach(
    net: Detector,
    scenes: Sequence[Labelled],
    plan: Plan,
    lambdas: Lambdas,
    seed: int,
    watch: Callable[[int, float], None] | None = None,
    half: bool = False,
) -> None:
    """Train the detector from where it is; `half`: convolutions in bfloat16: twice as fast."""
    pictures, boxes, kinds = packed(scenes)

    def loss_of(model: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        where = net.anchors.device
        x, targets, labels = vary(pictures[rows], boxes[rows], kinds[rows], chance)
        with torch.autocast(where.type, torch.bfloat16, enabled=half):
            raw = model(x.to(where))
        said = net.cells(raw.float())
        true, responsible = assign(said, targets.to(where), labels.to(where))
        return terms(said, true, responsible, lambdas).total(lambdas) / len(rows)

    learn(net, len(scenes), loss_of, plan, seed, watch)
