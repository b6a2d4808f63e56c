"""The hands that sign: their fingers, their bones, their picture."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.sign_digits.digits import DIGITS, FINGERS, FOLDED, STRAIGHT, STRETCHED, THUMBS, bends_of
from skills.sign_digits.drawing import SIZE, draw_sign
from skills.sign_digits.hand import SEEN_TONES, TONES, UNSEEN_TONES, draw_hand, draw_pose
from skills.sign_digits.rendering import lit, relief
from skills.sign_digits.skeleton import Bone, bones_of, finger_chain, turned


@pytest.mark.parametrize("digit", range(DIGITS))
def test_a_digit_is_the_number_of_its_stretched_fingers(digit: int) -> None:
    assert len(STRETCHED[digit]) == digit
    assert ("thumb" in STRETCHED[digit]) == (THUMBS[digit] == "out")
    for finger in FINGERS:
        assert (bends_of(digit, finger) == STRAIGHT) == (finger in STRETCHED[digit])


@given(st.floats(-30, 30), st.tuples(*[st.floats(0, 110)] * 3))
def test_bent_fingers_keep_their_length(outward: float, bends: tuple[float, float, float]) -> None:
    lengths = (0.5, 0.3, 0.2)
    chain = finger_chain((0.1, 1.0), outward, bends, lengths)
    assert np.linalg.norm(np.diff(chain, axis=0), axis=1) == pytest.approx(lengths)


def test_straight_fingers_reach_up_and_folded_ones_come_back() -> None:
    straight = finger_chain((0, 1), 0, (0, 0, 0), (0.5, 0.3, 0.2))
    assert straight[-1] == pytest.approx([0, 2, 0])
    folded = finger_chain((0, 1), 0, FOLDED, (0.5, 0.3, 0.2))
    assert folded[-1][1] < 1.1
    assert folded[1][2] > 0.4


def test_the_tips_of_a_zero_meet() -> None:
    chance = random.Random(3)
    hand, pose = draw_hand(chance), replace(draw_pose(chance, 0), wobble=(0.0,) * 9)
    pose = replace(pose, bends=tuple(bends_of(0, finger) for finger in FINGERS))
    bones = [each for each in bones_of(hand, pose) if each.part == "finger"]
    index, thumb = bones[2].end, bones[-1].end
    assert np.linalg.norm(index - thumb) < 0.3


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=25)
def test_a_turned_hand_is_the_same_hand(seed: int) -> None:
    chance = random.Random(seed)
    hand, pose = draw_hand(chance), draw_pose(chance)
    before = bones_of(hand, pose)
    for one, other in zip(before, turned(before, pose), strict=True):
        length = np.linalg.norm(one.end - one.start)
        assert np.linalg.norm(other.end - other.start) == pytest.approx(length)


def test_the_nearer_limb_hides_the_other() -> None:
    far = Bone(np.array([-1.0, 0, 0]), np.array([1.0, 0, 0]), (0.2, 0.2), "arm")
    near = Bone(np.array([0, -1.0, 1]), np.array([0, 1.0, 1]), (0.2, 0.2), "finger")
    for bones in ([far, near], [near, far]):
        seen = relief(bones, 40, 10, (20, 20))
        assert seen.part[20, 20] == 1
        assert seen.part[20, 11] == 2
        assert seen.part[2, 2] == -1
        assert seen.height[20, 20] == pytest.approx(1.2, abs=0.02)


def test_light_falls_on_the_side_it_comes_from() -> None:
    ball = Bone(np.zeros(3), np.array([0.0, 0.01, 0]), (0.8, 0.8), "finger")
    seen = relief([ball], 60, 30, (30, 30))
    bright = lit(seen, 30, (0.8, 0.0))
    assert bright[30, 42] > bright[30, 18] + 0.1


def test_a_hand_covers_the_middle_in_its_skin() -> None:
    chance = random.Random(5)
    hand, pose = draw_hand(chance), replace(draw_pose(chance, 5), shift=(0, 0), roll=0, yaw=0)
    image = draw_sign(hand, pose, "plain", random.Random(1))
    assert image.size == (SIZE, SIZE)
    palm = np.asarray(image, dtype=float)[30:38, 28:36].mean(axis=(0, 1))
    assert palm[0] > palm[1] > palm[2]


def test_held_out_skin_reaches_beyond_what_was_seen() -> None:
    assert not set(SEEN_TONES) & set(UNSEEN_TONES)
    assert set(UNSEEN_TONES) >= {0, len(TONES) - 1}
    assert {draw_hand(random.Random(seed), True).tone for seed in range(40)} == set(UNSEEN_TONES)
    assert {draw_hand(random.Random(seed)).tone for seed in range(40)} == set(SEEN_TONES)
