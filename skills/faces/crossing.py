"""Honest figures: cross-validation by person, with the threshold from people apart from both."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skills.faces.agreement import adjusted_rand
from skills.faces.clusters import k_means
from skills.faces.net import Encoder, encode
from skills.faces.pairs import accuracy, all_pairs, area, choose
from skills.faces.reading import Album
from skills.faces.threshold import Threshold
from skills.faces.training import FaceConfig, distances, fit
from skills.kit.figures import Figure
from skills.kit.measures import bootstrap

_TARGETS = {"AUC": 0.985, "balanced accuracy": 0.94, "ARI, K given": 0.85}


@dataclass(frozen=True)
class Fold:
    """One fold's figures on people that neither the weights nor the threshold have seen."""

    scores: dict[str, float]
    floors: dict[str, float]
    threshold: Threshold


def split(people: int, config: FaceConfig, seed: int) -> list[tuple[list[int], ...]]:
    """For each of three folds, who trains, who chooses the threshold and who is held out."""
    order = list(range(people))
    random.Random(seed).shuffle(order)
    parts: list[tuple[list[int], ...]] = []
    for fold in range(3):
        held = order[fold::3]
        rest = [who for who in order if who not in held]
        dev = rest[:: config.dev_share]
        parts.append(([who for who in rest if who not in dev], dev, held))
    return parts


def cross_validate(start: Encoder, album: Album, config: FaceConfig, seed: int) -> list[Fold]:
    """Three folds of people."""
    folds = []
    for seen, dev, held in split(len(album.names), config, seed):
        net = fit(copy.deepcopy(start), album.of(seen), config.second, config, seed)
        threshold = choose(distances(net, album.of(dev)))
        folds.append(_score(net, album.of(held), album.of(dev), threshold))
    return folds


def _score(net: Encoder, held: Album, dev: Album, threshold: Threshold) -> Fold:
    pairs = distances(net, held)
    points, people = encode(net, held.crops).numpy(), held.people.numpy()
    known = len(held.names)
    return Fold(
        {
            "AUC": area(pairs),
            "balanced accuracy": accuracy(pairs, threshold.value),
            "ARI, K given": adjusted_rand(k_means(points, known).members, people),
        },
        floors(held, dev),
        threshold,
    )


def floors(held: Album, dev: Album) -> dict[str, float]:
    """The same figures by the distance of the uncut pictures' pixels: no face is looked for."""
    pixels, chosen = (all_pairs(one.wholes, one.people) for one in (held, dev))
    found = k_means(held.wholes.numpy(), len(held.names)).members
    return {
        "AUC": area(pixels),
        "balanced accuracy": accuracy(pixels, choose(chosen).value),
        "ARI, K given": adjusted_rand(found, held.people.numpy()),
    }


def _mean_of(values: NDArray[np.floating]) -> Callable[[NDArray[np.integer]], float]:
    return lambda rows: float(values[rows].mean())


def figures(folds: list[Fold], people: int, seed: int, command: str) -> list[Figure]:
    """The folds' means; the interval is over folds, which hold different people."""
    made = []
    for what, target in _TARGETS.items():
        values = np.array([fold.scores[what] for fold in folds])
        floor = float(np.mean([fold.floors[what] for fold in folds]))
        made.append(
            Figure(
                f"{what} on unseen people", float(values.mean()), people,
                f"3-fold by person, threshold from other people, seed {seed}", "real", command,
                "2026-11-29", bootstrap(_mean_of(values), len(values)),
                target, floor, "distance of uncut pictures' pixels, same people",
            )
        )  # fmt: skip
    return made
