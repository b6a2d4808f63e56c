"""Vectors in the background, kept on disk, by a real encoder's file and a fake encoder."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.catalogue import meanings as module
from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.vectors import VectorFile
from nlu.serving.engine import MODEL


class Letters:
    """An encoder whose vectors count letters; it tells which texts it was given."""

    given: list[str] = []  # noqa: RUF012 - emptied by each test
    may_go_on = threading.Event()

    def __init__(self, folder: Path) -> None:
        self.may_go_on.wait(5)

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        self.given.extend(texts)
        vectors = np.zeros((len(texts), 384), np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower().encode():
                vectors[row, letter] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)

    def knows(self, word: str) -> bool:
        return word == "known"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / MODEL).write_bytes(b"weights")
    monkeypatch.setattr(module, "SentenceEncoder", Letters)
    Letters.given = []
    Letters.may_go_on.set()
    return tmp_path


def _meanings(folder: Path) -> Meanings:
    return Meanings(folder, folder / "search")


def test_without_an_encoder_there_are_no_meanings(tmp_path: Path) -> None:
    assert Meanings.open(tmp_path) is None


def test_words_serve_until_vectors_are_there(folder: Path) -> None:
    Letters.may_go_on.clear()
    meanings = _meanings(folder)
    rows = meanings.rows(["abc", "xyz"])
    assert meanings.nearness("abc", rows) is None
    assert meanings.pending == 2
    assert not meanings.wait(0.01)
    Letters.may_go_on.set()
    assert meanings.wait(5)
    near = meanings.nearness("abc", rows)
    assert near is not None
    assert near.tolist() == pytest.approx([1.0, 0.0])
    meanings.close()


def test_a_text_is_computed_once_even_over_a_restart(folder: Path) -> None:
    texts = [f"text number {n}" for n in range(2_000)]
    first = _meanings(folder)
    rows = first.rows(texts)
    assert first.wait(10)
    first.close()
    assert sorted(Letters.given) == sorted(texts)
    assert first.rows(texts).tolist() == rows.tolist()
    Letters.given.clear()
    second = _meanings(folder)
    kept = second.rows([*texts, "a new one"])
    assert second.wait(10)
    second.close()
    assert Letters.given == ["a new one"]
    near = second.nearness(texts[7], kept)
    assert near is not None
    assert near[7] == pytest.approx(1.0, abs=2e-3)  # half precision on disk


def test_a_repeated_query_is_encoded_once(folder: Path) -> None:
    meanings = _meanings(folder)
    rows = meanings.rows(["abc"])
    assert meanings.wait(5)
    meanings.close()
    Letters.given.clear()
    for _ in range(3):
        meanings.nearness("a query", rows)
    assert Letters.given == ["a query"]
    assert meanings.knows("known")
    assert not meanings.knows("unknwon")


def test_two_processes_keep_each_others_vectors(folder: Path) -> None:
    for text in ("one", "two"):
        meanings = _meanings(folder)
        meanings.rows([text])
        assert meanings.wait(5)
        meanings.close()
    keys, vectors = VectorFile.of(folder / "search", folder / MODEL).read()
    assert len(keys) == len(vectors) == 2


@pytest.mark.parametrize("content", [b"", b"no tensors", b"\x00" * 64])
def test_a_spoilt_file_is_made_anew(folder: Path, content: bytes) -> None:
    file = VectorFile.of(folder / "search", folder / MODEL)
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    meanings = _meanings(folder)
    meanings.rows(["abc"])
    assert meanings.wait(5)
    meanings.close()
    assert len(file.read()[0]) == 1


def test_another_model_has_another_file(folder: Path) -> None:
    before = VectorFile.of(folder / "search", folder / MODEL)
    (folder / MODEL).write_bytes(b"other weights")
    assert VectorFile.of(folder / "search", folder / MODEL).path != before.path
