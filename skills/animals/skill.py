"""Which animals does a picture show (lecture 2)? Sigmoids can name two, a softmax cannot.

The lecture goes from a cat or not, one logistic unit on a column of pixels, to a unit for each
animal: with multi-hot labels and sigmoids, or with one-hot labels and a softmax.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.animals.card import ANIMAL_CLASSIFIER
from skills.animals.drawn import draw_animal
from skills.animals.measuring import ask, summary
from skills.animals.net import NAME, Committee
from skills.animals.pixels import PixelsConfig
from skills.animals.report import train
from skills.animals.showing import answer_picture
from skills.animals.telling import answer_of, text_of
from skills.animals.training import AnimalsConfig, read_material
from skills.animals.views import abreast, as_seen, framed
from skills.errors import WrongNumberOfFiles
from skills.kit import weights
from skills.kit.cifar import ANIMALS
from skills.kit.drawing import png
from skills.kit.images import open_image
from skills.kit.options import whole
from skills.protocol import Progress, SkillResult

_SAMPLE = 1  # a cat and a horse: the lecture's own start beside one that is none


class AnimalClassifier:
    """The skill."""

    card = ANIMAL_CLASSIFIER

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Name the animals in one picture, in two side by side, or in drawings (option `seed`)."""
        if len(sources) > self.card.at_most:
            raise WrongNumberOfFiles(self.card.at_least, self.card.at_most)
        images = [open_image(each) for each in sources]
        seed = whole(options, "seed", _SAMPLE)
        drawn = () if images else _two_of_six(seed)
        images = images or [draw_animal(kind, seed) for kind in drawn]
        shown = framed(images[0]) if len(images) == 1 else abreast(images)
        progress(0.2)
        answer = answer_of(weights.load(Committee(), NAME), as_seen(shown))
        progress(0.8)
        data = {**answer.body(), "drawn": list(drawn)}
        return SkillResult(text_of(answer, drawn), (png(answer_picture(shown, answer)),), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train two nets and the linear floors, choose thresholds, score the test part once."""
        return train(data, seed, AnimalsConfig(), PixelsConfig(), _told)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on the test part of a folder."""
        committee = weights.load(Committee(), NAME)
        return summary(ask(committee, read_material(data, "test")), committee.thresholds)


def _two_of_six(seed: int) -> tuple[str, ...]:
    """Two different animals."""
    return tuple(random.Random(f"pair {seed}").sample(ANIMALS, 2))


def _told(member: int, epoch: int, loss: float) -> None:
    """A training takes half an hour: it says how far it is."""
    sys.stderr.write(f"network {member + 1}, epoch {epoch + 1}: mean loss {loss:.3f}\n")


SKILL = AnimalClassifier()
