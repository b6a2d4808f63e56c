"""The one interface of voice, whatever engine stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

RATE = 16_000  # samples a second of everything that is listened to
Samples = NDArray[np.int16]  # one channel at RATE


@dataclass(frozen=True)
class Heard:
    """What was understood, as students write it; `confidence` is the engine's own, 0 to 1."""

    text: str
    confidence: float
    alternatives: tuple[str, ...] = ()


class Recogniser(Protocol):
    """Speech to text."""

    @property
    def name(self) -> str:
        """The engine's name."""

    def hear(self, samples: Samples) -> Heard:
        """Understand one utterance; raise NothingHeard."""


class Speaker(Protocol):
    """Text to speech."""

    @property
    def name(self) -> str:
        """The engine's name."""

    def say(self, text: str, locale: str = "en") -> bytes:
        """A WAV recording of the text; raise NothingToSay or VoiceFailed."""
