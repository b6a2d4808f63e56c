"""Scores of strangeness: far points are strange, the line turns away the share it should."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.evaluation.out_of_scope import (
    Distances,
    Views,
    auroc,
    best_score,
    strangeness,
    threshold,
)

CHANCE = np.random.default_rng(0)
CENTRES = np.array([[4.0, 0.0], [0.0, 4.0], [-4.0, 0.0]], dtype=np.float32)


def points(count: int, strange: bool) -> tuple[np.ndarray, np.ndarray]:
    intents = CHANCE.integers(0, 3, count)
    centres = np.array([[0.0, -6.0]]) if strange else CENTRES[intents]
    return (CHANCE.normal(0, 0.7, (count, 2)) + centres).astype(np.float32), intents


def views(count: int, strange: bool) -> Views:
    features, _ = points(count, strange)
    scores = np.concatenate([features @ CENTRES.T, -features[:, 1:] * 2], axis=1)
    return Views(scores.astype(np.float32), features, strange_class=3)


def test_every_score_ranks_strange_ones_higher() -> None:
    distances = Distances(*points(300, strange=False))
    known, strange = (strangeness(views(200, kind), distances) for kind in (False, True))
    assert set(known) == {
        "maximum probability", "energy", "mahalanobis", "trained class", "highest intent",
    }  # fmt: skip
    for name in known:
        assert auroc(known[name], strange[name]) > 0.8, name
    best = best_score(known, strange)
    assert auroc(known[best], strange[best]) == max(auroc(known[n], strange[n]) for n in known)


def test_without_a_trained_class_there_are_three() -> None:
    distances = Distances(*points(100, strange=False))
    features, _ = points(20, strange=False)
    assert len(strangeness(Views(features @ CENTRES.T, features), distances)) == 3


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5])
def test_the_line_turns_away_its_share(share: float) -> None:
    scores = CHANCE.normal(size=2000)
    assert np.mean(scores > threshold(scores, share)) == pytest.approx(share, abs=0.005)
