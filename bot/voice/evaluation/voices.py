"""The synthetic voices of the spoken test set: who speaks in which part.

No voice speaks in both parts. espeak-ng sounds like a machine; flite's `awb`, `rms` and `slt` are
built from recordings of people. None of them is a student with a cheap microphone.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.voice.engines.espeak import Espeak, Manner
from bot.voice.errors import VoiceMissing
from bot.voice.recording import at_rate
from bot.voice.speech import Samples

Part = Literal["dev", "test"]
FLITE = Path("var/flite")  # where `make flite` puts Debian's package, without installing it


@dataclass(frozen=True)
class Voice:
    """One voice of one synthesiser."""

    name: str
    part: Part
    manner: Manner | None = None  # of espeak-ng; flite's voices have none

    @property
    def label(self) -> str:
        """Its name with its synthesiser's."""
        return f"{'espeak-ng' if self.manner else 'flite'} {self.name}"

    def spoken(self, words: str) -> Samples:
        """16 kHz samples of words exactly as they are."""
        return self._by_espeak(words, self.manner) if self.manner else _by_flite(self.name, words)

    def _by_espeak(self, words: str, manner: Manner) -> Samples:
        espeak = Espeak()
        samples = espeak.spoken(words, manner)
        return _sixteen(at_rate(samples / 32_768, espeak.rate))


def _espeak(part: Part, voice: str, rate: int, pitch: int) -> Voice:
    return Voice(voice, part, Manner(voice, rate, pitch))


VOICES = (
    _espeak("dev", "en-us", 150, 45),
    _espeak("dev", "en-us+f2", 165, 60),
    _espeak("dev", "en-gb-x-rp+m3", 155, 40),
    Voice("slt", "dev"),
    Voice("kal16", "dev"),
    _espeak("test", "en-us+m7", 160, 50),
    _espeak("test", "en-us+f4", 150, 55),
    _espeak("test", "en-029+f1", 155, 50),
    _espeak("test", "en-gb-scotland+m2", 150, 40),
    Voice("awb", "test"),
    Voice("rms", "test"),
)


def voices_of(part: Part) -> list[Voice]:
    """The voices of a part; flite's only where it was fetched."""
    have_flite = (FLITE / "usr" / "bin" / "flite").exists()
    return [voice for voice in VOICES if voice.part == part and (voice.manner or have_flite)]


def _by_flite(name: str, words: str) -> Samples:
    program = FLITE / "usr" / "bin" / "flite"
    if not program.exists():
        raise VoiceMissing("flite")
    libraries = ":".join(str(path) for path in sorted((FLITE / "usr" / "lib").glob("*-linux-gnu")))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "said.wav"
        subprocess.run(  # noqa: S603 - our own words, no shell
            [str(program), "-voice", name, "-t", words, "-o", str(out)],
            env={**os.environ, "LD_LIBRARY_PATH": libraries},
            check=True,
            timeout=60,
        )
        with wave.open(str(out), "rb") as file:
            data = np.frombuffer(file.readframes(file.getnframes()), np.int16)
            return _sixteen(at_rate(data / 32_768, file.getframerate()))


def _sixteen(values: NDArray[np.float64]) -> Samples:
    return np.clip(values * 32_767, -32_767, 32_767).astype(np.int16)
