"""Explanations: complete, safe as a page, and of the utterance that was asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu import explain as explaining
from nlu.batches import coder_of
from nlu.evaluation.page import page_of
from nlu.explain import Explanation, explain, lines_of
from nlu.saving import load

TEXT = "enroll me in <b>CS106A</b> please"
PAST = ["hi", "Hello! Which class?"]


@pytest.fixture(scope="module")
def found(tiny_weights: Path, tiny_encoder: Path) -> Explanation:
    model = load(tiny_weights, str(tiny_encoder))
    return explain(model, coder_of(str(tiny_encoder)), TEXT, PAST)


def test_every_word_has_a_share_and_the_largest_is_one(found: Explanation) -> None:
    assert len(found.shares) == len(found.words)
    assert max(map(abs, found.shares)) == pytest.approx(1.0)
    assert sum(sure for _, sure in found.ranking) == pytest.approx(1.0, abs=1e-4)


def test_attention_names_what_was_said_the_latest_first(found: Explanation) -> None:
    assert [turn for turn, _ in found.attention] == [*reversed(PAST), "(none of them)"]
    assert sum(weight for _, weight in found.attention) == pytest.approx(1.0, abs=1e-4)


def test_the_terminal_shows_all_parts(found: Explanation) -> None:
    lines = "\n".join(lines_of(found))
    for part in ("intent", "slots", "memory", "words, for", "(none of them)"):
        assert part in lines


def test_the_page_lets_no_markup_through(found: Explanation) -> None:
    page = page_of(found)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert page.startswith("<!doctype html>")


def test_the_command_writes_the_page(
    tiny_weights: Path, tiny_encoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = ["--weights", str(tiny_weights.parent), "--encoder", str(tiny_encoder)]
    page = tmp_path / "why.html"
    assert explaining.main(["drop it", "--after", "hi", "--html", str(page), *known]) == 0
    assert "words, for" in capsys.readouterr().out
    assert "drop" in page.read_text()
    with pytest.raises(SystemExit):
        explaining.main(["  ", *known])
