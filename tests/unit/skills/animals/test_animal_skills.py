"""Both skills: a small training on drawn pictures, the committed weights on drawings, bad input."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.animals import layers_report, layers_skill, layers_telling, report
from skills.animals.composites import VEHICLES, Composition
from skills.animals.drawn import draw_animal
from skills.animals.encodings import (
    AscentConfig,
    activations,
    exciting,
    filters,
    spokesmen,
    unit_values,
)
from skills.animals.net import LAYERS, NAME, AnimalNet, Committee
from skills.animals.pixels import PixelsConfig, fit_pixels, pixel_answers
from skills.animals.probes import ProbesConfig, fit_probe, right
from skills.animals.skill import SKILL
from skills.animals.training import AnimalsConfig, keep_back
from skills.animals.views import as_seen
from skills.errors import DataLayoutInvalid, InvalidOption, NotAnImage, WrongNumberOfFiles
from skills.kit import figures, weights
from skills.kit.cifar import ANIMALS
from skills.kit.learning import Plan
from skills.protocol import no_progress
from skills.registry import get

_PLAN = Plan(epochs=8, batch=16, rate=4e-3)


def _pixels(kind: str, number: int) -> Image.Image:
    """A drawing of an animal, or a grey box for a vehicle."""
    if kind in ANIMALS:
        return draw_animal(kind, number).resize((32, 32), Image.Resampling.BOX)
    image = Image.new("RGB", (32, 32), (200, 205, 215))
    image.paste((90, 90, 110), (4, 12 + number % 4, 28, 26))
    return image


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve pictures of each class to train with and four to test with."""
    root = tmp_path_factory.mktemp("cifar")
    for part, numbers in (("train", range(12)), ("test", range(50, 54))):
        for kind in (*ANIMALS, *VEHICLES):
            (root / part / kind).mkdir(parents=True)
            for number in numbers:
                _pixels(kind, number).save(root / part / kind / f"{number:03}.png")
    return root


