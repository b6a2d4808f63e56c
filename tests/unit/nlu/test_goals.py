"""Choices of candidates: the loss counts every choice that explains the goal."""

from __future__ import annotations

import pytest
import torch

from nlu.goals import Candidates, goal_loss


def candidates(
    group: list[int], accepted: list[int], unchanged: list[int], counted: list[int]
) -> Candidates:
    zeros = torch.zeros(len(group), dtype=torch.long)
    return Candidates(
        zeros, zeros, zeros, torch.zeros(len(group), 1), zeros, torch.zeros(len(group), 5),
        torch.tensor(group), torch.tensor(accepted), torch.tensor(unchanged),
        torch.tensor(counted),
    )  # fmt: skip


def test_one_right_candidate_against_none_and_another() -> None:
    scores = torch.tensor([2.0, 1.0])
    loss = goal_loss(scores, candidates([0, 0], [1, 0], [0], [1]))
    share = torch.softmax(torch.tensor([0.0, 2.0, 1.0]), 0)[1]
    assert float(loss) == pytest.approx(float(-share.log()), abs=1e-5)


def test_none_explains_a_goal_that_stays() -> None:
    loss = goal_loss(torch.tensor([-9.0]), candidates([0], [0], [1], [1]))
    assert float(loss) == pytest.approx(0.0, abs=1e-3)


def test_two_mentions_of_the_same_value_share_the_credit() -> None:
    both = goal_loss(torch.tensor([3.0, 3.0]), candidates([0, 0], [1, 1], [0], [1]))
    one = goal_loss(torch.tensor([3.0, 3.0]), candidates([0, 0], [1, 0], [0], [1]))
    assert float(both) < float(one)


def test_a_slot_that_nothing_explains_teaches_nothing() -> None:
    scores = torch.tensor([1.0, 4.0], requires_grad=True)
    goal_loss(scores, candidates([0, 1], [1, 0], [0, 0], [1, 0])).backward()
    assert scores.grad is not None
    assert float(scores.grad[0]) < 0 == float(scores.grad[1])


@pytest.mark.parametrize("size", [80.0, -80.0, 1e4])
def test_huge_scores_do_not_overflow(size: float) -> None:
    loss = goal_loss(torch.tensor([size, -size]), candidates([0, 0], [0, 1], [1], [1]))
    assert torch.isfinite(loss)
