"""Faces for training, for the door's threshold and for scoring; the training."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.happy_house.drawing import SIZE, draw_face
from skills.happy_house.net import HappyNet, pixel_regression
from skills.happy_house.person import draw_moment, draw_person
from skills.kit.learning import Plan, learn
from skills.kit.scenery import SEEN, UNSEEN, bytes_of
from skills.kit.varying import mirrored

_ROUNDS = 400


@dataclass(frozen=True)
class HappyConfig:
    """Hyperparameters, chosen on the development part."""

    people: int = 350
    pictures: int = 16  # of each
    width: int = 12
    plan: Plan = field(default_factory=lambda: Plan(epochs=16, batch=64, rate=3e-3))
    floor_plan: Plan = field(
        default_factory=lambda: Plan(epochs=30, batch=64, rate=1e-3, weight_decay=1.0)
    )
    wrong_admits: float = 0.05  # of unhappy faces, at most
    sure: float = 0.95  # share of drawn-again development parts in which that holds


@dataclass(frozen=True)
class Faces:
    """Pictures [n, 3, 64, 64] as bytes, happy [n] 0 or 1, mood [n], person [n]."""

    pictures: Tensor
    happy: Tensor
    mood: Tensor
    person: Tensor

    def as_floats(self, rows: Tensor | slice = slice(None)) -> Tensor:
        """Pictures in 0..1."""
        return self.pictures[rows].float() / 255


def draw_faces(name: str, people: int, each: int, unseen: bool) -> Faces:
    """A named part of the data, with people of its own; `unseen` styles are for scoring."""
    count = people * each
    pictures = torch.empty(count, 3, SIZE, SIZE, dtype=torch.uint8)
    mood = torch.empty(count)
    for row in range(count):
        person = draw_person(random.Random(f"{name} person {row // each}"), unseen)
        chance = random.Random(f"{name} {row}")
        moment = draw_moment(person, chance)
        scene = chance.choice(UNSEEN if unseen else SEEN)
        image = draw_face(person, moment, scene, chance)
        pictures[row] = bytes_of(image, (SIZE, SIZE))
        mood[row] = moment.mood
    return Faces(pictures, (mood > 0).float(), mood, torch.arange(count) // each)


def fit(faces: Faces, config: HappyConfig, seed: int) -> HappyNet:
    """Train the network with the logistic loss."""
    torch.manual_seed(seed)
    net = HappyNet(config.width)
    learn(net, len(faces.happy), _loss(faces), config.plan, seed)
    return net


def fit_floor(faces: Faces, config: HappyConfig, seed: int) -> nn.Module:
    """Train logistic regression on pixels."""
    torch.manual_seed(seed)
    net = pixel_regression()
    learn(net, len(faces.happy), _loss(faces), config.floor_plan, seed)
    return net


def _loss(faces: Faces) -> Callable[[nn.Module, Tensor, torch.Generator], Tensor]:
    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        where = next(net.parameters()).device
        x = mirrored(faces.as_floats(rows), chance)
        loss: Tensor = nn.functional.binary_cross_entropy_with_logits(
            net(x.to(where)), faces.happy[rows].to(where)
        )
        return loss

    return loss_of


def admit_threshold(chances: Tensor, happy: Tensor, most: float) -> float:
    """The lowest P(happy) above which at most the share `most` of the unhappy come in. Both [n]."""
    sad = chances[happy < 0.5].sort(descending=True).values
    allowed = int(most * len(sad))  # as many unhappy people may pass
    return float(sad[allowed]) if allowed < len(sad) else 0.0


def careful_threshold(chances: Tensor, faces: Faces, config: HappyConfig) -> float:
    """A threshold that holds for other people too, not for the development people alone.

    Their people are drawn again with replacement (Efron 1979); of the thresholds of all draws this
    is the one that is high enough for the share `config.sure` of them. chances: [n].
    """
    chance = torch.Generator().manual_seed(0)
    count = int(faces.person.max()) + 1
    rows_of = [(faces.person == person).nonzero()[:, 0] for person in range(count)]
    found = []
    for _ in range(_ROUNDS):
        people = torch.randint(0, count, (count,), generator=chance)
        rows = torch.cat([rows_of[person] for person in people.tolist()])
        found.append(admit_threshold(chances[rows], faces.happy[rows], config.wrong_admits))
    return float(torch.tensor(found).quantile(config.sure))
