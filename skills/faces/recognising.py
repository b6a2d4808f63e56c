"""How well somebody new is recognised from three photos, and a stranger refused.

Of each held-out person three photos are enrolled and the others are questions. Each question is
asked twice: with its person among the enrolled, and without (then it is a stranger's).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from skills.faces.crossing import FOUND, Crossed, Fold, Points
from skills.faces.neighbours import ask
from skills.faces.threshold import Threshold
from skills.faces.verifying import split_words
from skills.kit.figures import Figure, today
from skills.kit.measures import mean_interval

_ENROLLED = 3
_EVERYONE = 9.0  # beyond any squared distance on the unit sphere
Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Asked:
    """Questions and what came out before anybody is refused by distance."""

    people: NDArray[np.integer]  # [questions], whose photo it is
    right: Floats  # [questions], 1 where the neighbours agree on the right person
    near: Floats  # [questions], to the nearest enrolled photo
    taken: Floats  # [questions], 1 where they agree on anybody when the person is not enrolled
    strange: Floats  # [questions], to the nearest photo then


def questions(group: Points, enrolled: int = _ENROLLED) -> Asked:
    """All questions to a group of people."""
    first = torch.zeros(len(group.people), dtype=torch.bool)
    for person in group.people.unique():
        first[(group.people == person).nonzero()[:enrolled, 0]] = True
    known, owners = group.points[first], group.people[first]
    rows: list[tuple[float, ...]] = []
    for row in (~first).nonzero()[:, 0].tolist():
        face, person = group.points[row], int(group.people[row])
        answer = ask(face, known, owners, _far(known))
        others = owners != person
        stranger = ask(face, known[others], owners[others], _far(known))
        rows.append((person, float(answer.person == person), answer.distance,
                     float(stranger.person is not None), stranger.distance))  # fmt: skip
    table = np.array(rows, float).reshape(-1, 5)
    return Asked(table[:, 0].astype(int), *(table[:, column] for column in range(1, 5)))


def _far(points: torch.Tensor) -> float:
    """Nobody is refused by this distance, be the points encodings or pixels."""
    return max(_EVERYONE, 4 * float(points.square().sum(1).max()) + 1)


def named(asked: Asked, limit: float) -> Floats:
    """1 for each question whose person, enrolled, is named; [questions]."""
    return asked.right * (asked.near < limit)


def refused(asked: Asked, limit: float) -> Floats:
    """1 for each question that is refused when its person is not enrolled; [questions]."""
    return 1 - asked.taken * (asked.strange < limit)


def choose(groups: Sequence[Points]) -> Threshold:
    """The limit at which development people are best named and, as strangers, best refused."""
    asked = [questions(each) for each in groups]
    near = np.concatenate([each.near for each in asked])
    far = np.concatenate([each.strange for each in asked])

    def mean(limit: float) -> float:
        hits = np.concatenate([(named(each, limit) + refused(each, limit)) / 2 for each in asked])
        return float(hits.mean())

    cuts = np.quantile(np.concatenate([near, far]), np.linspace(0, 1, 401))
    value = float(cuts[int(np.argmax([mean(cut) for cut in cuts]))])
    spread = (near.var() + far.var()) / 2
    return Threshold(value, float((far.mean() - near.mean()) / max(spread, 1e-6)))


def shares(folds: Sequence[Fold], enrolled: int = _ENROLLED) -> dict[str, Floats]:
    """Of each person (over all folds, [people]), the share named and the share refused."""
    people, right, away = [], [], []
    for fold in folds:
        limit = choose(fold.dev).value
        asked = questions(fold.held, enrolled)
        people.append(asked.people)
        right.append(named(asked, limit))
        away.append(refused(asked, limit))
    who = np.concatenate(people)
    return {
        what: np.array([np.concatenate(values)[who == person].mean() for person in np.unique(who)])
        for what, values in (("named", right), ("refused", away))
    }


def figures(crossed: Crossed, people: int, seed: int, command: str) -> list[Figure]:
    """New people named from three photos, strangers refused; the floor is by pixels."""
    ours = shares(crossed.ours[FOUND])
    floors = [shares(folds) for folds in crossed.pixels.values()]
    best = max(floors, key=lambda floor: float(floor["named"].mean() + floor["refused"].mean()))
    rows: list[tuple[str, Floats, Floats | None]] = [
        ("new people named right from three photos", ours["named"], best["named"]),
        ("strangers refused", ours["refused"], best["refused"]),
        ("new people named right from one photo", shares(crossed.ours[FOUND], 1)["named"], None),
    ]
    return [
        Figure(
            f"{what}, of 10 enrolled", float(values.mean()), people,
            split_words(seed), "real", command, today(), mean_interval(values), None,
            None if floor is None else float(floor.mean()),
            "" if floor is None else "distance of pixels, better framing",
        )
        for what, values, floor in rows
    ]  # fmt: skip
