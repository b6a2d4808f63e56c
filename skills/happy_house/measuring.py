"""Figures of the door: how often it is right, lets the wrong in, refuses the happy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from skills.happy_house.net import HappyNet, chances
from skills.happy_house.training import Faces
from skills.kit.figures import Figure
from skills.kit.measures import bootstrap, paired_difference

_COMMAND = "python -m skills train happy_house --data - --seed"
_CLEAR = 0.25  # |mood| from which a face is clearly one or the other
Bools = NDArray[np.bool_]


def rates(sure: Tensor, faces: Faces, threshold: float) -> dict[str, float]:
    """Shares of faces. sure: [n] P(happy)."""
    happy = faces.happy > 0.5
    right = (sure >= 0.5) == happy
    admitted = sure > threshold
    return {
        "accuracy": float(right.float().mean()),
        "accuracy_clear": float(right[faces.mood.abs() >= _CLEAR].float().mean()),
        "wrongly_admitted": float(admitted[~happy].float().mean()),
        "wrongly_refused": float((~admitted[happy]).float().mean()),
    }


def with_intervals(sure: Tensor, faces: Faces, threshold: float) -> dict[str, tuple[float, float]]:
    """95% intervals of the same, over people: pictures of one person are not independent."""
    people = faces.person.numpy()
    rows_of = [np.flatnonzero(people == person) for person in np.unique(people)]

    def drawn(name: str) -> Callable[[NDArray[np.integer]], float]:
        def score(units: NDArray[np.integer]) -> float:
            rows = np.concatenate([rows_of[unit] for unit in units])
            part = Faces(
                faces.pictures[:0], faces.happy[rows], faces.mood[rows], faces.person[rows]
            )
            return rates(sure[rows], part, threshold)[name]

        return score

    names = rates(sure, faces, threshold)
    return {name: bootstrap(drawn(name), len(rows_of), rounds=400) for name in names}


def summary(net: HappyNet, faces: Faces) -> dict[str, Any]:
    """Rates with intervals."""
    sure, threshold = chances(net, faces.as_floats()), float(net.threshold)
    intervals = with_intervals(sure, faces, threshold)
    kept = {name: list(pair) for name, pair in intervals.items()}
    found = rates(sure, faces, threshold)
    return {"n": len(sure), "threshold": threshold, **found, "intervals": kept}


def figures(net: HappyNet, floor: nn.Module, faces: Faces, date: str, seed: int) -> list[Figure]:
    """The door's figures beside the majority and logistic regression on pixels; both learnt
    with `seed`.
    """
    sure, threshold = chances(net, faces.as_floats()), float(net.threshold)
    low = chances(floor, faces.as_floats())
    found, intervals = rates(sure, faces, threshold), with_intervals(sure, faces, threshold)
    pixels = rates(low, faces, 0.5)
    people = int(faces.person.max()) + 1
    split = f"{people} unseen people, unseen backdrops and hair colours"
    figure = partial(
        Figure, n=len(sure), split=split, data="generated", command=f"{_COMMAND} {seed}", date=date
    )
    majority = max(float(faces.happy.mean()), 1 - float(faces.happy.mean()))
    rows: list[tuple[str, str, float, str]] = [
        ("accuracy", "accuracy, happy or not", majority, "the more frequent answer"),
        ("accuracy", "accuracy, happy or not", pixels["accuracy"], "logistic regression on pixels"),
        (
            "accuracy_clear",
            f"accuracy where |mood| is {_CLEAR} or more",
            pixels["accuracy_clear"],
            "logistic regression on pixels",
        ),
    ]
    kept = [
        figure(what=what, value=found[name], interval=intervals[name], floor=rate, floor_is=of)
        for name, what, rate, of in rows
    ]
    happy = faces.happy > 0.5
    right, theirs = ((each >= 0.5) == happy for each in (sure, low))
    gap, interval = paired_difference(
        right.float().tolist(), theirs.float().tolist(), faces.person.tolist()
    )
    what = "accuracy minus that of logistic regression on pixels, same faces"
    kept.append(figure(what=what, value=gap, interval=interval, target=0.0, by_interval=True))
    for name, what, target in (
        ("wrongly_admitted", "unhappy faces admitted", 0.05),
        ("wrongly_refused", "happy faces refused", None),
    ):
        value, pair = found[name], intervals[name]
        kept.append(
            figure(what=what, value=value, interval=pair, target=target, lower_is_better=True)
        )
    return kept
