"""The two skills: answers, options, others' folders, a short training."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.detection import kinds, report
from skills.detection.detect import letterbox
from skills.detection.evaluation import find, score
from skills.detection.kinds import CAMPUS, ROAD, Kind
from skills.detection.loss import Lambdas
from skills.detection.net import Detector
from skills.detection.scenes.palette import Look
from skills.detection.skill import DetectorSkill
from skills.detection.training import DetectionConfig, Further, fit, teach
from skills.errors import DataLayoutInvalid, InvalidOption, NotAnImage
from skills.kit import figures, weights
from skills.kit.learning import Plan
from skills.protocol import no_progress
from skills.registry import get

NAMES = pytest.mark.parametrize("name", ["object_detection", "car_detection"])


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@NAMES
def test_the_sample_is_answered_with_boxes(name: str) -> None:
    result = get(name).run([], {}, no_progress)
    assert len(result.data["found"]) >= 2
    assert "generated" in result.text
    assert "things that were drawn here" in result.text
    shown = Image.open(BytesIO(result.pictures[0]))
    assert max(shown.size) <= 1024


@pytest.mark.parametrize("kind", [CAMPUS, ROAD], ids=lambda kind: kind.name)
def test_the_kept_weights_find_things_in_scenes_never_seen(kind: Kind) -> None:
    scenes = kinds.drawn(kind, range(6_000_000, 6_000_020), Look.UNSEEN, 128)
    net = weights.load(Detector(len(kind.classes)), kind.name)
    assert score(find(net, scenes), scenes, kind.classes).mean > 0.6


@pytest.mark.parametrize("size", [(500, 90), (60, 400), (1, 1), (900, 900)])
def test_a_picture_of_any_shape_without_things(size: tuple[int, int]) -> None:
    upload = _png(Image.new("RGB", size, (90, 120, 90)))
    result = get("object_detection").run([upload], {"threshold": 0.95}, no_progress)
    assert result.data["found"] == []
    assert "nothing" in result.text
    assert len(result.pictures) == 2  # the faint guess, and what it would know


def test_boxes_come_back_from_the_square() -> None:
    square = letterbox(Image.new("RGB", (400, 100)))
    boxes = torch.tensor([[0.1, 0.2, 0.6, 0.9]])
    assert torch.allclose(square.back(square.into(boxes)), boxes, atol=1e-6)
    assert square.share == (1.0, 0.25)


@pytest.mark.parametrize("value", ["much", "nan", 0, 1, -0.5, "2", None, []])
def test_a_threshold_out_of_range(value: object) -> None:
    with pytest.raises(InvalidOption):
        get("car_detection").run([], {"threshold": value}, no_progress)


def test_no_picture() -> None:
    with pytest.raises(NotAnImage):
        get("car_detection").run([b"text"], {}, no_progress)


def _folder(root: Path, truth: object) -> Path:
    (root / "images").mkdir()
    Image.new("RGB", (200, 100), (80, 90, 100)).save(root / "images" / "a.png")
    (root / "boxes.json").write_text(json.dumps(truth), encoding="utf-8")
    return root


def test_others_pictures_are_scored(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"a.png": [{"name": "car", "box": [10, 20, 60, 70]}]})
    scored = get("car_detection").evaluate(folder)
    assert scored["n"] == 1
    assert 0 <= scored["map"] <= 1
    assert set(scored["by_class"]) == {"car"}


@pytest.mark.parametrize(
    "truth",
    [
        [], {}, {"a.png": 3}, {"a.png": [{"name": "dragon", "box": [0, 0, 9, 9]}]},
        {"a.png": [{"name": "car", "box": [0, 0, 9]}]},
        {"a.png": [{"name": "car", "box": [9, 9, 0, 0]}]},
        {"a.png": [{"name": "car"}]},
    ],
)  # fmt: skip
def test_others_folders_must_have_the_layout(tmp_path: Path, truth: object) -> None:
    with pytest.raises(DataLayoutInvalid):
        get("car_detection").evaluate(_folder(tmp_path, truth))


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataLayoutInvalid):
        get("car_detection").evaluate(tmp_path / "none")
    with pytest.raises(DataLayoutInvalid):
        get("car_detection").train(tmp_path, 0)


def test_a_short_training_lowers_the_loss() -> None:
    scenes = kinds.drawn(ROAD, range(16), Look.SEEN, 128)
    losses: list[float] = []
    plan = DetectionConfig(plan=Plan(epochs=4, batch=4, rate=3e-3))
    fit(scenes, len(ROAD.classes), plan, 0, lambda epoch, loss: losses.append(loss))
    assert losses[-1] < 0.8 * losses[0]


def test_a_trained_net_is_taught_further_in_half_precision() -> None:
    scenes = kinds.drawn(CAMPUS, range(8), CAMPUS.chosen, 128)  # on which it has most to learn
    net = weights.load(Detector(len(CAMPUS.classes)), CAMPUS.name)
    losses: list[float] = []
    plan = Plan(epochs=10, batch=4, rate=1e-3)
    teach(net, scenes, plan, Lambdas(), 0, lambda epoch, loss: losses.append(loss), half=True)
    assert losses[-1] < 0.9 * losses[0]
    assert {each.dtype for each in net.parameters()} == {torch.float32}


def test_the_second_stage_has_as_many_scenes_of_each_look() -> None:
    config = DetectionConfig(further=Further(scenes=1))
    scenes = report.further_scenes(CAMPUS, config)
    alone = [CAMPUS.draw(report.TRAIN, look, 128) for look in (Look.SEEN, Look.CHANCE)]
    assert [each.pixels.tolist() for each in scenes] == [each.pixels.tolist() for each in alone]
    assert CAMPUS.chosen not in CAMPUS.further
    assert report.further_scenes(ROAD, config) == []


def test_train_keeps_weights_and_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    tiny = DetectionConfig(scenes=8, development=6, test=6, plan=Plan(epochs=1, batch=8),
                           ablation_scenes=8, ablation_epochs=1,
                           further=Further(scenes=4, plan=Plan(epochs=1, batch=8)))  # fmt: skip
    result = DetectorSkill(CAMPUS, 1, tiny).train(Path("-"), 0)
    kept = figures.read(tmp_path, CAMPUS.name)
    assert result["n"] == 6
    assert {figure.data for figure in kept} == {"generated"}
    assert 0.04 < float(weights.load(Detector(len(CAMPUS.classes)), CAMPUS.name).threshold) < 0.91
    assert report.TEST != report.DEVELOPMENT