def test_a_small_training_beats_its_floors(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    losses: list[float] = []
    config = AnimalsConfig(plan=_PLAN, composition=Composition(hole=0), members=1, kept_back=4)
    pixels = PixelsConfig(Plan(epochs=3, batch=32, rate=1e-3))
    told = report.train(folder, 0, config, pixels, lambda _, epoch, loss: losses.append(loss))
    assert losses[-1] < 0.5 * losses[0]
    assert told["n"] == 24
    kept = {each.what: each for each in figures.read(tmp_path, NAME)}
    assert kept["one animal: the highest sigmoid unit is it"].value > 0.6  # chance: 0.17
    assert kept["two animals: softmax has both above 0.5 (it cannot)"].value == 0
    assert all(each.data == "real" and each.n for each in kept.values())
    assert isinstance(weights.load(Committee(1), NAME), Committee)


def test_thresholds_are_chosen_on_pictures_that_no_member_sees(folder: Path) -> None:
    learnt, kept_back = keep_back(folder, 4)
    assert (len(learnt.animals), len(kept_back.animals)) == (6 * 8, 6 * 4)
    both = torch.cat([learnt.animals, kept_back.animals]).flatten(1)
    assert len(both.unique(dim=0)) == 6 * 12
    with pytest.raises(DataLayoutInvalid):
        keep_back(folder, 12)


def test_logistic_regression_parts_what_a_plane_parts() -> None:
    chance = torch.Generator().manual_seed(0)
    pictures = torch.randint(0, 120, (60, 3, 32, 32), generator=chance).byte()
    is_cat = (torch.arange(60) % 6 == 0).float()  # rare: unweighted, "never" would do
    pictures[is_cat.bool(), 0] += 100
    net = fit_pixels(pictures, is_cat[:, None], PixelsConfig(Plan(epochs=10, rate=3e-3)), 0)
    assert torch.equal(pixel_answers(net, pictures)[:, 0] > 0.5, is_cat.bool())


def test_what_leaves_each_layer() -> None:
    net, x = AnimalNet().eval(), torch.rand(2, 3, 32, 64)
    shapes = [tuple(activations(net, x, layer).shape) for layer in LAYERS]
    assert shapes == [
        (2, 32, 32, 64), (2, 48, 16, 32), (2, 96, 8, 16), (2, 192, 4, 8), (2, 3, 384),
    ]  # fmt: skip
    last = activations(net, x, "encoding")
    logits = torch.logsumexp(net.multi_label(last), dim=1)
    assert torch.allclose(logits, net(x).multi_label, atol=1e-5)
    with pytest.raises(InvalidOption):
        activations(net, x, "head")


def test_filters_are_pictures_with_grey_for_nothing() -> None:
    net = AnimalNet()
    with torch.no_grad():
        net.edges.get_submodule("0").get_parameter("weight")[0, :, 2, 2] = 0
    shown = filters(net)
    assert shown.shape == (32, 3, 5, 5)
    assert 0 <= float(shown.min()) <= float(shown.max()) <= 1
    assert shown[0, :, 2, 2].tolist() == [0.5] * 3


def test_ascent_excites_more_than_drawings_do() -> None:
    net = layers_skill.first_member()
    units = spokesmen(net)[:3]
    found = exciting(net, "encoding", units, AscentConfig(steps=30))
    drawn = torch.stack([as_seen(draw_animal(kind, 3)) for kind in ANIMALS]) / 255
    with torch.no_grad():
        ours = unit_values(net, found, "encoding", units).diagonal()
        theirs = unit_values(net, drawn, "encoding", units).amax(dim=0)
    assert bool((ours > theirs).all())


def test_a_probe_reads_what_is_linear() -> None:
    chance = torch.Generator().manual_seed(0)
    labels = torch.arange(240) % 6
    x = torch.randn((240, 12), generator=chance) + 4 * torch.eye(12)[labels]
    probe = fit_probe(x[:120], labels[:120], 0.01, 30)
    assert float(right(probe, x[120:], labels[120:]).float().mean()) > 0.9


def test_probes_are_fitted_kept_and_scored(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    net = AnimalNet().eval()
    told = layers_report.train(net, folder, 0, ProbesConfig((0.1,), steps=5), kept_back=4)
    again = layers_report.evaluate(net, folder)
    assert told["n"] == again["n"] == 24
    assert set(again["accuracy"]) == {"pixels", *LAYERS}
    assert again["accuracy"]["pixels"] == told[layers_report.what("pixels")]
    assert again["accuracy"]["pixels"] > 0.5  # drawings of one kind share their ground


def test_the_committed_weights_know_drawings() -> None:
    told = [SKILL.run([], {"seed": seed}, no_progress).data for seed in range(6)]
    found = sum(len(set(each["named"]) & set(each["drawn"])) for each in told)
    assert found >= 8  # of 12 animals; naming two by lot finds 4


def test_the_committed_weights_on_a_folder(folder: Path) -> None:
    told = SKILL.evaluate(folder)
    assert told["n"] == 24
    assert told["two animals, softmax has two above 0.5"]["share"] == 0


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


_SIZES = [
    ("animal_classifier", (600, 60)), ("animal_classifier", (60, 600)),
    ("animal_classifier", (1, 1)), ("layer_encodings", (600, 60)), ("layer_encodings", (60, 90)),
]  # fmt: skip


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few steps of ascent that a sheet of layers takes no time."""
    monkeypatch.setattr(layers_telling, "AscentConfig", lambda: AscentConfig(steps=2, starts=4))


@pytest.mark.usefixtures("few_steps")
@pytest.mark.parametrize(("name", "size"), _SIZES)
def test_uploads_of_any_shape_are_answered(name: str, size: tuple[int, int]) -> None:
    result = get(name).run([_png(Image.new("RGB", size, (70, 120, 60)))], {}, no_progress)
    assert max(Image.open(BytesIO(result.pictures[0])).size) <= 1024


def test_two_uploads_are_put_side_by_side() -> None:
    files = [_png(draw_animal(kind, 1)) for kind in ("horse", "frog")]
    result = SKILL.run(files, {}, no_progress)
    assert "drawings" not in result.text
    assert max(result.data["softmax"].values()) <= 1
    assert len(result.data["cat_by_logistic_regression"]) == 2
    with pytest.raises(WrongNumberOfFiles):
        SKILL.run([files[0]] * 3, {}, no_progress)


@pytest.mark.usefixtures("few_steps")
@pytest.mark.parametrize("layer", ["block2", "encoding"])
def test_one_layer_is_shown_alone(layer: str) -> None:
    result = get("layer_encodings").run([], {"layer": layer}, no_progress)
    assert layer in result.text
    assert len(result.data["strongest"]) == 8


def test_wrong_input_is_named() -> None:
    with pytest.raises(NotAnImage):
        SKILL.run([b"no picture"], {}, no_progress)
    with pytest.raises(InvalidOption):
        SKILL.run([], {"seed": "first"}, no_progress)
    with pytest.raises(InvalidOption):
        get("layer_encodings").run([], {"layer": "mouth"}, no_progress)
    with pytest.raises(NotAnImage):
        get("layer_encodings").run([b""], {}, no_progress)
