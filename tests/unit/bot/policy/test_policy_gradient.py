"""The policy gradient: masked, clipped, and with a baseline that takes no part in choosing."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from noisy_task import NoisyTask

from bot.policy.agents import RuleAgent
from bot.policy.learning.experience import batch_of, transitions
from bot.policy.learning.gradient import GradientConfig, PolicyGradient, clipped, rows
from bot.policy.learning.network import ActorCritic, permitted


def test_what_is_masked_has_no_probability_and_no_gradient() -> None:
    logits = torch.zeros(1, 3, requires_grad=True)
    shares = torch.softmax(permitted(logits, torch.tensor([[True, False, True]])), 1)
    assert shares.tolist() == [[0.5, 0.0, 0.5]]
    shares[0, 0].log().backward()
    assert logits.grad is not None
    assert logits.grad[0, 1] == 0.0


def test_no_step_beyond_the_clip() -> None:
    change = torch.tensor([0.5], requires_grad=True)
    clipped(change, torch.tensor([1.0]), 0.2).backward()
    assert change.grad == 0.0  # already much likelier than before: no further
    change = torch.tensor([-0.5], requires_grad=True)
    clipped(change, torch.tensor([1.0]), 0.2).backward()
    assert change.grad is not None
    assert change.grad < 0.0  # a good choice that became unlikely is pulled back


def test_it_begins_with_the_rules_preferred() -> None:
    network = ActorCritic(lean=2.0)
    seen = transitions(NoisyTask().play(0, 0.2, RuleAgent()).steps, 1.0)
    batch = batch_of(seen)
    shares = torch.softmax(permitted(network(batch.features), batch.mask), 1)
    assert int(shares[0].argmax()) == 0


def test_an_advantage_is_what_came_beyond_the_baseline() -> None:
    learner = PolicyGradient(GradientConfig(trace=1.0), 0)
    seen = transitions(NoisyTask().play(5, 0.5, learner).steps, 1.0)
    whole, later = [], 0.0
    for each in reversed(seen):
        later = each.reward + each.discount * later
        whole.insert(0, later)
    with torch.no_grad():
        worth = learner.online.worth(batch_of(seen).features)
    gains = learner._advantages(seen)
    assert gains.tolist() == pytest.approx((torch.tensor(whole) - worth).tolist(), abs=1e-5)


def test_rows_of_a_batch() -> None:
    seen = transitions(NoisyTask().play(0, 0.2, RuleAgent()).steps, 1.0)
    batch = batch_of([seen[0], replace(seen[0], reward=7.0)])
    assert rows(batch, torch.tensor([1])).reward.tolist() == [7.0]


def test_impossible_hyperparameters_are_refused() -> None:
    with pytest.raises(ValueError, match="clip"):
        GradientConfig(clip=0.0)
