"""The two kinds of scenes that detectors are made for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skills.detection.card import CARS, OBJECTS
from skills.detection.scenes import campus, road
from skills.detection.scenes.palette import Look
from skills.detection.scenes.scene import Labelled
from skills.protocol import SkillCard


@dataclass(frozen=True)
class Kind:
    """A card, the classes, who draws the scenes, and the looks of those of the second stage of
    training (none: it has one stage) and of those to choose by.
    """

    card: SkillCard
    classes: tuple[str, ...]
    draw: Callable[[int, Look, int], Labelled]  # (seed, look, pixels a side)
    further: tuple[Look, ...] = ()
    chosen: Look = Look.SEEN

    @property
    def name(self) -> str:
        """Of the skill and its weights."""
        return self.card.name


CAMPUS = Kind(OBJECTS, campus.CLASSES, campus.campus, (Look.SEEN, Look.CHANCE), Look.CHOICE)
ROAD = Kind(CARS, road.CLASSES, road.road)


def drawn(kind: Kind, seeds: Sequence[int], look: Look, out: int) -> list[Labelled]:
    """The scenes of these seeds."""
    return [kind.draw(seed, look, out) for seed in seeds]
