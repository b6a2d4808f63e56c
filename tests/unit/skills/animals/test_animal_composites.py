"""Composites know what they show; no picture comes twice; uploads are cut to what was learnt."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from skills.animals.composites import (
    Composition,
    Material,
    beside,
    composed,
    pairs_of_two,
    pairs_with_a_vehicle,
    varied,
)
from skills.animals.drawn import draw_animal
from skills.animals.net import AnimalNet, Committee
from skills.animals.views import abreast, as_picture, as_seen, framed, squares
from skills.kit.cifar import ANIMALS


def _material(each: int = 5) -> Material:
    """Pictures whose brightness is their place, so that each can be found again; vehicles last."""
    animals = torch.arange(6 * each, dtype=torch.uint8)[:, None, None, None]
    vehicles = torch.arange(200, 200 + each, dtype=torch.uint8)[:, None, None, None]
    labels = torch.arange(6).repeat_interleave(each)
    return Material(animals.expand(-1, 3, 32, 32), labels, vehicles.expand(-1, 3, 32, 32))


@given(st.integers(0, 500))
def test_pairs_show_two_different_animals_and_no_picture_twice(seed: int) -> None:
    material = _material()
    pictures, labels = pairs_of_two(material, seed)
    halves = torch.cat([pictures[:, 0, 0, 0], pictures[:, 0, 0, 63]]).long()
    assert len(halves.unique()) == len(halves)
    assert torch.equal(material.labels[halves].view(2, -1).T, labels)
    assert bool((labels[:, 0] != labels[:, 1]).all())


@given(st.integers(0, 500))
def test_a_vehicle_stands_on_either_side(seed: int) -> None:
    material = _material()
    pictures, labels = pairs_with_a_vehicle(material, seed)
    halves = torch.stack([pictures[:, 0, 0, 0], pictures[:, 0, 0, 63]], dim=1).long()
    assert bool(((halves >= 200).sum(dim=1) == 1).all())
    assert torch.equal(material.labels[halves.amin(dim=1)], labels)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500))
def test_a_training_composite_names_what_it_shows(seed: int) -> None:
    chance = torch.Generator().manual_seed(seed)
    material, rows = _material(), torch.arange(0, 30, 3)
    pictures, shown = composed(material, rows, Composition(hole=0, gain=0), chance)
    assert pictures.shape[2:] in ((32, 32), (32, 64), (64, 32))
    halves = [pictures[:, 0, 0, 0], pictures[:, 0, -1, -1]]
    for place, each in enumerate(zip(*halves, strict=True)):
        numbers = {round(float(value) * 255) for value in each}
        asked = {int(material.labels[number]) for number in numbers if number < 200}
        assert set(shown[place].nonzero().squeeze(1).tolist()) == asked


def test_varied_pictures_stay_pictures() -> None:
    x = varied(_material().animals, Composition(), torch.Generator().manual_seed(0))
    assert x.shape == (30, 3, 32, 32)
    assert 0 <= float(x.min()) <= float(x.max()) <= 1


def test_side_by_side_or_stacked() -> None:
    x = torch.zeros(2, 3, 32, 32)
    assert beside(x, x).shape == (2, 3, 32, 64)
    assert beside(x, x, stacked=True).shape == (2, 3, 64, 32)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 700), st.integers(1, 700))
def test_any_upload_fits_the_network(width: int, height: int) -> None:
    pixels = as_seen(framed(Image.new("RGB", (width, height), (9, 200, 30))))
    _, rows, columns = pixels.shape
    assert min(rows, columns) == 32
    assert max(rows, columns) <= 64
    assert all(each.shape == (3, 32, 32) for each in squares(pixels))
    assert as_picture(pixels, 64).height == 64


def test_two_uploads_stand_side_by_side() -> None:
    images = [Image.new("RGB", (300, 90), (250, 0, 0)), Image.new("RGB", (40, 60), (0, 0, 250))]
    left, right = squares(as_seen(abreast(images)))
    assert left[0].min() == right[2].min() == 250
    assert left[2].max() == right[0].max() == 0


@pytest.mark.parametrize("kind", ANIMALS)
def test_each_animal_is_drawn_in_its_own_way(kind: str) -> None:
    one = as_seen(draw_animal(kind, 0))
    assert one.shape == (3, 32, 32)
    assert torch.equal(one, as_seen(draw_animal(kind, 0)))
    assert float(one.float().std()) > 15


def test_windows_of_two_pictures_side_by_side() -> None:
    net = AnimalNet().eval()
    one, two = torch.rand(1, 3, 32, 32), torch.rand(1, 3, 32, 64)
    assert net.up_to(one, "encoding").shape == (1, 1, 384)
    assert net.up_to(two, "encoding").shape == (1, 3, 384)
    assert net(two).multi_label.shape == (1, 6)


def test_a_committee_does_not_care_for_mirrors() -> None:
    net, x = Committee(1).eval(), torch.rand(2, 3, 32, 64)
    for ours, theirs in zip(net(x), net(x.flip(3)), strict=True):
        assert torch.allclose(ours, theirs, atol=1e-4)
