"""What the committee gets right: one animal, two side by side, one beside a vehicle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from torch import Tensor, nn

from skills.animals.composites import Material, pairs_of_two, pairs_with_a_vehicle
from skills.animals.net import Logits, answers
from skills.animals.outputs import emitted, logistic, multi_hot, softmax, top
from skills.animals.thresholds import chosen, exactly_right
from skills.kit.cifar import ANIMALS
from skills.kit.measures import wilson

# The figures that a run quotes.
EXACTLY_ONE = "one animal: the sigmoid units name exactly it"
EXACTLY_TWO = "two animals: the sigmoid units name exactly both"


@dataclass(frozen=True)
class Answered:
    """A net's answers to one kind of picture, beside what they show."""

    logits: Logits  # [n, 6] twice
    shown: Tensor  # [n, 6], multi-hot

    @cached_property
    def sigmoids(self) -> Tensor:
        """ŷ of each unit [n, 6]."""
        return logistic(self.logits.multi_label)

    def exact(self, thresholds: Tensor | float) -> Tensor:
        """Whether the sigmoids above their thresholds are exactly the animals shown. bool [n]."""
        return exactly_right(self.sigmoids, self.shown, thresholds)

    def all_named(self, thresholds: Tensor | float) -> Tensor:
        """Whether each animal shown is named, others too or not. bool [n]."""
        return (emitted(self.sigmoids, thresholds) | ~self.shown.bool()).all(dim=1)

    def highest(self, of_softmax: bool = False) -> Tensor:
        """Whether as many of the highest units as there are animals are those. bool [n]."""
        logits = self.logits.one_hot if of_softmax else self.logits.multi_label
        count = int(self.shown[0].sum())
        return (top(logits, count) == self.shown.bool()).all(dim=1)

    def both_by_softmax(self) -> Tensor:
        """Whether the softmax has two units above 0.5. bool [n]."""
        return emitted(softmax(self.logits.one_hot)).sum(dim=1) >= 2


def answered(net: nn.Module, pictures: Tensor, labels: Tensor) -> Answered:
    """uint8 [n, 3, h, w], labels [n] or [n, 2]."""
    return Answered(answers(net, pictures), multi_hot(labels, len(ANIMALS)))


@dataclass(frozen=True)
class Asked:
    """A net's answers to the three kinds of pictures of a part."""

    one: Answered
    two: Answered | None  # None where a part has no two different animals
    with_vehicle: Answered | None


def ask(net: nn.Module, material: Material, seed: int = 0) -> Asked:
    """Answers to all animals of the material alone and, none used twice, in composites."""
    pairs, of_pairs = pairs_of_two(material, seed)
    beside, of_beside = pairs_with_a_vehicle(material, seed)
    return Asked(
        answered(net, material.animals, material.labels),
        answered(net, pairs, of_pairs) if len(pairs) else None,
        answered(net, beside, of_beside) if len(beside) else None,
    )


def choose_thresholds(net: nn.Module, kept_back: Material) -> Tensor:
    """The sigmoid units' thresholds [6], on pictures kept from training."""
    asked = ask(net, kept_back, seed=1)
    kinds = [each for each in (asked.two, asked.with_vehicle, asked.one) if each is not None]
    return chosen([(each.sigmoids, each.shown) for each in kinds])


def share(right: Tensor) -> dict[str, Any]:
    """The share of rights [n], its interval and n."""
    total, count = len(right), int(right.sum())
    return {"n": total, "share": count / max(total, 1), "interval": list(wilson(count, total))}


def summary(asked: Asked, thresholds: Tensor) -> dict[str, Any]:
    """Shares with intervals over pictures."""
    found: dict[str, Any] = {
        "n": len(asked.one.shown),
        "one animal, highest sigmoid": share(asked.one.highest()),
        "one animal, exactly named": share(asked.one.exact(thresholds)),
    }
    if asked.two is not None:
        found["two animals, exactly both named"] = share(asked.two.exact(thresholds))
        found["two animals, both named"] = share(asked.two.all_named(thresholds))
        found["two animals, two highest sigmoids"] = share(asked.two.highest())
        found["two animals, softmax has two above 0.5"] = share(asked.two.both_by_softmax())
    if asked.with_vehicle is not None:
        found["animal beside a vehicle, exactly named"] = share(
            asked.with_vehicle.exact(thresholds)
        )
    return found
