"""The Happy House: its people, its threshold, its training, its door."""

from __future__ import annotations

import random
from io import BytesIO

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from skills.errors import InvalidOption, NotAnImage
from skills.happy_house.drawing import SIZE, draw_face
from skills.happy_house.measuring import figures, rates
from skills.happy_house.net import NAME, HappyNet, chances, pixel_regression
from skills.happy_house.person import draw_moment, draw_person
from skills.happy_house.showing import door, face_of
from skills.happy_house.skill import SKILL
from skills.happy_house.training import (
    Faces,
    HappyConfig,
    admit_threshold,
    careful_threshold,
    draw_faces,
    fit,
)
from skills.kit import weights
from skills.kit.learning import Plan
from skills.protocol import no_progress


@given(st.integers(0, 10_000), st.floats(-1, 1))
@settings(deadline=None)
def test_who_is_happy_is_the_mood_alone(seed: int, mood: float) -> None:
    chance = random.Random(seed)
    moment = draw_moment(draw_person(chance), chance, mood)
    assert moment.happy == (mood > 0)
    assert abs(moment.curve) <= 1.2


def test_a_mouth_is_drawn_by_its_curve() -> None:
    person = draw_person(random.Random(2))
    shown = []
    for mood in (-1.0, 1.0):
        chance = random.Random(3)
        moment = draw_moment(person, chance, mood)
        face = draw_face(person, moment, "plain", random.Random(4))
        assert face.size == (SIZE, SIZE)
        shown.append(np.asarray(face, dtype=float))
    changed = np.abs(shown[0] - shown[1]).mean(axis=2)
    assert changed[36:56].mean() > 2 * changed[:10].mean()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80))
@settings(deadline=None)
def test_the_threshold_keeps_its_promise(pairs: list[tuple[float, bool]]) -> None:
    sure = torch.tensor([score for score, _ in pairs])
    happy = torch.tensor([float(label) for _, label in pairs])
    threshold = admit_threshold(sure, happy, 0.05)
    sad = sure[happy < 0.5]
    assert int((sad > threshold).sum()) <= 0.05 * len(sad)


def test_a_careful_threshold_holds_for_people_who_did_not_choose_it() -> None:
    too_many = {"plain": 0, "careful": 0}
    config = HappyConfig()
    for seed in range(20):
        mine, others = _of_people(seed, 40), _of_people(1000 + seed, 400)
        plain = admit_threshold(mine.mood, mine.happy, config.wrong_admits)
        careful = careful_threshold(mine.mood, mine, config)
        for name, threshold in (("plain", plain), ("careful", careful)):
            admitted = float((others.mood[others.happy < 0.5] > threshold).float().mean())
            too_many[name] += admitted > config.wrong_admits
    assert too_many["careful"] <= 3 < too_many["plain"]


def _of_people(seed: int, people: int) -> Faces:
    """Scores (as `mood`) in which people differ: some look happier than they are."""
    chance = torch.Generator().manual_seed(seed)
    person = torch.arange(people).repeat_interleave(10)
    happy = (torch.rand(10 * people, generator=chance) < 0.5).float()
    of_person = torch.randn(people, generator=chance)[person]
    scores = torch.sigmoid(2 * happy - 1 + of_person + torch.randn(10 * people, generator=chance))
    return Faces(torch.empty(0), happy, scores, person)


def test_rates_count_each_kind_of_mistake() -> None:
    mood = torch.tensor([0.9, 0.5, -0.5, -0.1])
    faces = Faces(torch.empty(0), (mood > 0).float(), mood, torch.arange(4))
    found = rates(torch.tensor([0.9, 0.6, 0.1, 0.7]), faces, 0.65)
    assert found["accuracy"] == 0.75
    assert found["accuracy_clear"] == 1
    assert found["wrongly_admitted"] == 0.5
    assert found["wrongly_refused"] == 0.5


def test_doors_differ_and_middles_are_square() -> None:
    assert door(True, 100).tobytes() != door(False, 100).tobytes()
    face, found = face_of(Image.new("RGB", (90, 50), (10, 200, 10)))
    assert face.size == (50, 50)
    assert not found


def test_parts_of_the_data_have_people_of_their_own() -> None:
    one, two, other = (draw_faces(name, 2, 2, False) for name in ("a", "a", "b"))
    assert torch.equal(one.pictures, two.pictures)
    assert not torch.equal(one.pictures, other.pictures)
    assert one.person.tolist() == [0, 0, 1, 1]


def test_a_short_training_learns_the_faces_it_sees() -> None:
    faces = draw_faces("smoke", 60, 5, False)
    net = fit(faces, HappyConfig(width=8, plan=Plan(epochs=12, batch=32, rate=5e-3)), 0)
    right = (chances(net, faces.as_floats()) >= 0.5) == (faces.happy > 0.5)
    assert right.float().mean() > 0.8


def test_figures_name_the_training_that_they_are_of() -> None:
    faces = draw_faces("figures", 6, 3, False)
    found = figures(HappyNet(4).eval(), pixel_regression(), faces, "2026-11-29", 7)
    assert {each.command.split()[-2:] == ["--seed", "7"] for each in found} == {True}
    assert {(each.n, each.data) for each in found} == {(18, "generated")}


def test_the_committed_weights_tell_moods_of_unseen_people() -> None:
    net, faces = weights.load(HappyNet(), NAME), draw_faces("committed", 30, 8, True)
    found = rates(chances(net, faces.as_floats()), faces, float(net.threshold))
    assert found["accuracy_clear"] > 0.85
    assert found["wrongly_admitted"] < 0.15


@pytest.mark.parametrize("seed", range(4))
def test_a_drawn_person_stands_at_the_door(seed: int) -> None:
    result = SKILL.run([], {"seed": seed}, no_progress)
    assert result.data["admitted"] == (result.data["happy"] > result.data["threshold"])
    assert "never decide" in result.text
    assert Image.open(BytesIO(result.pictures[0])).width <= 1024


def test_an_upload_without_a_face_is_said() -> None:
    out = BytesIO()
    Image.new("RGB", (200, 120), (40, 90, 160)).save(out, "PNG")
    assert "no face" in SKILL.run([out.getvalue()], {}, no_progress).text


def test_wrong_input_is_named() -> None:
    with pytest.raises(NotAnImage):
        SKILL.run([b"no picture"], {}, no_progress)
    with pytest.raises(InvalidOption):
        SKILL.run([], {"seed": "first"}, no_progress)
