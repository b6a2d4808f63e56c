"""Average precision against examples worked by hand, and another way to reckon it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from skills.detection.detect import Found
from skills.detection.precision import (
    Ranking,
    Tally,
    average_precision,
    best_threshold,
    f1,
    mean_precision,
    tally,
)


def _tally(pairs: list[tuple[float, bool]], true: int) -> Tally:
    return Tally(np.array([s for s, _ in pairs]), np.array([r for _, r in pairs], bool), true)


def test_worked_by_hand() -> None:
    # Sorted: right, wrong, right; recalls 1/3 at precision 1, 2/3 at 2/3, and one thing missed.
    tallies = [_tally([(0.9, True), (0.7, True)], 2), _tally([(0.8, False)], 1)]
    assert average_precision(tallies) == pytest.approx(1 / 3 + 2 / 9)


def test_the_envelope_lifts_a_dip() -> None:
    # Wrong, right, right: precisions 0, 1/2, 2/3; the envelope is 2/3 for both.
    pairs = [(0.9, False), (0.8, True), (0.7, True)]
    assert average_precision([_tally(pairs, 2)]) == pytest.approx(2 / 3)


def test_ends_of_the_scale() -> None:
    assert average_precision([_tally([(0.9, True)], 1)]) == 1
    assert average_precision([_tally([(0.9, False)], 1)]) == 0
    assert math.isnan(average_precision([_tally([(0.9, False)], 0)]))
    nothing = [Ranking([_tally([(0.9, False)], 0)])]
    assert math.isnan(mean_precision(nothing))
    assert mean_precision([*nothing, Ranking([_tally([(0.9, True)], 1)])]) == 1


def test_as_the_area_under_a_curve_reckoned_point_by_point() -> None:
    chance = np.random.default_rng(1)
    scores, right = chance.permutation(200) / 200, chance.random(200) < 0.4
    true = int(right.sum()) + 20
    area, last = 0.0, 0.0
    points = []
    for cut in sorted(scores, reverse=True):
        hits = int((right & (scores >= cut)).sum())
        points.append((hits / true, hits / int((scores >= cut).sum())))
    for recall in sorted({point[0] for point in points}):
        area += (recall - last) * max(p for r, p in points if r >= recall)
        last = recall
    parts = [Tally(scores[k::4], right[k::4], int(right[k::4].sum()) + 5) for k in range(4)]
    assert average_precision(parts) == pytest.approx(area)


def test_a_picture_counted_twice_is_as_two_pictures() -> None:
    one, other = _tally([(0.9, True), (0.5, False)], 2), _tally([(0.7, True)], 1)
    twice = Ranking([one, other]).average_precision(np.array([0, 2]))
    assert twice == pytest.approx(average_precision([other, other]))


def _found(boxes: list[list[float]], scores: list[float]) -> Found:
    return Found(torch.tensor(boxes), torch.tensor(scores), torch.zeros(len(scores)).long())


def test_a_thing_is_found_once() -> None:
    truth, kinds = torch.tensor([[0.0, 0.0, 0.4, 0.4]]), torch.tensor([0])
    found = _found([[0, 0, 0.4, 0.4], [0, 0, 0.4, 0.38], [0.5, 0.5, 0.9, 0.9]], [0.9, 0.8, 0.7])
    assert tally(found, truth, kinds, 0).right.tolist() == [True, False, False]
    assert tally(found, truth, kinds, 1).true == 0


def test_large_things_do_not_count_among_small_ones() -> None:
    truth = torch.tensor([[0.0, 0.0, 0.4, 0.4], [0.5, 0.5, 0.6, 0.6]])
    found = _found([[0, 0, 0.4, 0.4], [0.5, 0.5, 0.6, 0.6], [0.6, 0, 1, 0.4]], [0.9, 0.8, 0.7])
    small = tally(found, truth, torch.tensor([0, 0]), 0, largest=0.2)
    assert (small.right.tolist(), small.true) == ([True], 1)


def test_f1_and_its_best_threshold() -> None:
    tallies = [_tally([(0.9, True), (0.6, True), (0.3, False), (0.2, False)], 2)]
    assert f1(tallies, 0.1) == pytest.approx(2 / 3)
    assert f1(tallies, 0.5) == 1
    assert 0.3 < best_threshold(tallies) <= 0.6
