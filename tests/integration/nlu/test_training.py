"""A whole small training: it learns, is the same for the same seed, and leaves its figures."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch

from nlu import train as training
from nlu.data.splits import Splits, outlines
from nlu.model import CONFIG, WEIGHTS, JointConfig, JointModel, load, trained_state
from nlu.pieces import PieceMaker
from nlu.predicting import fit_temperature, predict
from nlu.train import TrainConfig, train, training_items

SMALL = TrainConfig(seed=3, epochs=3, generated=120, varied_copies=0, rate=2e-2)


def trained(config: TrainConfig, joint: JointConfig, few: Splits, log: Path | None = None):
    random.seed(config.seed)
    torch.manual_seed(config.seed)
    model = JointModel(joint)
    maker = PieceMaker.load(Path(joint.encoder))
    return model, maker, train(model, few, maker, config, log)


def test_it_learns_and_writes_a_log(tiny_config: JointConfig, few: Splits, tmp_path: Path) -> None:
    log = tmp_path / "training.csv"
    _, _, best = trained(SMALL, tiny_config, few, log)
    lines = log.read_text().splitlines()
    losses = [float(line.split(",")[1]) for line in lines[1:]]
    assert lines[0].startswith("epoch,loss")
    assert losses[-1] < losses[0]
    assert 0 <= best["slot_f1"] <= 1


def test_the_same_seed_gives_the_same_weights(tiny_config: JointConfig, few: Splits) -> None:
    config = TrainConfig(seed=5, epochs=1, generated=60, varied_copies=0)
    first, second = (trained(config, tiny_config, few)[0] for _ in range(2))
    for name, tensor in trained_state(first).items():
        assert torch.equal(tensor, trained_state(second)[name]), name


def test_the_temperature_does_not_worsen_the_fit(tiny_config: JointConfig, few: Splits) -> None:
    model, maker, _ = trained(SMALL, tiny_config, few)
    assert 0.3 <= fit_temperature(model, few.dev, maker) <= 2.6
    assert predict(model, few.dev, maker).summary()["n"] == len(few.dev)


def test_a_run_leaves_weights_and_figures(
    tiny_config: JointConfig, few: Splits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "split_items", lambda _items: few)
    config = TrainConfig(epochs=1, generated=40, varied_copies=0)
    figures = training.run(config, tiny_config, torch.device("cpu"), tmp_path)
    assert json.loads((tmp_path / "metrics.json").read_text()) == figures
    assert {"dev", "test", "seed", "temperature"} <= set(figures)
    assert (tmp_path / CONFIG).exists()
    model = load(tmp_path, tiny_config.encoder)
    assert model.config.temperature == pytest.approx(figures["temperature"])
    assert (tmp_path / WEIGHTS).stat().st_size < 8_000_000


def test_training_never_sees_a_held_out_form(few: Splits) -> None:
    items = training_items(few, SMALL)
    assert not outlines((*few.dev, *few.test)) & {item.outline for item in items}


@pytest.mark.parametrize("bad", [{"rank": -1}, {"dropout": 1.0}, {"temperature": 0.0}])
def test_impossible_hyperparameters_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="impossible"):
        JointConfig(**bad)
