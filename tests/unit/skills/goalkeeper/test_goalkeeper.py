"""The goalkeeper's kick: its process, its formulas, its training, its picture."""

from __future__ import annotations

import math
from dataclasses import replace
from io import BytesIO

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from skills.errors import InvalidOption
from skills.goalkeeper.match import bayes_error, draw_match, on_pitch
from skills.goalkeeper.net import Curve, Line, inverted_dropout, l2_penalty, logistic_loss
from skills.goalkeeper.pitch import sign_changes
from skills.goalkeeper.skill import SKILL, best_aim
from skills.goalkeeper.training import GoalkeeperConfig, accuracy, fit_curve, fit_line
from skills.kit.learning import Plan
from skills.protocol import no_progress

QUICK = GoalkeeperConfig(plan=Plan(epochs=150, batch=300, rate=2e-2, weight_decay=0.0))


def _chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@given(st.floats(-30, 30), st.integers(0, 1))
@settings(deadline=None)
def test_the_logistic_loss_is_the_lectures(logit: float, label: int) -> None:
    guess = 1 / (1 + math.exp(-logit))
    expected = -math.log(max(guess if label else 1 - guess, 1e-300))
    loss = logistic_loss(torch.tensor([logit]), torch.tensor([float(label)]))
    assert float(loss) == pytest.approx(expected, rel=1e-2, abs=1e-5)


def test_the_penalty_counts_weights_and_no_biases() -> None:
    net = Line()
    net.load_state_dict({"layer.weight": torch.tensor([[3.0, 4.0]]), "layer.bias": torch.ones(1)})
    assert float(l2_penalty(net, 0.7, 10).detach()) == pytest.approx(0.7 / 20 * 25)


@given(st.floats(0.2, 1.0), st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_dropout_keeps_the_mean(keep: float, seed: int) -> None:
    dropped = inverted_dropout(torch.ones(20_000), keep, _chance(seed))
    assert float(dropped.mean()) == pytest.approx(1, abs=0.1)
    assert set(dropped.unique().tolist()) <= {0.0, float(torch.tensor(1.0) / keep)}


def test_a_net_without_chance_drops_nothing() -> None:
    net, points = Curve(keep=0.5), torch.rand(50, 2) * 60
    assert torch.equal(net(points), net(points))
    assert not torch.equal(net(points), net(points, _chance()))


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_kicks_follow_the_known_chance(seed: int) -> None:
    match = draw_match(seed)
    points, labels = match.kicks(4_000, _chance(seed))
    assert len(labels) == 4_000
    assert bool(on_pitch(points).all())
    chance = torch.sigmoid(match.logit(points))
    for low, high in ((0.0, 0.2), (0.2, 0.8), (0.8, 1.01)):
        rows = (chance >= low) & (chance < high)
        gap = float((labels[rows] - chance[rows]).mean())
        assert abs(gap) < 4 * 0.5 / math.sqrt(int(rows.sum()))


def test_the_best_rule_errs_as_often_as_said() -> None:
    match = draw_match(3)
    points, labels = match.kicks(20_000, _chance(9))
    wrong = float(((match.logit(points) > 0) != labels.bool()).float().mean())
    assert wrong == pytest.approx(bayes_error(match, _chance(1)), abs=0.01)


@pytest.mark.parametrize("way", ["none", "l2", "dropout"])
def test_a_short_training_bends_the_line(way: str) -> None:
    match = draw_match(0)
    points, labels = match.kicks(QUICK.kicks, _chance(1))
    later, truth = match.kicks(2_000, _chance(2))
    line = accuracy(fit_line(points, labels, QUICK, 0), later, truth)
    curve = accuracy(fit_curve(points, labels, way, QUICK, 0), later, truth)
    assert curve > line + 0.03 > 0.6


def test_l2_makes_weights_smaller() -> None:
    points, labels = draw_match(0).kicks(300, _chance(1))
    free, held = (fit_curve(points, labels, way, QUICK, 0) for way in ("none", "l2"))
    assert float(l2_penalty(held, 1, 1).detach()) < float(l2_penalty(free, 1, 1).detach())


def test_the_same_seed_learns_the_same() -> None:
    points, labels = draw_match(0).kicks(100, _chance(1))
    short = replace(QUICK, plan=replace(QUICK.plan, epochs=10))
    one, two = (fit_curve(points, labels, "dropout", short, 5) for _ in range(2))
    assert torch.equal(one(points), two(points))


def test_the_aim_is_a_safe_spot_far_up() -> None:
    class Left(torch.nn.Module):
        def forward(self, points: torch.Tensor) -> torch.Tensor:
            return (50 - points[:, 0]) * 10

    spots = torch.tensor([[10.0, 30.0], [40.0, 30.0], [41.0, 1.0], [49.0, 30.0], [90.0, 30.0]])
    assert best_aim(Left(), spots).tolist() == [40.0, 30.0]


def test_the_boundary_is_where_the_sign_changes() -> None:
    edge = sign_changes(torch.tensor([[1.0, 1.0, -1.0], [1.0, 1.0, -1.0]]))
    assert edge.tolist() == [[False, True, False], [False, True, False]]


def test_a_run_shows_how_the_line_moves() -> None:
    shown: list[bytes] = []
    result = SKILL.run(
        [],
        {"seed": "4", "regularisation": "dropout"},
        lambda share, picture=None: shown.append(picture) if picture else None,
    )
    assert len(shown) >= 5
    assert all(Image.open(BytesIO(each)).width <= 1024 for each in [*shown, *result.pictures])
    assert result.data["accuracy"]["dropout"] > result.data["line"] > result.data["majority"]


@pytest.mark.parametrize(
    "options", [{"seed": "x"}, {"seed": -1}, {"seed": None}, {"regularisation": "l3"}]
)
def test_impossible_options_are_named(options: dict) -> None:
    with pytest.raises(InvalidOption):
        SKILL.run([], options, no_progress)
