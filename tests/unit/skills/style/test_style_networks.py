"""The network that looks: trained, folded, evened; an ImageNet VGG from a file."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from skills.errors import WeightsMissing
from skills.kit import weights
from skills.kit.learning import Plan
from skills.style.backbone import BackboneConfig, accuracy_hits, evened, fit, folded
from skills.style.features import Features, Layout, random_features
from skills.style.vgg import load_vgg

TINY = Layout((6, 8), (1, 1))


def _stripes(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Pictures (uint8) of upright stripes (0) and of lying ones (1)."""
    chance = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % 2
    stripes = (torch.arange(32) // 2 % 2 * 160).float()
    pictures = torch.stack([
        (stripes.expand(3, 32, 32) if label else stripes.view(32, 1).expand(3, 32, 32))
        + 60 * torch.rand((3, 32, 32), generator=chance)
        for label in labels
    ])  # fmt: skip
    return pictures.byte(), labels


def test_a_tiny_training_beats_chance_and_folds_into_the_same_features(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    net = fit(*_stripes(96, 0), BackboneConfig(TINY, Plan(epochs=6, batch=16, rate=1e-2)), 0)
    test, labels = _stripes(40, 1)
    assert int(accuracy_hits(net, test, labels).sum()) >= 36
    features = folded(net)
    inside = (slice(None), slice(None), slice(2, -2), slice(2, -2))  # away from the edges
    found = features(test[:4].float() / 255, ["conv1_1"])["conv1_1"]
    x = (test[:4].float() / 255 - features.mean) / features.spread
    wanted = torch.relu(net.norms["conv1_1"](net.features.convs["conv1_1"](x)))
    assert torch.allclose(found[inside], wanted[inside], atol=1e-4)
    weights.save(features, "tiny")
    assert weights.load(Features(TINY), "tiny").frozen()(x, ["conv2_1"])["conv2_1"].shape[1] == 8


def test_evened_channels_have_mean_one_and_scaled_activations() -> None:
    x = torch.rand(4, 3, 16, 16)
    before = random_features(3, TINY)(x, ["conv2_1"])["conv2_1"]
    after = evened(random_features(3, TINY), x)(x, ["conv2_1"])["conv2_1"]
    loud = before.mean(dim=(0, 2, 3)) > 0.1 * before.mean()
    assert torch.allclose(after.mean(dim=(0, 2, 3))[loud], torch.ones(int(loud.sum())), atol=1e-3)
    scale = before.mean(dim=(0, 2, 3), keepdim=True)
    assert torch.allclose((after * scale)[:, loud], before[:, loud], atol=1e-3)


def _vgg_state(places: tuple[int, ...], widths: tuple[int, ...]) -> dict[str, Tensor]:
    into, state = 3, {}
    for place, width in zip(places, widths, strict=True):
        state[f"features.{place}.weight"] = torch.randn(width, into, 3, 3)
        state[f"features.{place}.bias"] = torch.randn(width)
        into = width
    return state


@pytest.mark.parametrize("ending", ["safetensors", "pt"])
@pytest.mark.parametrize("convolutions", [16, 19])
def test_a_vgg_in_torchvisions_layout(tmp_path: Path, ending: str, convolutions: int) -> None:
    places = (
        (0, 2, 5, 7, 10, 12, 14, 17) if convolutions == 16 else (0, 2, 5, 7, 10, 12, 14, 16, 19)
    )
    widths = (2, 2, 3, 3, *[4] * (len(places) - 5), 5)
    state, path = _vgg_state(places, widths), tmp_path / f"vgg.{ending}"
    if ending == "pt":
        torch.save(state, path)
    else:
        save_file(state, path)
    net = load_vgg(path, (2, 3, 4, 5))
    assert torch.equal(net.named_convs()[-1][1].weight, state[f"features.{places[-1]}.weight"])
    assert not any(parameter.requires_grad for parameter in net.parameters())


def test_files_that_are_no_vgg(tmp_path: Path) -> None:
    evil = tmp_path / "evil.pt"
    evil.write_bytes(pickle.dumps(print))
    save_file({"a": torch.zeros(1)}, tmp_path / "other.safetensors")
    for path in (evil, tmp_path / "other.safetensors", tmp_path / "absent.pt"):
        with pytest.raises(WeightsMissing):
            load_vgg(path)
