"""Folds by camera, floors, calibration, training end to end on small data, the sheets."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from skills.day_night import floors, report, scoring, sweep
from skills.day_night.calibration import expected_calibration_error, temperature
from skills.day_night.net import DayNightNet
from skills.day_night.photos import read_folder, scene_groups
from skills.day_night.scenes import scene
from skills.day_night.training import DayNightConfig, logistic_loss
from skills.errors import DataLayoutInvalid, InvalidOption
from skills.kit import weights
from skills.protocol import no_progress
from skills.registry import get


def _folder(root: Path) -> Path:
    """Six cameras, each with its size, by day and by night."""
    for camera in range(6):
        for label, sun in (("day", 30), ("night", -20)):
            (root / "training" / label).mkdir(parents=True, exist_ok=True)
            for hour in range(2):
                picture = scene(sun, camera * 10 + hour, side=40).picture
                picture = picture.resize((40 + camera, 40))
                picture.save(root / "training" / label / f"{camera}-{hour}.png")
    return root


@given(st.floats(-30, 30), st.sampled_from([0.0, 1.0]))
def test_the_loss_is_the_lectures(logit: float, label: float) -> None:
    z, y = torch.tensor([logit], dtype=torch.float64), torch.tensor([label], dtype=torch.float64)
    chance = torch.sigmoid(z).clamp(1e-15, 1 - 1e-15)
    spoken = -(y * chance.log() + (1 - y) * (1 - chance).log())
    assert float(logistic_loss(z, y)) == pytest.approx(float(spoken), abs=1e-2)


@given(st.lists(st.integers(0, 8), min_size=5, max_size=40), st.integers(0, 99))
def test_no_camera_is_on_both_sides(cameras: list[int], seed: int) -> None:
    folds = scoring.folds_of(cameras, 5, seed)
    assert all(len({f for f, c in zip(folds, cameras, strict=True) if c == camera}) == 1
               for camera in set(cameras))  # fmt: skip
    assert max(folds) < 5


def test_day_and_night_of_a_camera_meet_by_their_size(tmp_path: Path) -> None:
    photos = read_folder(_folder(tmp_path))
    assert len(photos.labels) == 24
    assert len(set(photos.cameras)) <= 6
    by_size = dict(zip(photos.sizes, photos.cameras, strict=True))
    assert all(by_size[s] == g for s, g in zip(photos.sizes, photos.cameras, strict=True))
    noise = torch.rand(4, 3, 16, 16)
    assert len(set(scene_groups(noise, [(9, 9)] * 4))) == len(set(scene_groups(noise)))


def test_a_threshold_fitted_elsewhere_is_no_better_than_in_hindsight() -> None:
    chance = torch.Generator().manual_seed(0)
    labels = (torch.rand(60, generator=chance) < 0.5).float()
    values = torch.rand(60, generator=chance) - 0.3 * labels
    fitted = floors.fitted(values, labels, [row % 5 for row in range(60)])
    assert 0.5 < float(fitted.mean()) <= float(floors.oracle(values, labels).mean())
    assert floors.best_cut(torch.tensor([0.1, 0.2, 0.8]), torch.tensor([1.0, 1, 0])) == 0.5


def test_temperature_undoes_overconfidence() -> None:
    chance = torch.Generator().manual_seed(1)
    logits = torch.randn(4000, generator=chance) * 1.5
    labels = (torch.rand(4000, generator=chance) < torch.sigmoid(logits)).float()
    found = temperature(logits * 3, labels)
    assert found == pytest.approx(3, rel=0.15)
    raw = expected_calibration_error(torch.sigmoid(logits * 3), labels)
    assert expected_calibration_error(torch.sigmoid(logits * 3 / found), labels) < raw / 2


def test_training_end_to_end(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path / "weights")
    monkeypatch.setattr(report, "HELD_SCENES", 30)
    monkeypatch.setattr(report, "FITTING_SCENES", 30)
    monkeypatch.setattr(report, "SEEDS", 1)
    config = DayNightConfig(epochs=8, batch=8, generated=4, pool=30, folds=3)
    data = _folder(tmp_path / "data")
    found = report.train(data, 0, config, (8, 64))
    assert found["n"] == 24
    assert found["accuracy"] > 0.7
    measured = get("day_night").evaluate(data)
    assert measured["n"] == 24
    assert measured["accuracy"] > 0.7
    assert {"floor", "floor_oracle", "slices"} <= set(measured)
    shown = get("day_night").run([], {"sweep": "1"}, no_progress)
    assert len(shown.data["sweep"]) == 4
    assert Image.open(BytesIO(shown.pictures[0])).width <= 1024


def test_the_networks_of_the_sweep_take_every_side() -> None:
    for side in sweep.SIDES:
        assert DayNightNet(1, side)(torch.rand(2, 1, side, side)).shape == (2,)


def test_the_sheet_and_its_key(tmp_path: Path) -> None:
    own = get("day_night").run([], {"study": "1", "data": str(_folder(tmp_path))}, no_progress)
    assert (own.data["n"], own.data["generated"]) == (20, False)
    drawn = get("day_night").run([], {"study": 1}, no_progress)
    assert [Image.open(BytesIO(page)).format for page in drawn.pictures] == ["PNG", "PNG"]
    with pytest.raises(DataLayoutInvalid):
        get("day_night").run([], {"study": "1", "data": str(tmp_path / "none")}, no_progress)
    with pytest.raises(InvalidOption):
        get("day_night").run([], {"study": "maybe"}, no_progress)


def test_dusk_is_said_to_be_unsure(monkeypatch: object) -> None:
    from skills.day_night import skill

    for chance, says in ((0.6, "I'm not sure: rather night"), (0.99, "looks like night")):
        monkeypatch.setattr(skill, "probabilities", lambda net, x, c=chance: torch.tensor([c]))
        assert says in get("day_night").run([], {}, no_progress).text
