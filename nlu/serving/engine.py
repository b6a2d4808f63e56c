"""Serving: text and what was said before → parse, on onnxruntime, one thread, without torch.

`pack` (which does import torch) writes what `Engine.load` reads: model.onnx, tokenizer.json and
engine.json with transitions and the line of doubt.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from nlu.decoding import Chain, log_softmax
from nlu.entities import Entity, entities
from nlu.pieces import PieceMaker
from nlu.schema import INTENTS
from nlu.serving.recall import Recall, Vector
from nlu.turns import MEMORY_WORDS, REMEMBERED
from nlu.words import Word, split

MODEL, CALIBRATION = "model.onnx", "engine.json"


@dataclass(frozen=True)
class Said:
    """An earlier utterance of either side."""

    text: str
    of_user: bool


@dataclass(frozen=True)
class Parse:
    """What was understood: intents by falling probability, spans, whether text was cut off, and
    how much each earlier utterance (the latest first, then "none") was attended to.
    """

    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    truncated: bool = False
    attention: tuple[float, ...] = ()
    unsure: bool = False  # no intent is likely enough to act on

    @property
    def intent(self) -> tuple[str, float]:
        """The likeliest intent."""
        return self.ranking[0]


class Engine:
    """Parses utterances; safe to share between threads (onnxruntime sessions are)."""

    def __init__(
        self, session: ort.InferenceSession, maker: PieceMaker, chain: Chain, calibration: Any
    ) -> None:
        self._session = session
        self._maker = maker
        self._chain = chain
        self._doubt = float(calibration["doubt"])
        self._recall = Recall()
        shapes = {given.name: given.shape for given in session.get_inputs()}
        self._remembers = "bank" in shapes
        self._width = shapes["bank"][-1] if self._remembers else 0

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Engine:
        """Read a packed model and run it once, so that the first student does not wait."""
        saved = json.loads((folder / CALIBRATION).read_text())
        chain = Chain(*(np.array(saved[key], dtype=np.float32) for key in ("starts", "steps")))
        session = session_of(folder / MODEL, threads)
        engine = cls(session, PieceMaker.load(folder), chain, saved)
        engine.parse("warm up")
        return engine

    def parse(self, text: str, past: Sequence[Said] = ()) -> Parse:
        """Parse any text; an empty one is `other`. `past`: in the order of the conversation."""
        listed = split(text)
        if not listed.words:
            return Parse((("other", 1.0),), (), listed.truncated)
        pieces = self._maker.pieces([word.text for word in listed.words])
        intents, tags, pooled, attention = self._run(pieces.ids, self._bank(past))
        self._recall.put(_beginning(text, listed.words), pooled)
        placed = [
            (word, place)
            for word, place in zip(listed.words, pieces.first, strict=True)
            if place is not None
        ]
        words: tuple[Word, ...] = tuple(word for word, _ in placed)
        found = entities(words, tags[[place for _, place in placed]], self._chain)
        cut_off = listed.truncated or len(words) < len(listed.words)
        attended = tuple(float(share) for share in attention)
        ranking = self._ranking(intents)
        unsure = ranking[0][0] != "other" and ranking[0][1] < self._doubt
        return Parse(ranking, tuple(found), cut_off, attended, unsure)

    def remember(self, past: Sequence[Said]) -> None:
        """Encode what was said, so that the next parse in this conversation finds it done."""
        if self._remembers:
            for said in past[-REMEMBERED:]:
                self._vector(said.text)

    def parse_all(self, texts: Sequence[str]) -> list[Parse]:
        """Many utterances without a past, for evaluation."""
        return [self.parse(text) for text in texts]

    def _run(self, ids: Sequence[int], bank: dict[str, NDArray[np.generic]]) -> list[Vector]:
        pieces = np.array([ids], dtype=np.int64)
        feed = {"pieces": pieces, "mask": np.ones_like(pieces), **bank}
        outputs = [np.asarray(output)[0] for output in self._session.run(None, feed)]
        return outputs if self._remembers else [*outputs, np.zeros(0, dtype=np.float32)]

    def _bank(self, past: Sequence[Said]) -> dict[str, NDArray[np.generic]]:
        if not self._remembers:
            return {}
        bank = np.zeros((1, REMEMBERED, self._width), dtype=np.float32)
        marks = np.zeros((2, 1, REMEMBERED), dtype=np.int64)
        for place, said in enumerate(reversed(past[-REMEMBERED:])):
            if (vector := self._vector(said.text)) is not None:
                bank[0, place] = vector
                marks[:, 0, place] = (1, int(said.of_user))
        return {"bank": bank, "present": marks[0], "of_user": marks[1]}

    def _vector(self, text: str) -> Vector | None:
        """An earlier utterance's memory; None for one without words."""
        text = _beginning(text, split(text).words)
        if not text:
            return None
        known = self._recall.get(text)
        if known is None:
            words = [word.text for word in split(text).words]
            known = self._run(self._maker.pieces(words).ids, self._bank(()))[2]
            self._recall.put(text, known)
        return known

    def _ranking(self, scores: Vector) -> tuple[tuple[str, float], ...]:
        sure = np.exp(log_softmax(scores))
        order = np.argsort(-sure)
        return tuple((INTENTS[index], float(sure[index])) for index in order)


def _beginning(text: str, words: Sequence[Word]) -> str:
    """As much of an utterance as is remembered."""
    return text[: words[:MEMORY_WORDS][-1].end] if words else ""


def session_of(path: Path, threads: int) -> ort.InferenceSession:
    """A session that leaves the other cores to the event loop."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
