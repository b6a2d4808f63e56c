"""What the two output layers say of a picture, as numbers and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from skills.animals.measuring import EXACTLY_ONE, EXACTLY_TWO
from skills.animals.net import NAME, Committee, answers
from skills.animals.outputs import logistic, softmax
from skills.animals.pixels import Pixels, pixel_answers
from skills.animals.views import squares
from skills.kit import weights
from skills.kit.cifar import ANIMALS
from skills.kit.figures import read


@dataclass(frozen=True)
class Answer:
    """Of one picture."""

    pixels: Tensor  # uint8 [3, h, w]
    sigmoids: list[float]  # of ANIMALS
    thresholds: list[float]
    softmaxes: list[float]
    cat: list[float]  # ŷ of logistic regression on pixels, of each square

    @property
    def named(self) -> list[str]:
        """The animals whose sigmoid is above its threshold."""
        values = zip(ANIMALS, self.sigmoids, self.thresholds, strict=True)
        return [name for name, value, above in values if value > above]

    def body(self) -> dict[str, object]:
        """For programs."""
        return {
            "named": self.named,
            "sigmoids": dict(zip(ANIMALS, self.sigmoids, strict=True)),
            "softmax": dict(zip(ANIMALS, self.softmaxes, strict=True)),
            "cat_by_logistic_regression": self.cat,
        }


def answer_of(committee: Committee, pixels: Tensor) -> Answer:
    """Ask the committee, and logistic regression on each square. uint8 [3, h, w]."""
    logits = answers(committee, pixels[None])
    start = weights.load(Pixels(), NAME, "cat")
    cat = pixel_answers(start, torch.stack(squares(pixels)))[:, 0]
    return Answer(
        pixels,
        logistic(logits.multi_label)[0].tolist(),
        committee.thresholds.tolist(),
        softmax(logits.one_hot)[0].tolist(),
        cat.tolist(),
    )


def text_of(answer: Answer, drawn: Sequence[str]) -> str:
    """The answer, how it comes about, how sure it is."""
    says = f"I see {_listed(answer.named)}." if answer.named else "I see none of my six animals."
    if drawn:
        says = f"{_truth(answer.named, drawn)} These are drawings, and it learnt from photos."
    best = max(range(len(ANIMALS)), key=lambda unit: answer.softmaxes[unit])
    return (
        f"{says} Each sigmoid answers for its own animal, so two can say yes at once; the softmax "
        f"units share 100% and two can't both pass half: {ANIMALS[best]} gets "
        f"{answer.softmaxes[best]:.0%} there. Two small residual networks vote, trained on 5,100 "
        f"CIFAR-10 photos of 32 by 32 pixels, alone and side by side{_how_sure(answer)}."
    )


def _truth(named: Sequence[str], drawn: Sequence[str]) -> str:
    asked = _listed(drawn)
    if set(named) == set(drawn):
        return f"I see {asked}, which is what the sample shows."
    saw = _listed(named) if named else "none of my six animals"
    return f"The sample shows {asked}; I see {saw}."


def _listed(names: Sequence[str]) -> str:
    said = [f"a {name}" for name in names]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _how_sure(answer: Answer) -> str:
    """As the kept figures say it of such a picture: with room for two animals, or for one."""
    what, asked = EXACTLY_ONE, "single test photos they name exactly the animal"
    if len(answer.cat) > 1:
        what, asked = EXACTLY_TWO, "two test photos side by side they name exactly both"
    kept = {each.what: each for each in read(weights.FOLDER, NAME)}
    return f"; of {asked} in {kept[what].value:.0%}" if what in kept else ""
