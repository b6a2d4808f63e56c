"""The lecture's formulas, the protocol, and pictures that are none."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from skills.day_night import photos, training
from skills.day_night.net import DayNightNet, as_tensor, probabilities
from skills.errors import DataLayoutInvalid, ImageTooLarge, InvalidOption, NotAnImage, UnknownSkill
from skills.kit.images import open_image
from skills.linear_adversarial import skill as linear
from skills.protocol import no_progress
from skills.recycling_robot import skill as robot
from skills.registry import CARDS, get


def _bytes(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("name", list(CARDS))
def test_every_skill_runs_on_its_sample(name: str) -> None:
    skill = get(name)
    assert skill.card == CARDS[name]
    shares: list[float] = []
    result = skill.run([], {}, lambda share, picture=None: shares.append(share))
    assert len(result.text) > 80
    assert shares
    assert all(0 <= share <= 1 for share in shares)
    assert all(Image.open(BytesIO(picture)).format in ("PNG", "GIF") for picture in result.pictures)


def test_an_unknown_skill_is_an_error() -> None:
    with pytest.raises(UnknownSkill):
        get("time_travel")


def test_the_lectures_q_table() -> None:
    table = robot.exact(0.9)
    assert table[1] == pytest.approx([2, 9], abs=1e-6)
    assert table[2] == pytest.approx([8.1, 10], abs=1e-6)
    assert table[3] == pytest.approx([9, 10], abs=1e-6)
    assert robot.policy(table) == ["R", "R", "R"]


@pytest.mark.parametrize("seed", range(5))
def test_the_learnt_table_comes_near(seed: int) -> None:
    best, learnt = robot.exact(0.9), robot.learn(robot.QLearning(seed=seed))
    gaps = [abs(best[s][a] - learnt[s][a]) for s in range(5) for a in range(2)]
    assert max(gaps) < 0.01


@given(st.floats(0.01, 0.95))
def test_the_bellman_residual_vanishes(gamma: float) -> None:
    table = robot.exact(gamma)
    for state in range(1, 4):
        for action in range(2):
            following, reward = robot.step(state, action)
            assert table[state][action] == pytest.approx(reward + gamma * max(table[following]))


def test_the_policy_flips_at_a_discount_of_two_fifths() -> None:
    assert robot.policy(robot.exact(0.39))[0] == "L"
    assert robot.policy(robot.exact(0.41))[0] == "R"


def test_the_linear_examples_numbers() -> None:
    forged = linear.add_weights(linear.X, linear.W, 0.2)
    assert linear.output(linear.W, linear.X) == -4
    assert forged == pytest.approx([1.2, -0.4, 1.8, 0.4, 3.4, -1.4])
    assert linear.output(linear.W, forged) == pytest.approx(1.6)
    signed = linear.add_signs(linear.X, linear.W, 0.2)
    assert linear.output(linear.W, signed) == pytest.approx(-1.6)
    assert linear.output(linear.W, linear.add_weights(linear.X, linear.W, -0.2)) < -4


@given(st.floats(0.01, 1), st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_the_sign_step_moves_by_epsilon_times_the_one_norm(epsilon: float, w: list[float]) -> None:
    x = [0.0] * len(w)
    moved = linear.output(w, linear.add_signs(x, w, epsilon))
    assert moved == pytest.approx(epsilon * sum(abs(value) for value in w), abs=1e-9)


@pytest.mark.parametrize("options", [{"gamma": "x"}, {"gamma": 1.5}, {"gamma": None}])
def test_an_impossible_option_is_named(options: dict) -> None:
    with pytest.raises(InvalidOption):
        get("recycling_robot").run([], options, no_progress)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n broken", b"GIF89a"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnImage):
        open_image(data)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _header_only_png(side: int) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", b"\0") + _chunk(b"IEND", b"")


def test_huge_pictures_are_refused_before_they_are_decoded() -> None:
    with pytest.raises(ImageTooLarge):
        open_image(_header_only_png(7_100))
    with pytest.raises((NotAnImage, ImageTooLarge)):
        open_image(_header_only_png(60_000))
    with pytest.raises(ImageTooLarge):
        open_image(b"x" * 11_000_000)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16", "CMYK"])
def test_every_common_mode_becomes_rgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = open_image(_bytes(Image.new(mode, (20, 10)), kind))
    assert (image.mode, image.size) == ("RGB", (20, 10))


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_image(_bytes(Image.new("RGB", (20, 10)), "JPEG", exif=exif)).size == (10, 20)


@pytest.mark.parametrize("inner", ["", "training", "test"])
def test_both_layouts_of_a_data_folder_are_read(tmp_path: Path, inner: str) -> None:
    for label, colour in (("day", 220), ("night", 15)):
        folder = tmp_path / inner / label
        folder.mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (80, 60), (colour,) * 3).save(folder / f"{number}.png")
    metrics = get("day_night").evaluate(tmp_path)
    assert metrics["n"] == 6
    assert 0 <= metrics["accuracy"] <= 1


def test_a_folder_without_the_layout_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataLayoutInvalid):
        get("day_night").evaluate(tmp_path)


def test_the_network_learns_the_obvious_in_a_few_steps() -> None:
    torch.manual_seed(0)
    labels = torch.tensor([0.0, 1.0] * 12)
    pictures = torch.rand(24, 3, 64, 64) * 0.2 + (1 - labels).view(-1, 1, 1, 1) * 0.7
    net = training.fit(pictures, labels, training.DayNightConfig(epochs=8, generated=0), seed=0)
    night = probabilities(net, pictures) > 0.5
    assert torch.equal(night.float(), labels)


def test_no_scene_is_on_both_sides() -> None:
    scene = as_tensor(Image.effect_noise((64, 64), 80).convert("RGB"))
    other = as_tensor(Image.radial_gradient("L").convert("RGB"))
    groups = photos.scene_groups(torch.stack([scene, scene * 0.5, other, other * 0.7]))
    assert groups[0] == groups[1] != groups[2] == groups[3]


def test_the_shape_of_the_network() -> None:
    assert DayNightNet()(torch.rand(2, 3, 64, 64)).shape == (2,)
