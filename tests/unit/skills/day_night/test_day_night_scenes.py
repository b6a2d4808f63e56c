"""Generated scenes: the sun decides, and what dawn is."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.day_night import light, report
from skills.day_night.net import NAME, Committee
from skills.day_night.scenes import scene
from skills.day_night.training import generate, stacked
from skills.day_night.varying import varied
from skills.kit import weights


@given(st.floats(-18, 60), st.floats(0, 1))
def test_the_higher_the_sun_the_brighter(height: float, clouds: float) -> None:
    low, high = (light.light_of(each, clouds, 0.01).lux for each in (height, height + 1))
    assert 0 < low <= high


@pytest.mark.parametrize(
    ("sun", "night", "part"),
    [(30, False, "day"), (6.1, False, "day"), (0, False, "dusk"), (-0.8, False, "dusk"),
     (-0.9, True, "dusk"), (-6, True, "dusk"), (-6.1, True, "night"), (-30, True, "night")],
)  # fmt: skip
def test_labels_and_slices_follow_the_sun(sun: float, night: bool, part: str) -> None:
    made = scene(sun, seed=3, side=24)
    assert (made.night, made.slice) == (night, part)
    assert scene(sun, seed=3, indoor=True, side=24).slice == "indoor"


@settings(max_examples=25, deadline=None)
@given(st.floats(-40, 60), st.integers(0, 2**31), st.booleans())
def test_every_scene_is_a_picture_and_repeats(sun: float, seed: int, indoor: bool) -> None:
    one, two = (np.asarray(scene(sun, seed, indoor, 32).picture) for _ in range(2))
    assert one.shape == (32, 32, 3)
    assert (one == two).all()
    assert one.max() > 0


def test_the_sky_is_darker_by_night() -> None:
    def sky(sun: float) -> float:
        shown = [np.asarray(scene(sun, seed, side=32).picture)[:4].mean() for seed in range(20)]
        return float(np.median(shown))

    assert sky(-20) < sky(30) - 30


def test_variation_keeps_range_and_shape() -> None:
    for channels in (1, 3):
        x = torch.rand(5, channels, 16, 16)
        shown = varied(x, torch.Generator().manual_seed(0))
        assert shown.shape == x.shape
        assert 0 <= float(shown.min()) <= float(shown.max()) <= 1


def test_the_committed_committee_knows_generated_day_and_night() -> None:
    net = weights.load(Committee(), NAME)
    scenes = [each for each in generate(120, seed=4321) if each.slice in ("day", "night")]
    pictures, labels = stacked(scenes)
    with torch.no_grad():
        right = ((net(pictures) > 0).float() == labels).float().mean()
    assert right > 0.85
    assert report.HELD_SEED != report.FITTING_SEED != 1
