"""Mentions with other values: tags still fit, both sides say the same."""

from __future__ import annotations

import random

import pytest

from nlu.benchmarks.swapping import MentionSwaps
from nlu.decoding import spans_of
from nlu.turns import Turn

ASK = Turn(("see", "avatar", "at", "six"), ("O", "B-movie", "O", "B-time"))
CONFIRM = Turn(("avatar", "then", "?"), ("B-movie", "O", "O"), of_user=False)
OTHER = Turn(("12", "angry", "men"), ("B-movie", "I-movie", "I-movie"))
SWAPS = MentionSwaps([(ASK, CONFIRM), (OTHER,)], ["movie"])


@pytest.mark.parametrize("seed", range(20))
def test_words_and_tags_stay_in_step_and_values_agree(seed: int) -> None:
    (ask, confirm), replaced = SWAPS.swapped((ASK, CONFIRM), 1.0, random.Random(seed))
    for turn in (ask, confirm):
        assert len(turn.words) == len(turn.tags or ())
    said = [
        turn.words[first : last + 1]
        for turn in (ask, confirm)
        for first, last, slot in spans_of(turn.tags or ())
        if slot == "movie"
    ]
    assert said[0] == said[1] == replaced["movie", ("avatar",)]
    assert ask.words[0] == "see"
    assert confirm.words[-2:] == ("then", "?")
    assert confirm.of_user is False


def test_no_share_no_change() -> None:
    assert SWAPS.epoch(0.0, 1) == [(ASK, CONFIRM), (OTHER,)]


def test_the_same_seed_gives_the_same_epoch() -> None:
    assert SWAPS.epoch(0.7, 3) == SWAPS.epoch(0.7, 3)


def test_turns_without_tags_stay() -> None:
    bare = Turn(("hi", "avatar"))
    assert SWAPS.swapped((bare,), 1.0, random.Random(0))[0] == (bare,)
