"""Which engines an installation has, by its settings and its packages.

`QUAD_SPEECH_MODEL` and `QUAD_VOICE_MODEL` name models of faster-whisper and piper; without them
pocketsphinx listens and espeak-ng speaks, if it is installed.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.voice.recording import read_wav, with_speech
from bot.voice.speech import Heard, Recogniser, Speaker
from knowledge.settings import VoiceSettings


@dataclass(frozen=True)
class Engines:
    """The names of what listens and speaks; None where there is nothing."""

    hear: str | None
    say: str | None


def engines(settings: VoiceSettings) -> Engines:
    """What is there, found without loading any of it."""
    hear = "faster-whisper" if settings.speech_model else "pocketsphinx"
    say = "piper" if settings.voice_model else "espeak-ng"
    return Engines(hear if _installed(hear) else None, say if _installed(say) else None)


def _installed(engine: str) -> bool:
    packages = {
        "pocketsphinx": "pocketsphinx",
        "faster-whisper": "faster_whisper",
        "piper": "piper",
        "espeak-ng": "espeakng_loader",
    }
    return importlib.util.find_spec(packages[engine]) is not None


def recogniser(settings: VoiceSettings, kept: Path) -> Recogniser:
    """The recogniser of these settings; raise VoiceMissing."""
    if settings.speech_model:
        from bot.voice.engines.whisper import Whisper

        return Whisper.open(settings.speech_model)
    from bot.voice.engines.sphinx import Sphinx

    return Sphinx.open(kept)


def speaker(settings: VoiceSettings) -> Speaker:
    """The speaker of these settings; raise VoiceMissing."""
    if settings.voice_model:
        from bot.voice.engines.piper import Piper

        return Piper.open(settings.voice_model)
    from bot.voice.engines.espeak import Espeak

    return Espeak()


def served(settings: VoiceSettings, kept: Path) -> Callable[[str, tuple[Any, ...]], Any]:
    """What the worker process does: "hear" a WAV, "say" a text. Engines load when first needed."""
    opened: dict[str, Any] = {}

    def hear(body: bytes) -> Heard:
        samples = with_speech(read_wav(body))
        if "hear" not in opened:
            opened["hear"] = recogniser(settings, kept)
        heard: Heard = opened["hear"].hear(samples)
        return heard

    def say(text: str, locale: str) -> bytes:
        if "say" not in opened:
            opened["say"] = speaker(settings)
        wav: bytes = opened["say"].say(text, locale)
        return wav

    jobs: dict[str, Callable[..., Any]] = {"hear": hear, "say": say}
    return lambda job, given: jobs[job](*given)
