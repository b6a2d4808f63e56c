"""Constrained decoding: no span begins in the middle, whatever the scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlu.decoding import Chain, best_tags, log_softmax, spans_of
from nlu.entities import entities
from nlu.schema import QUAD, TAGS
from nlu.words import split

BIO = Chain.of(QUAD)


def scores_for(tags: list[str], strength: float = 5.0) -> NDArray[np.float32]:
    scores = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for row, tag in enumerate(tags):
        scores[row, TAGS.index(tag)] = strength
    return scores


@given(st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_any_scores_give_a_legal_sequence(length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(0, 4, (length, len(TAGS))).astype(np.float32)
    names = [TAGS[index] for index in best_tags(scores, BIO)]
    assert len(names) == length
    for before, after in zip(["O", *names], names, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]


def test_a_lone_inside_is_repaired() -> None:
    names = [TAGS[index] for index in best_tags(scores_for(["O", "I-quarter"]), BIO)]
    assert names[1] in ("O", "B-quarter")


def test_spans_carry_offsets_role_and_confidence() -> None:
    words = split("swap CS 106A, please").words
    found = entities(words, scores_for(["O", "B-code:drop", "I-code:drop", "O", "O"]), BIO)
    assert [(e.slot, e.role, e.start, e.end) for e in found] == [("code", "drop", 5, 12)]
    assert 0.5 < found[0].confidence <= 1.0


def test_neighbours_of_one_slot_stay_apart() -> None:
    words = split("fall winter").words
    found = entities(words, scores_for(["B-quarter", "B-quarter"]), BIO)
    assert [(e.start, e.end) for e in found] == [(0, 4), (5, 11)]


def test_no_words_no_spans() -> None:
    assert entities((), np.zeros((0, len(TAGS)), dtype=np.float32), BIO) == []


@pytest.mark.parametrize("size", [1.0, 1e4, -1e4])
def test_log_softmax_does_not_overflow(size: float) -> None:
    logs = log_softmax(np.array([[size, 0.0, -size]], dtype=np.float32))
    assert np.isfinite(logs).all()
    assert np.exp(logs).sum() == pytest.approx(1.0)


def test_learned_steps_outweigh_a_slight_preference() -> None:
    steps = BIO.steps.copy()
    steps[TAGS.index("B-title"), TAGS.index("I-title")] = 3.0
    scores = scores_for(["B-title", "O"], strength=1.0)
    taken = best_tags(scores, Chain(BIO.starts, steps))
    assert [TAGS[tag] for tag in taken] == ["B-title", "I-title"]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ((), []),
        (("B-a", "I-a", "O", "B-b"), [(0, 1, "a"), (3, 3, "b")]),
        (("B-a", "B-a"), [(0, 0, "a"), (1, 1, "a")]),
        (("O", "I-a", "I-b"), [(1, 1, "a"), (2, 2, "b")]),
    ],
)
def test_spans_of_tags(tags: tuple[str, ...], spans: list[tuple[int, int, str]]) -> None:
    assert spans_of(tags) == spans
