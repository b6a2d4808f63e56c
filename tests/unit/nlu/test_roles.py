"""In a swap both sides are there, and the likelier one of two readings wins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.decoding import Chain, best_tags, log_softmax
from nlu.roles import with_both_roles
from nlu.schema import QUAD, TAGS


def tags(*names: str) -> list[int]:
    return [TAGS.index(name) for name in names]


def logs(rows: int, **likely: tuple[int, str, float]) -> np.ndarray:
    scores = np.zeros((rows, len(TAGS)), dtype=np.float32)
    for row, name, score in likely.values():
        scores[row, TAGS.index(name)] = score
    return log_softmax(scores)


def test_the_less_certain_of_two_changes_sides() -> None:
    given_logs = logs(
        3, a=(0, "B-code:drop", 9.0), b=(2, "B-code:drop", 3.0), c=(2, "B-code:add", 2.0)
    )
    changed = with_both_roles(tags("B-code:drop", "O", "B-code:drop"), given_logs)
    assert changed == tags("B-code:drop", "O", "B-code:add")


def test_a_whole_span_changes() -> None:
    given_logs = logs(4, a=(0, "B-title:add", 1.0), b=(3, "B-code:add", 8.0))
    before = tags("B-title:add", "I-title:add", "O", "B-code:add")
    assert with_both_roles(before, given_logs) == tags(
        "B-title:drop", "I-title:drop", "O", "B-code:add"
    )


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("O", "B-code"),
        ("B-code", "B-code"),
        ("B-code:drop", "O"),
        ("B-code:drop", "I-code:drop"),
        ("B-code:drop", "B-title:add"),
    ],
)
def test_everything_else_stays(names: tuple[str, ...]) -> None:
    before = tags(*names)
    assert with_both_roles(before, logs(len(names))) == before


@given(st.integers(0, 10), st.integers(0, 2**32 - 1))
def test_the_sequence_stays_legal(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 4, (length, len(TAGS))).astype(np.float32)
    before = best_tags(scores, Chain.of(QUAD))
    after = with_both_roles(before, log_softmax(scores) if length else scores)
    assert [TAGS[tag][:1] for tag in after] == [TAGS[tag][:1] for tag in before]
    names = [TAGS[tag] for tag in after]
    for left, right in zip(["O", *names], names, strict=False):
        assert not right.startswith("I-") or left[2:] == right[2:]
    roles = {name.partition(":")[2] for name in names if ":" in name}
    spans = sum(name.startswith("B-") and ":" in name for name in names)
    assert spans < 2 or len(roles) == 2
