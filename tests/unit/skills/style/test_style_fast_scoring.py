"""The networks of one style each beside the optimisation, on a tiny scale."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from skills.style import fast_scoring
from skills.style.fast_net import FastStyle
from skills.style.fast_scoring import at_content, compare, figures
from skills.style.fast_training import STYLES, FastConfig
from skills.style.features import Layout, random_features
from skills.style.optimise import TransferConfig
from skills.style.paintings import painting
from skills.style.pictures import as_tensor
from skills.style.scenes import scene

_LAYERS = {"conv1_1": 1.0, "conv2_1": 1.0}
_LOSSES = TransferConfig(content_layers={"conv2_1": 1.0}, style_layers=_LAYERS, scales=1)


def test_a_trade_off_is_read_between_its_points() -> None:
    curve = [(2.0, 0.01), (1.0, 1.0)]
    assert at_content(1.5, curve) == pytest.approx(0.1)
    assert at_content(0.1, curve) == pytest.approx(1.0)
    assert at_content(9.0, curve) == pytest.approx(0.01)


def test_a_network_that_paints_nothing_leaves_the_style_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fast_scoring, "_STEPS", (8, 8))
    features = random_features(0, Layout((6, 8), (1, 1)))
    content, style = as_tensor(scene(3, 32)), as_tensor(painting("mosaic", 32))
    found = compare(features, torch.nn.Identity(), content, style, _LOSSES)
    assert found.fast == found.untouched
    assert found.optimised < found.untouched
    assert found.seconds[0] < found.seconds[1]


def test_falls_and_ratio_are_of_the_same_losses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_STEPS", (1, 1)), ("_SIZE", 32), ("_CONTENTS", 2)):
        monkeypatch.setattr(fast_scoring, name, value)
    torch.manual_seed(0)
    nets = {name: FastStyle((4, 4, 4), 1) for name in STYLES}
    monkeypatch.setattr(fast_scoring, "network", nets.__getitem__)
    features = random_features(0, Layout((6, 8), (1, 1)))
    config = FastConfig(losses=_LOSSES, style_size=32)
    found = figures(features, tmp_path, config, "python -m skills eval x --data -")
    ratio, ours, theirs, once, looped, _ = found
    assert ratio.floor is not None
    assert ours.value == pytest.approx(1 - ratio.value / ratio.floor)
    assert theirs.value == pytest.approx(1 - 1 / ratio.floor)
    assert once.value < looped.value
    assert {each.data for each in found} == {"generated"}  # the folder holds no photos
    assert all(each.command.endswith("--data -") for each in found)
    for each in found:
        assert each.interval is not None
        assert each.interval[0] <= each.value <= each.interval[1]
