"""What disturbs: white noise, babble of other voices, the hum of the mains; at a given ratio."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.voice.speech import RATE, Samples

Floats = NDArray[np.float64]
KINDS = ("white", "babble", "hum")
RATIOS = (20, 10, 5)  # decibels of speech over noise
_MAINS = 60.0  # hertz; the harmonics fall off
_AROUND = RATE // 4  # a quarter of a second of nothing but noise before and after


def padded(samples: Samples) -> Samples:
    """The utterance with a little silence around it, as a push of a button gives."""
    return np.pad(samples, _AROUND)


def disturbed(
    samples: Samples,
    kind: str,
    ratio: float,
    others: Sequence[Samples],
    chance: np.random.Generator,
) -> Samples:
    """The utterance with noise at a ratio in decibels, by the power where somebody speaks."""
    speech = samples.astype(np.float64)
    noise = _noise(kind, len(speech), others, chance)
    wanted = _spoken_power(speech) / 10 ** (ratio / 10)
    mixed = speech + noise * np.sqrt(wanted / max(float((noise**2).mean()), 1e-9))
    loudest = float(np.abs(mixed).max())
    quieter: Samples = (mixed * min(1.0, 32_000 / max(loudest, 1.0))).astype(np.int16)
    return quieter


def _noise(
    kind: str, length: int, others: Sequence[Samples], chance: np.random.Generator
) -> Floats:
    if kind == "white":
        return chance.normal(size=length)
    if kind == "hum":
        time = np.arange(length) / RATE
        waves = [
            np.sin(2 * np.pi * _MAINS * n * time + chance.uniform(0, 6.28)) / n for n in range(1, 9)
        ]
        summed: Floats = np.sum(waves, axis=0) + chance.normal(scale=0.05, size=length)
        return summed
    if kind == "babble":
        picked = chance.choice(len(others), size=min(6, len(others)), replace=False)
        turned = [np.roll(np.resize(others[i], length), chance.integers(length)) for i in picked]
        babble: Floats = np.sum(turned, axis=0, dtype=np.float64)
        return babble
    raise ValueError(kind)


def _spoken_power(speech: Floats) -> float:
    """The mean square of the frames that hold most of the energy: pauses do not count."""
    frame = RATE // 50
    frames = (speech[: len(speech) // frame * frame].reshape(-1, frame) ** 2).mean(axis=1)
    return float(frames[frames > frames.max() * 1e-3].mean()) if len(frames) else 1.0
