"""The engines an operator may add: absent, they refuse; present, their real interface is met."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from bot.voice.engines.espeak import Espeak, Manner
from bot.voice.engines.piper import Piper
from bot.voice.engines.whisper import Whisper
from bot.voice.errors import NothingHeard, NothingToSay, VoiceMissing
from bot.voice.recording import read_wav


@dataclass
class Segment:
    text: str
    avg_logprob: float = -0.2
    no_speech_prob: float = 0.1


class Model:
    """What faster-whisper 1.2.1's `transcribe` is given and gives."""

    def __init__(self, *segments: Segment) -> None:
        self.segments = segments

    def transcribe(
        self,
        audio: np.ndarray,
        language: str,
        *,
        beam_size: int,
        initial_prompt: str,
        condition_on_previous_text: bool,
        without_timestamps: bool,
    ) -> tuple[object, None]:
        assert audio.dtype == np.float32
        assert np.abs(audio).max() <= 1
        return iter(self.segments), None


@dataclass
class Chunk:
    audio_int16_array: np.ndarray
    sample_rate: int = 22_050


class Voice:
    """What piper 1.8.0's `synthesize` is given and gives."""

    def synthesize(self, text: str) -> list[Chunk]:
        self.text = text
        return [Chunk(np.full(2_205, 9_000, np.int16)) for _ in range(2)]


def test_whisper_s_words_become_codes() -> None:
    ear = Whisper(Model(Segment(" Enroll me in CS 106 A"), Segment("noise", 0, 0.95)), ["CS106A"])
    heard = ear.hear(np.ones(16_000, np.int16))
    assert heard.text == "Enroll me in CS106A"
    assert heard.confidence == pytest.approx(0.8187, abs=1e-3)
    with pytest.raises(NothingHeard):
        Whisper(Model(), []).hear(np.ones(16_000, np.int16))


def test_piper_reads_codes_letter_by_letter() -> None:
    voice = Voice()
    samples = read_wav(Piper(voice).say("**CS106A** 🎉"))
    assert voice.text == "C S one oh six ay"
    assert abs(len(samples) - 3_200) < 5
    with pytest.raises(NothingToSay):
        Piper(voice).say("🎉")


@pytest.mark.parametrize("engine", [Whisper, Piper])
def test_what_is_not_there_is_named(engine: type[Whisper | Piper], tmp_path: Path) -> None:
    with pytest.raises(VoiceMissing):
        engine.open(tmp_path)


def test_espeak_speaks_and_unknown_voices_are_refused() -> None:
    espeak = Espeak()
    slow, fast = (espeak.spoken("good morning", Manner("en-us", rate)) for rate in (120, 220))
    assert len(slow) > len(fast) > espeak.rate // 3
    with pytest.raises(VoiceMissing):
        espeak.spoken("hello", Manner("no-such-voice"))


def test_without_the_extra_the_voice_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("bot.voice.engines.espeak._open", [])
    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(VoiceMissing):
        Espeak()
