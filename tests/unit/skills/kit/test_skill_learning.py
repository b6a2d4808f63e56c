"""The training loop learns, is the same with the same seed, and leaves the network ready."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from skills.errors import WeightsMissing
from skills.kit import weights
from skills.kit.learning import Plan, learn


def _line(seed: int, watch: list[float] | None = None) -> nn.Linear:
    torch.manual_seed(0)
    net = nn.Linear(3, 1)
    x = torch.randn(64, 3, generator=torch.Generator().manual_seed(5))
    y = x @ torch.tensor([[1.0], [-2.0], [0.5]]) + 3

    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        return nn.functional.mse_loss(net(x[rows]), y[rows])

    losses = [] if watch is None else watch
    plan = Plan(epochs=60, batch=16, rate=0.1, weight_decay=0.0)
    learn(net, 64, loss_of, plan, seed, lambda epoch, loss: losses.append(loss))
    return net


def test_the_loss_falls_to_the_truth() -> None:
    losses: list[float] = []
    net = _line(1, losses)
    assert len(losses) == 60
    assert losses[-1] < losses[0] / 1000
    assert net.weight.detach()[0].tolist() == pytest.approx([1, -2, 0.5], abs=0.02)
    assert not net.training


def test_the_same_seed_gives_the_same_weights() -> None:
    assert torch.equal(_line(2).weight, _line(2).weight)
    assert not torch.equal(_line(2).weight, _line(3).weight)


def test_weights_are_kept_as_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    net = nn.Sequential(nn.Linear(40, 30), nn.BatchNorm1d(30))
    path = weights.save(net, "some", "part")
    assert path.stat().st_size < 2 * 40 * 30 + 2000
    again = weights.load(nn.Sequential(nn.Linear(40, 30), nn.BatchNorm1d(30)), "some", "part")
    assert torch.allclose(again[0].weight, net[0].weight, atol=1e-3)
    assert not again.training


@pytest.mark.parametrize("content", [None, b"", b"no weights"])
def test_absent_or_broken_weights_are_typed(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "model.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsMissing):
        weights.load_from(nn.Linear(2, 2), path)


def test_the_weights_of_another_network_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    path = weights.save(nn.Linear(3, 3), "other")
    with pytest.raises(WeightsMissing):
        weights.load_from(nn.Linear(2, 2), path)
