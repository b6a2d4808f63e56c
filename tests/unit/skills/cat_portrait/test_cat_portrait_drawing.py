"""The drawn cats: what is drawn follows from the seed, and breeds and ages show."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from skills.cat_portrait.brush import Brush, mix
from skills.cat_portrait.cat import BREEDS, OLDEST, ageing, posed, some_cat
from skills.cat_portrait.face import head_size
from skills.cat_portrait.others import DEV_KINDS, TEST_KINDS, other
from skills.cat_portrait.portrait import portrait


def _distance(one: Image.Image, two: Image.Image) -> float:
    return float(np.abs(np.asarray(one, float) - np.asarray(two, float)).mean())


@given(st.integers(0, 2**31))
@settings(max_examples=15, deadline=None)
def test_every_seed_draws_a_cat(seed: int) -> None:
    cat = some_cat(random.Random(seed))
    picture = portrait(cat)
    assert (picture.size, picture.mode) == ((64, 64), "RGB")
    assert cat.breed in BREEDS
    assert 0 <= cat.age <= OLDEST
    assert _distance(picture, portrait(cat)) == 0


@pytest.mark.parametrize("breed", BREEDS)
def test_no_breed_looks_like_another(breed: str) -> None:
    own = portrait(posed(breed, 4, 5))
    for rest in set(BREEDS) - {breed}:
        assert _distance(own, portrait(posed(rest, 4, 5))) > 2


@given(st.floats(0, OLDEST), st.integers(0, 1000))
def test_signs_of_age_are_shares(age: float, seed: int) -> None:
    signs = ageing(age, random.Random(seed))
    for sign in (signs.kitten, signs.grown, signs.grey, signs.tired):
        assert 0 <= sign <= 1


def test_signs_of_age_go_with_the_years() -> None:
    young, old = ([ageing(age, random.Random(seed)) for seed in range(20)] for age in (0.5, 14))
    assert min(sign.kitten for sign in young) > max(sign.kitten for sign in old)
    assert max(sign.grey for sign in young) < min(sign.grey for sign in old)


def test_the_face_widens_with_growth() -> None:
    assert head_size(posed("tabby", 0.2, 1))[0] < head_size(posed("tabby", 12, 1))[0]


@pytest.mark.parametrize("kind", DEV_KINDS + TEST_KINDS)
def test_other_things_are_drawn(kind: str) -> None:
    picture = other(kind, random.Random(3))
    assert picture.size == (64, 64)
    assert np.asarray(picture).std() > 5
    assert set(DEV_KINDS).isdisjoint(TEST_KINDS)


def test_what_is_within_stays_within() -> None:
    base, layer = Brush(40), Brush(40)
    base.ellipse((0, 0), (0.5, 0.5), (10, 20, 30))
    layer.polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)], (200, 0, 0))
    layer.within(base)
    assert base.image.getpixel((20, 20)) == (200, 0, 0, 255)
    assert base.image.getpixel((1, 1))[3] == 0


def test_mixing_stays_between() -> None:
    assert mix((0, 0, 0), (100, 50, 10), 0.5) == (50, 25, 5)
    assert mix((0, 0, 0), (100, 50, 10), 7) == (100, 50, 10)
