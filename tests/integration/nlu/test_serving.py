"""Packed for serving: the same scores as torch, any text parsed, and no torch in the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.encoders.sentence import SentenceEncoder
from nlu.model import Remembered
from nlu.pieces import PieceMaker
from nlu.saving import load
from nlu.schema import INTENTS, ROLES, SLOTS
from nlu.serving.engine import Engine, Said, session_of
from nlu.serving.pack import pack_joint, pack_sentences
from nlu.turns import REMEMBERED
from nlu.words import split

AWKWARD = [
    "",
    " \n",
    "😀",
    "😀😀 CS106A 😀",
    "takeCS106Apls",
    "שלום CS106A مرحبا",
    "\x00\x07\x1b[31m CS106A",
    "\u202eenroll me in CS106A",
    "a \u200b\ufe0f b CS106A",
    "x" * 10_000,
    "word " * 2_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE students; --",
    "\U0001f469\u200d\U0001f4bb" * 50,
]


@pytest.fixture(scope="module")
def packed(tiny_weights: Path, tiny_encoder: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    pack_joint(tiny_weights, str(tiny_encoder), folder)
    return folder


@pytest.fixture(scope="module")
def exact(tiny_weights: Path, tiny_encoder: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("exact")
    pack_joint(tiny_weights, str(tiny_encoder), folder, exact=True)
    return folder


@pytest.fixture(scope="module")
def engine(packed: Path) -> Engine:
    return Engine.load(packed)


@pytest.mark.parametrize("text", ["hi", "enroll me in CS106A for winter 2019", "w " * 90])
def test_onnx_and_torch_agree(
    text: str, exact: Path, tiny_weights: Path, tiny_encoder: Path
) -> None:
    model = load(tiny_weights, str(tiny_encoder))
    words = [word.text for word in split(text).words]
    ids = np.array([PieceMaker.load(exact).pieces(words).ids], dtype=np.int64)
    bank = np.random.default_rng(0).normal(size=(1, REMEMBERED, 32)).astype(np.float32)
    present = np.array([[1] * 3 + [0] * (REMEMBERED - 3)])
    feed = {"pieces": ids, "mask": np.ones_like(ids), "bank": bank, "present": present}
    served = session_of(exact / "model.onnx", 1).run(None, {**feed, "of_user": present})
    with torch.no_grad():
        states, pooled = model.encode(torch.from_numpy(ids), torch.ones(ids.shape))
        marks = torch.from_numpy(present)
        output = model.decide(states, pooled, Remembered(torch.from_numpy(bank), marks, marks))
    assert output.attention is not None
    for onnx, ours in zip(
        served, (output.intents, output.tags, pooled, output.attention), strict=True
    ):
        np.testing.assert_allclose(onnx, ours.numpy(), atol=1e-4)


def test_what_was_said_before_is_attended_to_and_matters(engine: Engine) -> None:
    alone = engine.parse("winter")
    past = [Said("enroll me in CS106A", True), Said("For which quarter?", False)]
    after = engine.parse("winter", past)
    assert alone.attention[-1] == pytest.approx(1.0)
    assert sum(after.attention) == pytest.approx(1.0, abs=1e-4)
    assert sum(after.attention[:2]) > 0 == sum(after.attention[2:-1])
    assert after.ranking != alone.ranking
    assert engine.parse("winter", past) == after  # now from memory


@pytest.mark.parametrize("past", [[Said("", True)], [Said("x" * 9000, False)] * 20])
def test_any_past_is_borne(engine: Engine, past: list[Said]) -> None:
    assert engine.parse("winter", past).ranking


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=400), st.sampled_from(AWKWARD)))
def test_any_text_gives_a_parse_with_exact_offsets(engine: Engine, text: str) -> None:
    parse = engine.parse(text)
    assert {name for name, _ in parse.ranking} <= set(INTENTS)
    assert sum(sure for _, sure in parse.ranking) == pytest.approx(1.0, abs=1e-4)
    assert all(a[1] >= b[1] for a, b in zip(parse.ranking, parse.ranking[1:], strict=False))
    last = 0
    for entity in parse.entities:
        assert last <= entity.start < entity.end <= len(text)
        span = text[entity.start : entity.end]
        assert span == span.strip()
        assert entity.slot in SLOTS
        assert entity.role is None or entity.role in ROLES
        assert 0 < entity.confidence <= 1
        last = entity.end


def test_what_was_remembered_is_not_encoded_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = [Said("which course of the coming spring would you like?", of_user=False)]
    engine.remember(past)
    runs: list[object] = []
    run = engine._run

    def counted(ids: object, bank: object) -> object:
        runs.append(ids)
        return run(ids, bank)

    monkeypatch.setattr(engine, "_run", counted)
    engine.parse("the second of them", past)
    assert len(runs) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_said_is_other(engine: Engine, text: str) -> None:
    parse = engine.parse(text)
    assert parse.intent == ("other", 1.0)
    assert parse.entities == ()


@pytest.mark.parametrize("text", ["x" * 10_000, "word " * 2_000])
def test_a_cut_is_reported(engine: Engine, text: str) -> None:
    assert engine.parse(text).truncated


def test_sentences_are_unit_vectors_near_by_meaning(tiny_encoder: Path, tmp_path: Path) -> None:
    pack_sentences(str(tiny_encoder), tmp_path)
    vectors = SentenceEncoder(tmp_path).encode(["a cat", "a much longer sentence about cats", ""])
    assert vectors.shape == (3, 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    alone = SentenceEncoder(tmp_path).encode(["a cat"])
    np.testing.assert_allclose(vectors[0], alone[0], atol=1e-4)  # padding changes nothing


def test_serving_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from bot.rasa_compat import install; install();"
        "import nlu.component, nlu.serving.engine, nlu.encoders.sentence;"
        "heavy = {'torch', 'transformers', 'onnx'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
