"""The colourisers: training, scoring, the skill on uploads of any shape."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.colourisation import lab, scoring, training
from skills.colourisation import skill as colour_skill
from skills.colourisation.net import NAME, Colouriser, Widths, chroma_of, classifier, regressor
from skills.errors import DataLayoutInvalid, InvalidOption, NotAnImage
from skills.kit import weights
from skills.kit.learning import Plan
from skills.protocol import no_progress
from skills.registry import get


def _pictures(count: int, seed: int = 0) -> torch.Tensor:
    """Bright is blue and dark is green, so lightness tells the colour."""
    chance = torch.Generator().manual_seed(seed)
    dark = torch.rand((count, 1, 1, 1), generator=chance) < 0.5
    blue = torch.tensor([140, 190, 250]).view(1, 3, 1, 1)
    green = torch.tensor([30, 90, 20]).view(1, 3, 1, 1)
    noise = torch.randint(0, 5, (count, 1, 32, 32), generator=chance)
    return (torch.where(dark, green, blue) + noise).to(torch.uint8)


def _upload(width: int, height: int, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height), 90 if mode == "L" else (200, 40, 40)).save(out, "PNG")
    return out.getvalue()


def test_the_network_answers_at_half_the_resolution() -> None:
    net = Colouriser(2, Widths(4, 4, 4))
    assert net(torch.rand(2, 1, 32, 40) * 100).shape == (2, 2, 16, 20)
    classes = classifier()
    answers = torch.randn(1, classes.outputs, 4, 4)
    assert chroma_of(classes, answers).shape == (1, 2, 4, 4)


def test_the_loss_is_least_for_the_right_class() -> None:
    target = torch.tensor([30.0, -20.0]).view(1, 2, 1, 1)
    places, _ = training.bins.soft(target.view(1, 2))
    q = len(training.bins.centres())
    right, wrong = torch.zeros(1, q, 1, 1), torch.zeros(1, q, 1, 1)
    right[0, places[0, 0]], wrong[0, (places[0, 0] + 50) % q] = 5.0, 5.0
    even = torch.ones(q)
    assert training.cross_entropy(right, target, even) < training.cross_entropy(wrong, target, even)


@pytest.mark.parametrize("fit", [training.fit_regressor, training.fit_classifier])
def test_a_short_training_beats_grey_and_one_colour(fit: object) -> None:
    config = training.ColourConfig(Plan(epochs=4, batch=8, rate=4e-3))
    net = fit(_pictures(40), config, 0)
    fresh = _pictures(20, seed=9)
    truth = lab.from_rgb(fresh.float() / 255)
    found = scoring.forecast(net, truth[:, :1])
    error = (found - truth[:, 1:]).norm(dim=1).mean()
    one = (truth[:, 1:].mean(dim=(0, 2, 3), keepdim=True) - truth[:, 1:]).norm(dim=1).mean()
    assert error < 0.8 * one
    assert error < truth[:, 1:].norm(dim=1).mean()


def test_grey_scores_as_grey_and_the_truth_as_the_truth() -> None:
    scored = scoring.compare(_pictures(6), regressor().eval(), classifier().eval(), torch.zeros(2))
    assert scored["real"].mean("error") == 0
    assert scored["real"].mean("psnr") > 50
    assert scored["grey"].mean("colourfulness") < 0.01
    assert scored["grey"].mean("error") == pytest.approx(scored["mean colour"].mean("error"))


@pytest.mark.parametrize("size", [(1, 1), (7, 300), (400, 31), (640, 480)])
@pytest.mark.parametrize("way", ["classes", "regression"])
def test_uploads_of_any_shape_keep_their_lightness(size: tuple[int, int], way: str) -> None:
    result = get("colourisation").run([_upload(*size)], {"way": way}, no_progress)
    shown = Image.open(BytesIO(result.pictures[0]))
    assert shown.format == "PNG"
    assert shown.width <= 1024
    net = weights.load(colour_skill._WAYS[way](), NAME, way)
    rgb = torch.rand(1, 3, 40, 56) * 0.2 + 0.4
    found = colour_skill.colourise(net, rgb)
    assert found.shape == rgb.shape
    assert torch.allclose(lab.from_rgb(found)[:, 0], lab.from_rgb(rgb)[:, 0], atol=3)


def test_a_grey_upload_gets_colours_and_the_sample_a_blue_sky() -> None:
    assert "guess" in get("colourisation").run([_upload(50, 40, "L")], {}, no_progress).text
    picture = Image.open(BytesIO(get("colourisation").run([], {}, no_progress).pictures[0]))
    red, _, blue = picture.convert("RGB").crop((350, 40, 420, 60)).resize((1, 1)).getpixel((0, 0))
    assert blue > red + 10


def test_wrong_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidOption):
        get("colourisation").run([], {"way": "crayons"}, no_progress)
    with pytest.raises(NotAnImage):
        get("colourisation").run([b"no picture"], {}, no_progress)
    with pytest.raises(DataLayoutInvalid):
        get("colourisation").evaluate(tmp_path)


def test_training_writes_weights_and_figures(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path / "weights")
    quick = training.ColourConfig(Plan(epochs=1, batch=8), per_class=4)
    monkeypatch.setattr(colour_skill, "ColourConfig", lambda: quick)
    for part in ("train", "test"):
        for kind in ("ship", "frog"):
            (tmp_path / part / kind).mkdir(parents=True)
            for number, pixels in enumerate(_pictures(4, seed=len(part + kind))):
                image = Image.fromarray(pixels.permute(1, 2, 0).numpy(), "RGB")
                image.save(tmp_path / part / kind / f"{number}.png")
    found = get("colourisation").train(tmp_path, 0)
    assert found["n"] == 8
    assert found["regression"]["error"][0] > 0
    assert (tmp_path / "weights" / NAME / "figures.json").is_file()
    assert get("colourisation").evaluate(tmp_path)["n"] == 8
