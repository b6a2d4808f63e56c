"""The curves: what is read off points, the digits' split, the hinge, a smoke measurement."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from skills.errors import DataLayoutInvalid, InvalidOption, WeightsMissing
from skills.kit import figures as kept
from skills.kit import weights
from skills.protocol import no_progress
from skills.registry import get
from skills.scale_curves import curve, digits, figures, measuring, models
from skills.scale_curves.curve import Point


def _write_digits(folder: Path, train: int = 900, test: int = 200) -> Path:
    """Pictures whose class is the bright row: learnable at once."""
    chance = np.random.default_rng(0)
    arrays = {}
    for part, count in (("train", train), ("test", test)):
        labels = chance.integers(0, 10, count)
        pixels = chance.integers(0, 60, (count, 28, 28), dtype=np.uint8)
        pixels[np.arange(count), labels * 2 + 3] = 255
        arrays |= {f"x_{part}": pixels, f"y_{part}": labels.astype(np.uint8)}
    np.savez(folder / "mnist.npz", **arrays)
    return folder


def test_a_mean_has_students_interval() -> None:
    mean, (low, high) = curve.mean_interval([1.0, 2.0, 3.0])
    assert mean == 2
    assert high - 2 == pytest.approx(4.303 / 3**0.5, rel=1e-3)
    assert 2 - low == pytest.approx(high - 2)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=8), st.floats(-0.5, 0.5))
def test_a_constant_difference_is_sure(values: list[float], gap: float) -> None:
    points = [Point("a", 100, seed, value) for seed, value in enumerate(values)]
    points += [Point("b", 100, seed, value + gap) for seed, value in enumerate(values)]
    found, (low, high) = curve.difference(points, "b", "a", 100)
    assert found == pytest.approx(gap, abs=1e-9)
    assert high - low < 1e-9


def test_what_the_last_doubling_brought() -> None:
    points = [Point("a", size, 0, value) for size, value in ((10, 0.2), (20, 0.5), (40, 0.6))]
    assert curve.last_doubling(points, "a") == pytest.approx([0.1])


def test_the_slopes_are_compared_seed_by_seed() -> None:
    gains = {"large": (0.1, 0.3), "logistic": (0.05, 0.1)}
    points = [Point(name, 10, seed, 0.5) for name in gains for seed in (0, 1)]
    points += [
        Point(name, 20, s, 0.5 + gain) for name in gains for s, gain in enumerate(gains[name])
    ]
    assert curve.slope_gaps(points) == pytest.approx([0.05, 0.2])


def test_sizes_out_of_order_are_named() -> None:
    points = [Point("a", 10, 0, 0.5), Point("b", 10, 0, 0.4)]
    points += [Point("a", 20, 0, 0.5), Point("b", 20, 0, 0.6)]
    assert curve.out_of_order(points, ["a", "b"]) == [10]


def test_points_survive_the_file(tmp_path: Path) -> None:
    points = [Point("a", 10, 0, 0.5), Point("b", 20, 1, 0.25)]
    curve.write(tmp_path / "x" / "curves.json", points)
    assert curve.read(tmp_path / "x" / "curves.json") == points
    with pytest.raises(WeightsMissing):
        curve.read(tmp_path / "none.json")


@given(st.integers(0, 50))
def test_subsets_are_nested_and_of_their_seed(seed: int) -> None:
    rows = digits.nested_rows(100, (5, 20, 80), seed)
    assert set(rows[5].tolist()) < set(rows[20].tolist()) < set(rows[80].tolist())
    assert len(set(rows[80].tolist())) == 80


def test_no_digit_is_in_two_parts(tmp_path: Path) -> None:
    split = digits.read(_write_digits(tmp_path), pool=700)
    assert (len(split.pool), len(split.dev), len(split.test)) == (700, 200, 200)
    rows = {bytes(row) for row in split.pool.pixels.numpy()}
    assert not rows & {bytes(row) for row in split.dev.pixels.numpy()}


@pytest.mark.parametrize("broken", ["absent", "text", "keys", "shape", "few"])
def test_a_folder_without_the_digits_is_named(tmp_path: Path, broken: str) -> None:
    if broken == "text":
        (tmp_path / "mnist.npz").write_text("hello")
    elif broken == "keys":
        np.savez(tmp_path / "mnist.npz", x=np.zeros(3))
    elif broken == "shape":
        names = ("x_train", "y_train", "x_test", "y_test")
        np.savez(tmp_path / "mnist.npz", **dict.fromkeys(names, np.zeros(3)))
    elif broken == "few":
        _write_digits(tmp_path, train=50)
    with pytest.raises(DataLayoutInvalid):
        digits.read(tmp_path)


def test_the_hinge_wants_a_margin_of_one() -> None:
    scores = torch.tensor([[3.0, 1.0, 0.0], [0.5, 0.0, 0.0]])
    assert float(models.hinge(scores, torch.tensor([0, 0]))) == pytest.approx(0.25)
    assert float(models.hinge(scores[:1], torch.tensor([0]))) == 0


def test_the_networks_grow() -> None:
    numbers = [models.parameters(model) for model in models.NETWORKS_BY_SIZE]
    assert numbers == sorted(numbers)
    assert numbers[0] == 7850


def test_small_subsets_get_as_many_steps() -> None:
    few = measuring.plan(models.LARGE, 100, measuring.Measuring())
    many = measuring.plan(models.LARGE, 51_200, measuring.Measuring())
    assert few.epochs == 800
    assert many.epochs == 10


def test_a_small_measurement_learns_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path / "weights")
    split = digits.read(_write_digits(tmp_path), pool=600)
    plan = measuring.Measuring((50, 100), seeds=(0, 1), batch=32, least_steps=60)
    points = measuring.measure(
        split, plan, lambda model, net: weights.save(net, figures.NAME, model.name)
    )
    assert len(points) == 5 * 2 * 2
    assert min(curve.at(points, "logistic", 100)) > 0.6  # chance: 0.1
    kept.write(weights.FOLDER, figures.NAME, figures.figures(points, split, "here"))
    assert all(figure.data == "real" for figure in kept.read(weights.FOLDER, figures.NAME))
    scores = figures.score(split)
    assert scores["n"] == 200
    assert scores["logistic"]["accuracy"] == pytest.approx(
        curve.at(points, "logistic", 100)[0], abs=0.02
    )


def test_the_committed_points_and_nets_belong_together() -> None:
    points = curve.read(weights.FOLDER / figures.NAME / "curves.json")
    assert len(points) == 5 * 10 * 5
    assert curve.difference(points, "large", "medium", 51_200)[1][0] > 0
    assert all(figures.committed(model) is not None for model in models.MODELS)


def test_a_run_draws_measured_and_live_curves() -> None:
    seen: list[bytes] = []

    def watch(share: float, picture: bytes | None = None) -> None:
        assert 0 <= share <= 1
        seen.extend([picture] if picture else [])

    result = get("scale_curves").run([], {"sizes": "30, 300", "noise": "0.2"}, watch)
    assert len(result.pictures) == 2
    assert len(seen) == 5
    assert all(max(Image.open(BytesIO(each)).size) <= 1024 for each in result.pictures)
    assert "80%" in result.text
    assert max(result.data["live"]["large"].values()) <= 0.8


@pytest.mark.parametrize(
    "options",
    [{"sizes": "5, 500"}, {"sizes": "many"}, {"sizes": 7}, {"sizes": "50"}, {"sizes": [1e9, 50]},
     {"noise": 0.7}, {"noise": "x"}, {"noise": float("nan")}, {"seed": -1}, {"seed": 1.5},
     {"seed": "inf"}],
)  # fmt: skip
def test_an_impossible_wish_is_named(options: dict) -> None:
    with pytest.raises(InvalidOption) as caught:
        get("scale_curves").run([], options, no_progress)
    assert caught.value.option in options
