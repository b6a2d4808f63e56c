"""Constrained decoding: no span begins in the middle, whatever the scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlu.decoding import best_tags, entities, log_softmax
from nlu.schema import TAGS
from nlu.words import split


def scores_for(tags: list[str], strength: float = 5.0) -> NDArray[np.float32]:
    scores = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for row, tag in enumerate(tags):
        scores[row, TAGS.index(tag)] = strength
    return scores


@given(st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_any_scores_give_a_legal_sequence(length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(0, 4, (length, len(TAGS))).astype(np.float32)
    names = [TAGS[index] for index in best_tags(scores)]
    assert len(names) == length
    for before, after in zip(["O", *names], names, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]


def test_a_lone_inside_is_repaired() -> None:
    names = [TAGS[index] for index in best_tags(scores_for(["O", "I-quarter"]))]
    assert names[1] in ("O", "B-quarter")


def test_spans_carry_offsets_role_and_confidence() -> None:
    words = split("swap CS 106A, please").words
    found = entities(words, scores_for(["O", "B-code:drop", "I-code:drop", "O", "O"]))
    assert [(e.slot, e.role, e.start, e.end) for e in found] == [("code", "drop", 5, 12)]
    assert 0.5 < found[0].confidence <= 1.0


def test_neighbours_of_one_slot_stay_apart() -> None:
    words = split("fall winter").words
    found = entities(words, scores_for(["B-quarter", "B-quarter"]))
    assert [(e.start, e.end) for e in found] == [(0, 4), (5, 11)]


def test_no_words_no_spans() -> None:
    assert entities((), np.zeros((0, len(TAGS)), dtype=np.float32)) == []


@pytest.mark.parametrize("size", [1.0, 1e4, -1e4])
def test_log_softmax_does_not_overflow(size: float) -> None:
    logs = log_softmax(np.array([[size, 0.0, -size]], dtype=np.float32))
    assert np.isfinite(logs).all()
    assert np.exp(logs).sum() == pytest.approx(1.0)
