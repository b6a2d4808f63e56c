"""Steady noise goes, speech-like sound stays, and nothing odd comes of odd recordings."""

from __future__ import annotations

import numpy as np
import pytest

from bot.voice.quieting import quieted
from bot.voice.speech import RATE


def _bursts() -> np.ndarray:
    """Tones with pauses, a second and a half in all."""
    time = np.arange(3 * RATE // 2) / RATE
    return 8_000 * np.sin(2 * np.pi * 500 * time) * (np.sin(2 * np.pi * 2 * time) > 0.3)


def test_noise_in_the_pauses_falls_and_the_tone_stays() -> None:
    clean = _bursts()
    noise = np.random.default_rng(0).normal(scale=600, size=len(clean))
    left = quieted((clean + noise).astype(np.int16)).astype(float)
    pauses, tones = clean == 0, np.abs(clean) > 0
    assert left[pauses].std() < 0.4 * noise[pauses].std()
    assert np.corrcoef(left[tones], clean[tones])[0, 1] > 0.98


@pytest.mark.parametrize("length", [0, 1, 100, RATE // 5, RATE + 7])
@pytest.mark.parametrize("level", [0, 1, 32_767])
def test_the_length_stays_whatever_comes(length: int, level: int) -> None:
    samples = np.full(length, level, np.int16)
    assert len(quieted(samples)) == length
    assert quieted(samples).dtype == np.int16
