"""A whole small training: it learns, is the same for the same seed, and goes on after a kill."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nlu.batches import coder_of
from nlu.data.dialogue_files import conversation_of
from nlu.decoding import log_softmax
from nlu.evaluation.measuring import Scored, calibrate, intent_scores, measured
from nlu.model import JointConfig, JointModel
from nlu.saving import CONFIG, WEIGHTS, load, trained_state
from nlu.schema import QUAD
from nlu.train import run
from nlu.training.checkpoints import CHECKPOINT, Progress
from nlu.training.joint_task import JointTask
from nlu.training.loop import FitConfig, fit
from nlu.training.own import OwnData, OwnTraining, Sources
from nlu.training.plan import Training

SMALL = FitConfig(seed=3, epochs=3, rate=2e-2, encoder_rate=2e-2)
FEW = Sources(generated=120, varied_copies=0)


def trained(config: FitConfig, joint: JointConfig, few: OwnData, folder: Path | None = None):
    torch.manual_seed(config.seed)
    model, coder = JointModel(joint, QUAD), coder_of(joint.encoder)
    reading = OwnTraining(few, FEW, config.seed)
    return model, fit(model, JointTask(coder, reading, few.dev, config.batch), config, folder)


@pytest.mark.parametrize("crf", [False, True])
def test_it_learns_and_leaves_a_curve(
    tiny_config: JointConfig, few: OwnData, tmp_path: Path, crf: bool
) -> None:
    _, best = trained(SMALL, replace(tiny_config, crf=crf), few, tmp_path)
    lines = (tmp_path / "training.csv").read_text().splitlines()
    losses = [float(line.split(",")[1]) for line in lines[1:]]
    assert lines[0].startswith("epoch,loss")
    assert losses[-1] < losses[0]
    assert 0 <= best["slot_f1"] <= 1
    assert (tmp_path / "training.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / CHECKPOINT).exists()


def test_a_killed_training_goes_on_as_if_it_had_not_been(
    tiny_config: JointConfig, few: OwnData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = trained(SMALL, tiny_config, few)
    keep = Progress.keep

    def keep_and_die(self: Progress, folder: Path, config: FitConfig) -> None:
        keep(self, folder, config)
        if self.epoch == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "keep", keep_and_die)
    with pytest.raises(KeyboardInterrupt):
        trained(SMALL, tiny_config, few, tmp_path)
    monkeypatch.setattr(Progress, "keep", keep)
    resumed, _ = trained(SMALL, tiny_config, few, tmp_path)
    for name, tensor in trained_state(whole).items():
        assert torch.equal(tensor, trained_state(resumed)[name]), name


def test_what_follows_in_a_conversation_has_a_temperature_of_its_own(
    tiny_config: JointConfig, few: OwnData
) -> None:
    torch.manual_seed(0)
    model, coder = JointModel(tiny_config, QUAD).eval(), coder_of(tiny_config.encoder)
    talks = [conversation_of(dialogue) for dialogue in few.train_dialogues]
    raw = intent_scores(model, coder, talks)
    model.config = replace(tiny_config, temperature=2.0, temperature_later=4.0)
    calibrated = intent_scores(model, coder, talks)
    assert raw.later.any()
    assert not raw.later.all()
    heat = np.where(raw.later, 4.0, 2.0)[:, None]
    assert calibrated.scores == pytest.approx(raw.scores / heat, abs=1e-5)


def test_calibration_lowers_the_log_loss_of_first_and_later_turns(
    tiny_config: JointConfig, few: OwnData
) -> None:
    torch.manual_seed(0)
    model, coder = JointModel(tiny_config, QUAD).eval(), coder_of(tiny_config.encoder)
    before = intent_scores(model, coder, few.dev)
    calibrate(model, coder, few.dev)
    after = intent_scores(model, coder, few.dev)
    for part in (before.later, ~before.later):
        assert log_loss(after, part) <= log_loss(before, part) + 1e-6


def log_loss(found: Scored, part: NDArray[np.bool_]) -> float:
    rows = log_softmax(found.scores[part])
    return -float(rows[np.arange(len(rows)), found.gold[part]].mean()) if len(rows) else 0.0


@pytest.mark.parametrize("encoder", ["bilstm", "cnn"])
def test_the_other_encoders_learn_too(encoder: str, few: OwnData, tmp_path: Path) -> None:
    joint = JointConfig(encoder=encoder)
    training = Training(replace(SMALL, epochs=1, rate=2e-3), joint, FEW)
    figures = run(training, few, torch.device("cpu"), tmp_path)
    model = load(tmp_path)
    assert measured(model, coder_of(encoder), few.dev).summary() == pytest.approx(
        figures["dev"], abs=0.05
    )
    assert (tmp_path / WEIGHTS).stat().st_size < 8_000_000


def test_a_run_leaves_weights_figures_and_a_card(
    tiny_config: JointConfig, few: OwnData, tmp_path: Path
) -> None:
    training = Training(replace(SMALL, epochs=1), tiny_config, FEW)
    figures = run(training, few, torch.device("cpu"), tmp_path)
    assert json.loads((tmp_path / "metrics.json").read_text()) == figures
    assert {"dev", "test", "seed", "temperature"} <= set(figures)
    assert (tmp_path / CONFIG).exists()
    card = (tmp_path / "README.md").read_text()
    assert "| test |" in card
    assert "| enroll |" in card
    assert (tmp_path / "reliability.png").exists()
    model = load(tmp_path, tiny_config.encoder)
    assert model.config.temperature == pytest.approx(figures["temperature"])


def test_training_never_sees_a_held_out_form(few: OwnData) -> None:
    reading = OwnTraining(few, FEW, 0)
    forms = {item.outline for item in few.items.train} & few.held_out
    assert not forms & {item.outline for item in reading._items}
    held_out = {turn.words for (turn, *_) in few.dev if len(turn.words) > 6}
    assert not held_out & {turn.words for turns in reading(0) for turn in turns if turn.tags}


def test_weights_of_another_model_are_refused(tiny_weights: Path, tmp_path: Path) -> None:
    saved = json.loads((tiny_weights / CONFIG).read_text())
    (tmp_path / CONFIG).write_text(json.dumps({**saved, "memory": False}))
    (tmp_path / WEIGHTS).write_bytes((tiny_weights / WEIGHTS).read_bytes())
    with pytest.raises(ValueError, match="another model"):
        load(tmp_path)


@pytest.mark.parametrize("bad", [{"dropout": 1.0}, {"temperature": 0.0}])
def test_impossible_hyperparameters_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="impossible"):
        JointConfig(**bad)
