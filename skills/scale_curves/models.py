"""The models whose curves are compared: two linear ones and three networks of growing width."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

PIXELS, CLASSES = 28 * 28, 10


@dataclass(frozen=True)
class Model:
    """One line of the picture."""

    name: str
    title: str
    width: int = 0  # of its two hidden layers; 0: none, a linear model
    hinge: bool = False  # the support vector machine's loss in place of the cross-entropy
    rate: float = 1e-2  # the highest of the cycle; chosen on dev among 0.001, 0.003, 0.01


LOGISTIC = Model("logistic", "logistic regression")
SVM = Model("svm", "linear SVM", hinge=True, rate=3e-3)
SMALL = Model("small", "small network", 10)
MEDIUM = Model("medium", "medium network", 40)
LARGE = Model("large", "large network", 320)
MODELS = (LOGISTIC, SVM, SMALL, MEDIUM, LARGE)
NETWORKS_BY_SIZE = (LOGISTIC, SMALL, MEDIUM, LARGE)  # in the order that the lecture claims


def build(model: Model) -> nn.Sequential:
    """An untrained net: [batch, 784] in 0..1 → scores [batch, 10]."""
    if not model.width:
        return nn.Sequential(nn.Linear(PIXELS, CLASSES))
    return nn.Sequential(
        nn.Linear(PIXELS, model.width), nn.ReLU(),
        nn.Linear(model.width, model.width), nn.ReLU(),
        nn.Linear(model.width, CLASSES),
    )  # fmt: skip


def loss(model: Model, scores: Tensor, labels: Tensor) -> Tensor:
    """The mean loss of scores [batch, 10] at labels [batch].

    Cross-entropy, or max(0, 1 + the best wrong score − the right one) (Crammer and Singer 2001),
    which is what a support vector machine of many classes minimises.
    """
    return hinge(scores, labels) if model.hinge else nn.functional.cross_entropy(scores, labels)


def hinge(scores: Tensor, labels: Tensor) -> Tensor:
    """Crammer and Singer's loss, mean over scores [batch, classes]."""
    right = scores.gather(1, labels[:, None]).squeeze(1)  # [batch]
    wrong = scores.scatter(1, labels[:, None], -torch.inf).amax(dim=1)  # [batch]
    return (1 + wrong - right).clamp(min=0).mean()


def parameters(model: Model) -> int:
    """How many numbers the model learns."""
    return sum(each.numel() for each in build(model).parameters())
