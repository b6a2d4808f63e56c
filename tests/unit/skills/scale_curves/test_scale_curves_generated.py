"""The generated task: its base error rate is a limit, and the nets learn apart."""

from __future__ import annotations

from statistics import fmean

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.scale_curves.curve import at
from skills.scale_curves.generated import (
    Experiment,
    Stack,
    expected_accuracy,
    scored,
    trained,
    truth,
)


@given(st.floats(0, 1), st.floats(0, 0.4))
def test_no_model_passes_the_base_error_rate(wrong: float, noise: float) -> None:
    assert expected_accuracy(wrong, noise) <= 1 - noise + 1e-12
    assert expected_accuracy(0, noise) == 1 - noise


def test_the_expected_accuracy_is_that_of_flipped_labels() -> None:
    chance = torch.Generator().manual_seed(0)
    labels = torch.rand(200_000, generator=chance) < 0.5
    guesses = labels ^ (torch.rand(200_000, generator=chance) < 0.3)
    noisy = labels ^ (torch.rand(200_000, generator=chance) < 0.1)
    share = float((guesses == noisy).float().mean())
    assert share == pytest.approx(expected_accuracy(0.3, 0.1), abs=0.005)


def test_the_wave_halves_the_square() -> None:
    x = torch.rand(20_000, 2, generator=torch.Generator().manual_seed(1)) * 2 - 1
    assert float(truth(x).mean()) == pytest.approx(0.5, abs=0.02)
    assert truth(torch.tensor([[0.25, 0.4], [0.25, 0.6]])).tolist() == [0, 1]


def test_the_nets_of_a_stack_do_not_touch() -> None:
    net = Stack(3, 4, seed=0)
    x = torch.rand(3, 5, 2)
    net(x)[1].sum().backward()
    grown = [float(weight.grad[0].abs().sum()) for weight in net.weights]
    assert grown == [0, 0, 0]
    assert float(net.weights[0].grad[1].abs().sum()) > 0


def test_a_large_net_passes_the_line_with_enough_points() -> None:
    experiment = Experiment(sizes=(50, 3000), repeats=2, steps=300)
    line = scored(experiment, "line", trained(experiment, 0))
    large = scored(experiment, "large", trained(experiment, 32))
    assert fmean(at(large, "large", 3000)) > fmean(at(line, "line", 3000)) + 0.03
    again = scored(experiment, "line", trained(experiment, 0))
    assert again == line
