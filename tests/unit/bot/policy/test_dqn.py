"""Deep Q-learning as lecture 9 has it, and with what was added to it."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from noisy_task import NoisyTask

from bot.policy.agents import RuleAgent
from bot.policy.learning.dqn import DQN, DQNConfig, loss, target
from bot.policy.learning.experience import REWARD_SCALE, Batch, Replay, transitions
from bot.policy.learning.network import DuelingNetwork
from skills.recycling_robot.skill import STATES, TERMINAL, exact, step


def batch(network: DuelingNetwork, discount: float, seed: int = 0) -> Batch:
    torch.manual_seed(seed)
    inputs, choices = network.trunk.first.in_features, network.advantage.out_features
    return Batch(
        torch.randn(8, inputs),
        torch.ones(8, choices, dtype=torch.bool),
        torch.randint(choices, (8,)),
        torch.randn(8),
        torch.randn(8, inputs),
        torch.ones(8, choices, dtype=torch.bool),
        torch.full((8,), discount),
    )


def test_no_gradient_goes_through_the_target() -> None:
    network = DuelingNetwork(5, 3, 8)
    one = batch(network, 0.9)
    y = target(network, network, one)
    assert not y.requires_grad
    copied = copy.deepcopy(network)
    loss(network, copied, one).backward()
    assert all(each.grad is None for each in copied.parameters())
    held = [p.grad.clone() for p in network.parameters()]
    network.zero_grad()
    q = network(one.features).gather(1, one.choice[:, None]).squeeze(1)
    torch.nn.functional.smooth_l1_loss(q, y.detach(), beta=3.0).backward()
    for kept, now in zip(held, network.parameters(), strict=True):
        assert torch.equal(kept, now.grad)


def test_at_the_end_the_target_is_the_reward() -> None:
    network = DuelingNetwork(5, 3, 8)
    one = batch(network, 0.0)
    assert torch.equal(target(network, network, one), one.reward)


def test_the_network_chooses_and_the_copy_values_only_what_is_permitted() -> None:
    online, copied = DuelingNetwork(5, 3, 8), DuelingNetwork(5, 3, 8)
    one = batch(online, 0.5)
    best = int(online(one.following[:1]).argmax())
    one.following_mask[0, best] = False
    with torch.no_grad():
        q = online(one.following[:1])[0].clone()
        q[best] = -torch.inf
        expected = one.reward[0] + 0.5 * copied(one.following[:1])[0, int(q.argmax())]
    assert float(target(online, copied, one)[0]) == pytest.approx(float(expected))


def test_the_recycling_robot_within_a_tenth_of_the_table() -> None:
    """One-hot states, both actions from each; the copy refreshed now and then."""
    torch.manual_seed(0)
    best = exact(0.9)
    network = DuelingNetwork(len(STATES), 2, 32)
    copied = copy.deepcopy(network)
    places = [(state, action) for state in (1, 2, 3) for action in (0, 1)]
    led = [step(state, action) for state, action in places]
    one_hot = torch.eye(len(STATES))
    whole = Batch(
        one_hot[[state for state, _ in places]],
        torch.ones(len(places), 2, dtype=torch.bool),
        torch.tensor([action for _, action in places]),
        torch.tensor([reward for _, reward in led]),
        one_hot[[following for following, _ in led]],
        torch.ones(len(places), 2, dtype=torch.bool),
        torch.tensor([0.0 if following in TERMINAL else 0.9 for following, _ in led]),
    )
    optimiser = torch.optim.Adam(network.parameters(), lr=2e-2)
    for update in range(600):
        if update % 20 == 0:
            copied.load_state_dict(network.state_dict())
        optimiser.zero_grad()
        loss(network, copied, whole).backward()
        optimiser.step()
    with torch.no_grad():
        learned = network(one_hot)
    for state in (1, 2, 3):
        assert learned[state].tolist() == pytest.approx(best[state], abs=0.1)


def test_rewards_are_summed_and_discounted_between_choices() -> None:
    steps = NoisyTask().play(1, 0.0, Confirming()).steps
    found = transitions(steps, 0.5)
    places = [place for place, each in enumerate(steps) if len(each.decision.candidates) > 1]
    assert len(found) == len(places) < len(steps)
    expected = sum(
        0.5 ** (each.decision.state.turn - steps[0].decision.state.turn) * each.reward
        for each in steps[: [*places, len(steps)][1]]
    )
    assert found[0].reward == pytest.approx(expected / REWARD_SCALE)
    assert found[-1].discount == 0.0
    assert transitions((), 0.9) == []


class Confirming(RuleAgent):
    def choose(self, decision):
        return decision.candidates[min(1, len(decision.candidates) - 1)]


def test_the_oldest_experience_goes_first() -> None:
    seen = transitions(NoisyTask().play(0, 0.2, RuleAgent()).steps, 1.0)
    replay = Replay(3, np.random.default_rng(0))
    for _ in range(5):
        replay.extend(seen)
    assert len(replay) == 3
    assert replay.sample(7).features.shape[0] == 7


@pytest.mark.parametrize("progress", [0.0, 0.3, 0.6, 1.0])
def test_exploration_falls_and_stays(progress: float) -> None:
    config = DQNConfig()
    assert config.explore_last - 1e-9 <= config.epsilon(progress) <= config.explore_first
    assert config.epsilon(1.0) == pytest.approx(config.explore_last)


def test_a_learner_never_leaves_the_candidates() -> None:
    learner = DQN(DQNConfig(explore_first=1.0, explore_last=1.0), 0)
    for seed in range(50):
        NoisyTask().play(seed, 0.4, learner)  # the task itself asserts it


def test_impossible_hyperparameters_are_refused() -> None:
    with pytest.raises(ValueError, match="explore"):
        DQNConfig(explore_first=0.1, explore_last=0.2)
