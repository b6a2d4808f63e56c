"""The Gabor bank, whitening, the encoder, and a smoke training with triplets."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from skills.faces.gabor import Bank, energies, filters
from skills.faces.net import Encoder, encode, even_light, oval
from skills.faces.training import FaceConfig, Views, fit, tune
from skills.faces.triplet import batch_loss
from skills.faces.whitening import shrunk, whiten, within
from skills.kit.learning import Plan

_BANK = Bank()


def test_the_filters_do_not_see_plain_grey() -> None:
    waves = filters(_BANK)
    assert waves.shape == (16, 1, 11, 11)
    assert float(waves.sum((2, 3)).abs().max()) < 1e-5
    assert waves.abs().sum((1, 2, 3)).tolist() == pytest.approx([1] * 16, rel=1e-5)


@pytest.mark.parametrize("place", [0, 2, 4, 6])
def test_a_filter_answers_most_to_stripes_of_its_direction_and_width(place: int) -> None:
    angle = math.pi * place / _BANK.directions
    rows, columns = torch.meshgrid(torch.arange(56.0), torch.arange(46.0), indexing="ij")
    along = columns * math.cos(angle) + rows * math.sin(angle)
    stripes = torch.cos(2 * math.pi * along / _BANK.wavelength)[None, None]
    maps = energies(stripes, filters(_BANK), _BANK)
    assert maps.shape == (1, 32, 7, 6)
    assert int(maps[0, :8].mean((1, 2)).argmax()) == place  # of the finest scale


def test_a_small_shift_of_stripes_hardly_changes_the_energy() -> None:
    columns = torch.arange(46.0).expand(1, 1, 56, 46)
    one, other = (torch.cos(2 * math.pi * (columns + by) / 4) for by in (0, 1))
    first, second = (
        energies(x, filters(_BANK), _BANK)[:, 0, :, 1:-1]
        for x in (one, other)  # not the borders
    )
    assert float((first - second).abs().max()) < 0.05 * float(first.max())


@settings(max_examples=20, deadline=None)
@given(st.floats(0.3, 2.0), st.floats(-0.2, 0.2), st.integers(0, 50))
def test_brightness_and_contrast_do_not_count(gain: float, more: float, seed: int) -> None:
    face = torch.rand(1, 1, 56, 46, generator=torch.Generator().manual_seed(seed))
    plain, changed = (even_light(each, oval()) for each in (face, gain * face + more))
    assert torch.allclose(plain, changed, atol=0.05)
    assert abs(float(plain[0, 0, 0, 0])) < 0.1  # a corner


def test_encodings_have_length_one_and_a_mirror_image_the_same() -> None:
    faces = torch.rand(3, 1, 56, 46, generator=torch.Generator().manual_seed(0))
    net = Encoder().eval()
    assert torch.allclose(encode(net, faces).norm(dim=1), torch.ones(3), atol=1e-5)
    assert torch.allclose(encode(net, faces), encode(net, faces.flip(3)), atol=1e-5)


def _people(count: int, photos: int, d: int, seed: int) -> tuple[Tensor, Tensor]:
    """Points about each person's own, much wider in the first direction."""
    chance = torch.Generator().manual_seed(seed)
    own = torch.randn(count, d, generator=chance).repeat_interleave(photos, 0)
    noise = 0.3 * torch.randn(count * photos, d, generator=chance)
    noise[:, 0] *= 30
    return own + noise, torch.arange(count).repeat_interleave(photos)


def test_whitening_evens_what_differs_within_people() -> None:
    points, people = _people(40, 20, 5, 0)
    covariance = within(whiten(points, people, 0.0, 5)(points), people)
    even = covariance / covariance.diagonal().mean()
    assert torch.allclose(even, torch.eye(5), atol=0.02)


@given(st.floats(0, 1))
def test_shrinking_keeps_the_trace(by: float) -> None:
    covariance = torch.diag(torch.tensor([4.0, 1.0, 1.0]))
    assert float(shrunk(covariance, by).trace()) == pytest.approx(6, rel=1e-5)
    assert torch.allclose(shrunk(covariance, 1.0), 2 * torch.eye(3))


def _made(seed: int) -> Views:
    """Energies of made-up people: few of the numbers tell them apart."""
    numbers = _BANK.numbers
    chance = torch.Generator().manual_seed(seed)
    own = torch.randn(8, numbers, generator=chance).repeat_interleave(5, 0)
    features = own + 3 * torch.randn(2, 40, numbers, generator=chance)
    return Views(features, torch.arange(8).repeat_interleave(5))


def _loss(net: Encoder, seen: Views) -> float:
    with torch.no_grad():
        return float(batch_loss(net.project(seen.features[0]), seen.people, 0.3))


def test_a_short_training_lowers_the_triplet_loss() -> None:
    torch.manual_seed(0)
    seen, net = _made(1), Encoder()
    before = _loss(net, seen)
    plan = Plan(epochs=40, batch=8, rate=1e-2, weight_decay=0.0)
    tune(net, seen, replace(FaceConfig(), plan=plan), 0)
    assert _loss(net, seen) < 0.8 * before


def test_the_start_tells_made_up_people_apart() -> None:
    seen = _made(2)
    net = fit(seen, replace(FaceConfig(), plan=Plan(epochs=1, batch=8, rate=1e-5)), 0)
    assert _loss(net, seen) < 0.1
    assert seen.of([3]).people.tolist() == [3] * 5
