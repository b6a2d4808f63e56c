"""Folds by person, weighted pairs, recognition and grouping of points that are easy."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.faces import grouping, recognising
from skills.faces.crossing import Fold, Points, split
from skills.faces.pairs import accuracy, all_pairs, area, choose, weighted_area
from skills.faces.verifying import judged, over_people, scores


@given(st.integers(6, 30), st.integers(2, 5), st.integers(0, 9))
def test_each_person_is_held_out_once_and_never_seen_then(
    people: int, parts: int, seed: int
) -> None:
    folds = split(range(people), parts, seed)
    assert sorted(who for _, part in folds for who in part) == list(range(people))
    assert all(sorted([*others, *part]) == list(range(people)) for others, part in folds)


def _group(people: int, photos: int, seed: int, noise: float = 0.02) -> Points:
    """Photos near their person's own direction, far from others'."""
    chance = torch.Generator().manual_seed(seed)
    own = torch.nn.functional.normalize(torch.randn(people, 16, generator=chance), dim=1)
    points = own.repeat_interleave(photos, 0)
    points = points + noise * torch.randn(points.shape, generator=chance)
    points = torch.nn.functional.normalize(points, dim=1)
    return Points(points, torch.arange(people).repeat_interleave(photos))


def test_weights_of_one_change_nothing_and_repeats_count() -> None:
    group = _group(4, 3, 0, 0.4)
    pairs = all_pairs(group.points, group.people)
    once = np.ones(len(pairs.same))
    assert weighted_area(pairs, once) == pytest.approx(area(pairs))
    assert accuracy(pairs, 0.8, once) == pytest.approx(accuracy(pairs, 0.8))
    counts = np.array([2, 1, 0, 0])
    drawn = pairs.weights(counts)
    assert drawn[(pairs.one == 0) & (pairs.other == 0)].tolist() == [2, 2, 2]
    assert set(drawn[(pairs.one == 0) & (pairs.other == 1)]) == {2.0}
    assert drawn[(pairs.other == 3)].sum() == 0


def test_people_far_apart_are_verified_recognised_and_grouped() -> None:
    fold = Fold(_group(6, 6, 1), (_group(5, 6, 2), _group(5, 6, 3)))
    ours = judged([fold])
    assert scores(ours) == {"AUC": 1.0, "balanced accuracy": 1.0}
    low, high = over_people([ours[0].pairs], 6, lambda at, weights: weighted_area(
        ours[at].pairs, weights))  # fmt: skip
    assert low == high == 1.0
    shares = recognising.shares([fold])
    assert shares["named"].tolist() == shares["refused"].tolist() == [1.0] * 6
    for how in (grouping.GIVEN, grouping.X_MEANS):
        found = grouping.sort(fold, how)
        assert found.score(np.ones(len(found.together))) == 1
        assert found.off == 0


def test_recognition_counts_strangers_apart() -> None:
    group = _group(3, 5, 4)
    asked = recognising.questions(group)
    assert len(asked.people) == 6  # two questions of each
    everything, nothing = 9.0, 0.0
    assert recognising.named(asked, everything).mean() == 1
    assert recognising.named(asked, nothing).mean() == 0
    assert recognising.refused(asked, nothing).mean() == 1
    limit = recognising.choose([group]).value
    assert asked.near.max() <= limit <= asked.strange.min()


def test_the_threshold_lies_between_same_and_different() -> None:
    group = _group(5, 4, 5)
    pairs = all_pairs(group.points, group.people)
    limit = choose(pairs)
    assert pairs.distances[pairs.same > 0.5].max() <= limit.value
    assert limit.value <= pairs.distances[pairs.same < 0.5].min()
    assert limit.slope > 0
