"""Drawn scenes: labels that fit, the same scene again, looks kept apart; floors; variation."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
import torch
from PIL import Image

from skills.detection import floors
from skills.detection.augment import vary
from skills.detection.kinds import CAMPUS, ROAD, Kind, drawn
from skills.detection.scenes.backgrounds import PAINTERS, Painter
from skills.detection.scenes.palette import PALETTES, Look
from skills.detection.training import packed

KINDS = pytest.mark.parametrize("kind", [CAMPUS, ROAD], ids=lambda kind: kind.name)


@KINDS
def test_labels_fit_the_scene(kind: Kind) -> None:
    scenes = drawn(kind, range(25), Look.SEEN, 64)
    seen = np.concatenate([scene.kinds for scene in scenes])
    assert set(seen.tolist()) == set(range(len(kind.classes)))
    for scene in scenes:
        assert scene.pixels.shape == (64, 64, 3)
        assert len(scene.boxes) == len(scene.kinds)
        assert bool(((scene.boxes >= 0) & (scene.boxes <= 1)).all())
        assert bool((scene.boxes[:, 2:] > scene.boxes[:, :2]).all())


@KINDS
def test_a_seed_is_a_scene_at_every_size(kind: Kind) -> None:
    one, again, large = (kind.draw(7, Look.UNSEEN, side) for side in (64, 64, 128))
    assert np.array_equal(one.pixels, again.pixels)
    assert one.kinds.tolist() == large.kinds.tolist()
    assert one.boxes == pytest.approx(large.boxes, abs=0.05)
    other = kind.draw(7, Look.SEEN, 64)
    assert not np.array_equal(one.pixels, other.pixels)


def test_no_hue_of_training_is_in_another_look() -> None:
    for one, other in combinations((Look.SEEN, Look.CHOICE, Look.UNSEEN), 2):
        for low, high in PALETTES[one].hues:
            for start, end in PALETTES[other].hues:
                assert high < start or end < low


def test_no_ground_is_in_two_looks() -> None:
    for one, other in combinations(Look, 2):
        assert not set(PAINTERS[one]) & set(PAINTERS[other])


@pytest.mark.parametrize("painter", PAINTERS[Look.CHANCE] + PAINTERS[Look.CHOICE])
def test_a_ground_is_never_twice_the_same(painter: Painter) -> None:
    grounds = []
    for seed in (1, 2, 1):
        image = Image.new("RGB", (64, 64), (9, 9, 9))
        painter(image, random.Random(seed), PALETTES[Look.CHANCE])
        grounds.append(np.asarray(image))
    assert np.array_equal(grounds[0], grounds[2])
    assert not np.array_equal(grounds[0], grounds[1])


def test_boxes_move_with_the_picture() -> None:
    """A white square on black stays in its box, whatever is done to the picture."""
    picture = torch.zeros(16, 3, 64, 64, dtype=torch.uint8)
    picture[:, :, 20:40, 16:32] = 255
    boxes = torch.tensor([[[16, 20, 32, 40]]]).repeat(16, 1, 1) / 64
    chance = torch.Generator().manual_seed(0)
    x, moved, kinds = vary(picture, boxes, torch.zeros(16, 1).long(), chance)
    assert kinds.eq(0).all()
    for row in range(16):
        bright = (x[row].mean(dim=0) > 0.5).nonzero()
        low, high = bright.min(dim=0).values, bright.max(dim=0).values + 1
        seen = torch.tensor([low[1], low[0], high[1], high[0]]) / 64
        assert torch.allclose(seen, moved[row, 0], atol=1.5 / 64)


def test_what_left_the_picture_is_forgotten() -> None:
    boxes = torch.tensor([[[0.0, 0.0, 0.02, 0.02]]]).repeat(40, 1, 1)
    pictures = torch.zeros(40, 3, 8, 8, dtype=torch.uint8)
    _, _, kinds = vary(pictures, boxes, torch.zeros(40, 1).long(), torch.Generator().manual_seed(1))
    assert {-1, 0} == set(kinds.flatten().tolist())


def test_scenes_are_packed_with_room_for_the_fullest() -> None:
    scenes = drawn(ROAD, range(4), Look.SEEN, 32)
    pictures, boxes, kinds = packed(scenes)
    assert pictures.shape == (4, 3, 32, 32)
    assert boxes.shape[:2] == kinds.shape
    assert (kinds >= 0).sum(dim=1).tolist() == [len(scene.kinds) for scene in scenes]


def test_the_floors_say_something() -> None:
    scenes = drawn(CAMPUS, range(12), Look.SEEN, 64)
    same = floors.constant(scenes, len(CAMPUS.classes))
    assert same.scores.tolist() == sorted(same.scores.tolist(), reverse=True)
    often = floors.commonest(scenes, len(CAMPUS.classes))
    found = [floors.blobs(scene, often) for scene in scenes]
    assert sum(len(each.scores) for each in found) > 5
    assert all(set(each.kinds.tolist()) <= {often} for each in found)
