"""The networks of one style each: their shapes, a tiny training, the committed ones, sizes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.errors import InvalidOption, NotAnImage
from skills.kit import weights
from skills.kit.learning import Plan
from skills.protocol import no_progress
from skills.style.colours import matched
from skills.style.fast_net import FastStyle
from skills.style.fast_skill import SKILL, fitted
from skills.style.fast_training import NAME, STYLES, FastConfig, fit, network
from skills.style.features import Layout, random_features
from skills.style.optimise import TransferConfig, losses_of, targets_of
from skills.style.paintings import painting
from skills.style.pictures import as_tensor
from skills.style.scenes import scene
from skills.style.training import backbone


def test_a_tiny_training_lowers_the_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    layers = {"conv1_1": 1.0, "conv2_1": 1.0}
    losses = TransferConfig(content_layers={"conv2_1": 1.0}, style_layers=layers, scales=1)
    config = FastConfig(Plan(epochs=6, batch=4, rate=5e-3), losses, size=32, style_size=32)
    features, heard = random_features(0, Layout((6, 8), (1, 1))), []
    pieces = torch.cat([as_tensor(scene(seed, 32)) for seed in range(16)])
    net = fit(features, "mosaic", pieces, config, 0, lambda epoch, loss: heard.append(loss))
    assert heard[-1] < 0.6 * heard[0]
    weights.save(net, NAME, "mosaic")
    assert torch.allclose(network("mosaic")(pieces[:1]), net(pieces[:1]), atol=1e-2)


@pytest.mark.parametrize("manner", STYLES)
def test_the_committed_networks_come_nearer_to_their_style(manner: str) -> None:
    assert (weights.FOLDER / NAME / f"{manner}.safetensors").stat().st_size < 500_000
    style = as_tensor(painting(manner, FastConfig().style_size))
    content = matched(as_tensor(scene(77, 128)), style)
    features, config = backbone(), TransferConfig()
    goals = targets_of(features, content, style, config)
    with torch.no_grad():
        before = losses_of(features, content, goals, config)
        after = losses_of(features, network(manner)(content), goals, config)
    assert after.style < 0.4 * before.style


@pytest.mark.parametrize("size", [(1, 1), (5, 4000), (4000, 5), (300, 200), (2000, 1500)])
def test_any_size_becomes_one_that_the_network_takes(size: tuple[int, int]) -> None:
    image = fitted(Image.new("RGB", size))
    assert all(64 <= side <= 512 and side % 4 == 0 for side in image.size)
    with torch.no_grad():
        small = FastStyle((4, 4, 4), 1)(as_tensor(image.resize((64, 128))))
    assert small.shape == (1, 3, 128, 64)


def test_the_whole_of_a_photo_is_kept() -> None:
    assert fitted(Image.new("RGB", (1024, 768))).size == (512, 384)


def test_a_transparent_upload_and_wrong_options() -> None:
    out = BytesIO()
    Image.new("RGBA", (80, 60), (0, 90, 200, 40)).save(out, "PNG")
    result = SKILL.run([out.getvalue()], {"style": "waves"}, no_progress)
    assert Image.open(BytesIO(result.pictures[0])).size[0] % 4 == 0
    for options in ({"style": "/etc/passwd"}, {"vgg": "x"}, {"style": 3}):
        with pytest.raises(InvalidOption):
            SKILL.run([], options, no_progress)
    with pytest.raises(NotAnImage):
        SKILL.run([b""], {}, no_progress)
