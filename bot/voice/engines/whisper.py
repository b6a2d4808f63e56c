"""A slot for a stronger ear: faster-whisper with a model of the operator's own.

Not installed by default and without a model in its package: `pip install faster-whisper==1.2.1`,
then `QUAD_SPEECH_MODEL` names a folder with a converted model. Nothing is downloaded.
"""

from __future__ import annotations

import importlib
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.voice.errors import NothingHeard, VoiceMissing
from bot.voice.language.building import LEXICON
from bot.voice.speech import Heard, Samples
from bot.voice.spoken import Writer

NAME = "faster-whisper"
_UNSPOKEN = 0.8  # the model's own probability that nobody speaks
# Whisper writes what it has read before: one sentence shows it how codes look.
_PROMPT = "Enroll me in CS106A and MATH51 in winter 2019, drop MS&E111."


class Whisper:
    """A loaded model."""

    name = NAME

    def __init__(self, model: Any, codes: Iterable[str]) -> None:
        self._model = model
        self._writer = Writer(frozenset(codes))

    @classmethod
    def open(cls, path: Path, lexicon: Path = LEXICON) -> Whisper:
        """Load the model of a folder; raise VoiceMissing."""
        try:
            package = importlib.import_module("faster_whisper")
            model = package.WhisperModel(
                str(path), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
            )
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise VoiceMissing(NAME) from error
        return cls(model, json.loads(lexicon.read_text(encoding="utf-8"))["code"])

    def hear(self, samples: Samples) -> Heard:
        """Understand one utterance; raise NothingHeard."""
        segments, _ = self._model.transcribe(
            samples.astype("float32") / 32_768,
            language="en",
            beam_size=5,
            initial_prompt=_PROMPT,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        kept = [segment for segment in segments if segment.no_speech_prob < _UNSPOKEN]
        text = self._writer.write(" ".join(segment.text.strip() for segment in kept))
        if not text:
            raise NothingHeard
        likely = sum(segment.avg_logprob for segment in kept) / len(kept)
        return Heard(text, round(min(1.0, math.exp(likely)), 4))
