"""The triplet loss, mining, clustering, K, agreement and neighbours."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.faces import how_many
from skills.faces.agreement import adjusted_rand, purity
from skills.faces.clusters import k_means
from skills.faces.neighbours import ask
from skills.faces.threshold import Threshold, certainty
from skills.faces.triplet import batch_loss, semi_hard_triplets, triplet_loss


@given(st.floats(0.01, 2))
def test_a_collapsed_encoder_pays_the_margin(margin: float) -> None:
    nothing = torch.zeros(3, 8)
    assert triplet_loss(nothing, nothing, nothing, margin).tolist() == pytest.approx([margin] * 3)
    people = torch.tensor([0, 0, 1, 1])
    assert float(batch_loss(torch.zeros(4, 8), people, margin)) == pytest.approx(margin, rel=1e-5)


def test_the_hinge_and_the_added_margin() -> None:
    anchor, near, far = torch.tensor([[0.0]]), torch.tensor([[1.0]]), torch.tensor([[2.0]])
    assert float(triplet_loss(anchor, near, far, 1.0)) == 0
    assert float(triplet_loss(anchor, near, far, 3.5)) == pytest.approx(0.5)
    assert float(triplet_loss(anchor, far, near, 0.5)) == pytest.approx(3.5)


def test_mining_takes_the_nearest_of_those_farther_than_the_positive() -> None:
    encodings = torch.tensor([[0.0], [1.0], [0.5], [1.2], [3.0]])
    people = torch.tensor([0, 0, 1, 2, 3])
    rows = semi_hard_triplets(encodings, people, 1.0).tolist()
    assert [0, 1, 3] in rows  # not 2, which is nearer than the positive, nor 4, beyond the margin


def _blobs(k: int, each: int = 20, d: int = 3) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(k)
    centres = 10 * np.array([[i % 2, i // 2 % 2, i // 4] for i in range(k)], float)
    true = np.repeat(np.arange(k), each)
    return centres[true] + chance.normal(0, 0.5, (k * each, d)), true


@pytest.mark.parametrize("k", [2, 4, 6])
def test_blobs_are_found_with_and_without_k(k: int) -> None:
    points, true = _blobs(k)
    assert adjusted_rand(k_means(points, k).members, true) == 1
    found = how_many.x_means(points, 12)
    assert len(found.centres) == k
    assert purity(found.members, true) == 1


def test_the_elbow_is_where_the_loss_bends() -> None:
    assert how_many.elbow([100, 60, 20, 18, 16, 14]) == 3
    assert how_many.elbow([5, 5, 5]) == 1


def test_agreement_does_not_depend_on_names() -> None:
    true = np.array([0, 0, 1, 1])
    assert adjusted_rand(np.array([5, 5, 2, 2]), true) == 1
    assert adjusted_rand(np.array([0, 1, 0, 1]), true) < 0
    assert purity(np.array([0, 0, 0, 0]), true) == 0.5


def test_two_neighbours_must_agree_and_strangers_are_refused() -> None:
    enrolled = torch.tensor([[0.0], [0.4], [0.1], [5.0]])
    people = torch.tensor([0, 0, 1, 1])
    assert ask(torch.tensor([0.0]), enrolled, people, 1.0).person is None  # 0 and 1 are nearest
    assert ask(torch.tensor([0.0]), enrolled, people, 1.0, agreeing=1).person == 0
    assert ask(torch.tensor([9.0]), enrolled, people, 1.0).person is None
    more = torch.cat([enrolled, torch.tensor([[9.1]])])  # enrolled without training
    assert ask(torch.tensor([9.0]), more, torch.tensor([0, 0, 1, 1, 2]), 1.0).person == 2


@given(st.floats(0, 4), st.floats(0, 4))
def test_certainty_falls_with_distance(one: float, other: float) -> None:
    limit = Threshold(0.8, 5.0)
    assert certainty(0.8, limit) == 0.5
    low, high = sorted((one, other))
    assert certainty(low, limit) >= certainty(high, limit)
