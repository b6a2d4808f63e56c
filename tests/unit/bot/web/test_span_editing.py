"""The page's own functions on spans, run by Node: spans stay apart and in order."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.labelling.checking import read_label
from nlu.schema import SPAN_LABELS

HERE = Path(__file__).parent
SOURCE = Path(__file__).parents[4] / "bot" / "web" / "src" / "spans.js"
WORDS = 8
TEXT = " ".join(f"word{n}" for n in range(WORDS))
Call = Callable[..., Any]
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

_PLACE = st.tuples(st.integers(0, WORDS - 1), st.integers(0, WORDS - 1)).map(sorted)
_LABEL = st.sampled_from(SPAN_LABELS)
_STEP = st.one_of(
    st.tuples(st.just("put"), _PLACE, _LABEL),
    st.tuples(st.just("remove"), _PLACE, st.none()),
    st.tuples(st.just("withRole"), _PLACE, st.sampled_from(["drop", "add", None])),
)


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    """Calls a function of `spans.js` in one Node for all tests."""
    node = shutil.which("node")
    assert node is not None, "the page's functions need Node: run `make test`"
    command = [node, str(HERE / "spans_runner.mjs"), str(SOURCE)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(*called: Any) -> Any:
            process.stdin.write(json.dumps(called) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def after(call: Call, steps: list) -> list[list]:
    spans: list[list] = []
    for name, (first, last), more in steps:
        spans = call(name, spans, first, last, *([] if name == "remove" else [more]))
    return spans


@SETTINGS
@given(st.lists(_STEP, max_size=8))
def test_spans_stay_apart_and_in_order(call: Call, steps: list) -> None:
    spans = after(call, steps)
    taken = [word for first, last, _ in spans for word in range(first, last + 1)]
    assert taken == sorted(set(taken))
    assert all(0 <= first <= last < WORDS and label in SPAN_LABELS for first, last, label in spans)


@SETTINGS
@given(st.lists(_STEP, max_size=6), _PLACE, _LABEL)
def test_what_is_put_is_there_and_the_rest_is_as_it_was(
    call: Call, steps: list, place: list[int], label: str
) -> None:
    before = after(call, steps)
    first, last = place
    spans = call("put", before, first, last, label)
    assert [first, last, label] in spans
    assert [s for s in before if s[1] < first or s[0] > last] == [
        s for s in spans if s != [first, last, label]
    ]
    assert call("spanAt", spans, first) == [first, last, label]
    assert call("put", spans, first, last, label) == spans


@SETTINGS
@given(st.lists(_STEP, max_size=6), _PLACE)
def test_what_is_removed_is_gone(call: Call, steps: list, place: list[int]) -> None:
    first, last = place
    spans = call("remove", after(call, steps), first, last)
    assert all(call("spanAt", spans, word) is None for word in range(first, last + 1))


@SETTINGS
@given(st.lists(_STEP, max_size=6))
def test_outside_a_swap_nothing_keeps_a_role(call: Call, steps: list) -> None:
    spans = after(call, steps)
    assert call("fitting", spans, "swap", WORDS) == spans
    fitting = call("fitting", spans, "inform", WORDS)
    assert [s[:2] for s in fitting] == [s[:2] for s in spans]
    # What the page makes fits the server's own check, but for skills, which have one intent.
    kept = [s for s in fitting if s[2] != "skill"]
    reading = read_label(TEXT, "inform", json.dumps(kept))
    assert [TEXT[start:end].split() for start, end, _ in reading.spans] == [
        [f"word{n}" for n in range(s[0], s[1] + 1)] for s in kept
    ]


@SETTINGS
@given(
    st.integers(0, WORDS - 1),
    st.lists(
        st.tuples(st.sampled_from(["ArrowLeft", "ArrowRight", "Home", "End", "x"]), st.booleans())
    ),
)
def test_a_selection_never_leaves_the_words(call: Call, start: int, keys: list) -> None:
    selection = {"anchor": start, "focus": start}
    for key, extend in keys:
        before = selection
        selection = call("moved", before, key, WORDS, extend)
        assert 0 <= selection["focus"] < WORDS
        assert selection["anchor"] == (before["anchor"] if extend else selection["focus"])
    first, last = call("ends", selection)
    assert first <= last
