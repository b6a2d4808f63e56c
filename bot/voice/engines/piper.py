"""A slot for a better voice: piper with a voice of the operator's own.

Not installed by default (GPL-3) and without a voice in its package: `pip install piper-tts==1.8.0`,
then `QUAD_VOICE_MODEL` names an `.onnx` voice with its `.onnx.json` beside it.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from bot.voice.errors import NothingToSay, VoiceFailed, VoiceMissing
from bot.voice.recording import to_wav
from bot.voice.spoken import read_out

NAME = "piper"


class Piper:
    """A loaded voice; it speaks one language, whatever the page's."""

    name = NAME

    def __init__(self, voice: Any) -> None:
        self._voice = voice

    @classmethod
    def open(cls, path: Path) -> Piper:
        """Load a voice; raise VoiceMissing."""
        try:
            return cls(importlib.import_module("piper").PiperVoice.load(path))
        except Exception as error:  # onnxruntime's errors have no common root
            raise VoiceMissing(NAME) from error

    def say(self, text: str, locale: str = "en") -> bytes:
        """A WAV recording of the text; raise NothingToSay or VoiceFailed."""
        spoken = read_out(text)
        if not any(character.isalnum() for character in spoken):
            raise NothingToSay
        chunks = list(self._voice.synthesize(spoken))
        if not chunks:
            raise VoiceFailed("nothing came out")
        samples = np.concatenate([chunk.audio_int16_array for chunk in chunks])
        return to_wav(samples, int(chunks[0].sample_rate))
