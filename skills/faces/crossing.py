"""Cross-validation by person: who is scored is known neither to the weights nor to the threshold.

Of thirty people ten are held out in turn. The other twenty are divided again in four: each part is
encoded by an encoder of the other three, and on those distances thresholds are chosen ("dev").
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from skills.faces.net import Encoder, both_ways
from skills.faces.reading import Album
from skills.faces.training import FaceConfig, Views, fit, views

_FOLDS, _PARTS = 3, 4
SEEDS = 4  # orders of the people, so that each is held out four times
FOUND, WHOLE = "as detected", "whole picture"


@dataclass(frozen=True)
class Points:
    """Encodings (or pixels) of some people's photos."""

    points: Tensor  # [n, d]
    people: Tensor  # [n]


@dataclass(frozen=True)
class Fold:
    """Held-out people, and the development people whose distances may choose a threshold."""

    held: Points
    dev: tuple[Points, ...]


@dataclass(frozen=True)
class Crossed:
    """All folds by framing, of the encoder and of plain pixels (the floor)."""

    ours: dict[str, list[Fold]]
    pixels: dict[str, list[Fold]]


def split(people: Sequence[int], parts: int, seed: int) -> list[tuple[list[int], list[int]]]:
    """Pairs of (the others, the part), each person in one part."""
    order = list(people)
    random.Random(seed).shuffle(order)
    chosen = [order[part::parts] for part in range(parts)]
    return [([who for who in order if who not in part], part) for part in chosen]


def cross_validate(
    album: Album, config: FaceConfig, seed: int, heard: Callable[[float], None] = lambda _: None
) -> Crossed:
    """Three folds for each of `SEEDS` orders of the people, from `seed`."""
    all_views = views(Encoder(), album, config, seed)
    ours: dict[str, list[Fold]] = {FOUND: [], WHOLE: []}
    pixels: dict[str, list[Fold]] = {FOUND: [], WHOLE: []}
    for order in range(seed, seed + SEEDS):
        for seen, held in split(range(len(album.names)), _FOLDS, order):
            inner = split(seen, _PARTS, order)
            nets = [fit(all_views.of(others), config, order) for others, _ in inner]
            net = fit(all_views.of(seen), config, order)
            for framing, first, faces in ((FOUND, 0, album.crops), (WHOLE, 2, album.wholes)):
                dev = tuple(
                    _encoded(one, all_views.of(part), first)
                    for one, (_, part) in zip(nets, inner, strict=True)
                )
                ours[framing].append(Fold(_encoded(net, all_views.of(held), first), dev))
                known = tuple(_flat(faces, album.people, part) for _, part in inner)
                pixels[framing].append(Fold(_flat(faces, album.people, held), known))
            heard(len(ours[FOUND]) / (_FOLDS * SEEDS))
    return Crossed(ours, pixels)


def dev_of_everybody(all_views: Views, config: FaceConfig, seed: int) -> tuple[Points, ...]:
    """Each photo by an encoder that does not know its person; the kept threshold is from these."""
    people = all_views.people.unique().tolist()
    return tuple(
        _encoded(fit(all_views.of(others), config, seed), all_views.of(part), 0)
        for others, part in split(people, 2 * _PARTS, seed)
    )


def _encoded(net: Encoder, shown: Views, first: int) -> Points:
    features = shown.features
    return Points(both_ways(net, features[first], features[first + 1]), shown.people)


def _flat(faces: Tensor, people: Tensor, chosen: list[int]) -> Points:
    rows = torch.isin(people, torch.tensor(chosen))
    return Points(faces[rows].flatten(1), people[rows])
