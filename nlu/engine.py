"""Serving: text → parse on onnxruntime, one thread, without torch. Used by the Rasa component.

`pack` (which does import torch) writes what `Engine.load` reads: model.onnx, tokenizer.json and
engine.json with the calibration.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from nlu.decoding import Entity, entities, log_softmax
from nlu.pieces import PieceMaker
from nlu.schema import INTENTS
from nlu.words import split

MODEL, CALIBRATION = "model.onnx", "engine.json"


@dataclass(frozen=True)
class Parse:
    """What was understood: intents by falling probability, spans, and whether text was cut off."""

    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    truncated: bool = False

    @property
    def intent(self) -> tuple[str, float]:
        """The likeliest intent."""
        return self.ranking[0]


class Engine:
    """Parses utterances; safe to share between threads (onnxruntime sessions are)."""

    def __init__(
        self, session: ort.InferenceSession, maker: PieceMaker, temperature: float
    ) -> None:
        self._session = session
        self._maker = maker
        self._temperature = temperature

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Engine:
        """Read a packed model and run it once, so that the first student does not wait."""
        calibration = json.loads((folder / CALIBRATION).read_text())
        engine = cls(
            session_of(folder / MODEL, threads),
            PieceMaker.load(folder),
            float(calibration["temperature"]),
        )
        engine.parse("warm up")
        return engine

    def parse(self, text: str) -> Parse:
        """Parse any text; an empty one is `other`."""
        listed = split(text)
        if not listed.words:
            return Parse((("other", 1.0),), (), listed.truncated)
        pieces = self._maker.pieces(listed.words)
        ids = np.array([pieces.ids], dtype=np.int64)
        intents, tags = self._session.run(None, {"pieces": ids, "mask": np.ones_like(ids)})
        seen = [place for place in pieces.first if place is not None]
        words = tuple(
            word
            for word, place in zip(listed.words, pieces.first, strict=True)
            if place is not None
        )
        found = entities(words, np.asarray(tags[0])[seen])
        cut_off = listed.truncated or len(words) < len(listed.words)
        return Parse(self._ranking(np.asarray(intents[0])), tuple(found), cut_off)

    def _ranking(self, scores: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
        sure = np.exp(log_softmax(scores / self._temperature))
        order = np.argsort(-sure)
        return tuple((INTENTS[index], float(sure[index])) for index in order)


def session_of(path: Path, threads: int) -> ort.InferenceSession:
    """A session that leaves the other cores to the event loop."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
