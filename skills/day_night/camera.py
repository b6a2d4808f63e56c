"""A webcam for generated scenes: exposure, white balance, noise and the sRGB curve.

Exposure is what makes day and night hard to tell: a camera opens up in the dark, so that a street
under lamps can come out as bright as one under clouds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Radiance = NDArray[np.float32]  # [h, w, 3], linear
_MIDDLE = 0.18  # where an exposure puts the mean
_MOST_GAIN = 4.0  # decades above bright daylight: the longest exposure of a good camera


def photograph(scene: Radiance, chance: np.random.Generator) -> NDArray[np.uint8]:
    """The picture [h, w, 3] that a camera drawn by `chance` takes of the scene (lux scale)."""
    mean = float(np.exp(np.log(scene.mean(axis=2) + 1e-4).mean()) + scene.mean()) / 2
    wanted = np.log10(_MIDDLE / mean) + chance.normal(0, 0.16)
    most = np.log10(_MIDDLE / 2e4) + _MOST_GAIN * chance.uniform(0.75, 1.1)
    gain = min(wanted, most)
    light = scene * np.float32(10**gain) * _balance(scene, chance)
    dark = np.clip((gain - np.log10(_MIDDLE / 2e4)) / _MOST_GAIN, 0, 1)  # 0 by day, 1 at full gain
    noise = chance.normal(0, 0.003 + 0.02 * dark * chance.random(), light.shape)
    shown = _curve(light + noise.astype(np.float32), float(chance.uniform(0.85, 1.2)))
    grey = shown.mean(axis=2, keepdims=True)
    shown = grey + (shown - grey) * np.float32(_saturation(float(dark), chance))
    return np.asarray(np.clip(shown, 0, 1) * 255 + 0.5, dtype=np.uint8)


def _balance(scene: Radiance, chance: np.random.Generator) -> NDArray[np.float32]:
    """[3] gains towards a grey mean, as automatic white balance does, and never quite right."""
    mean = scene.mean(axis=(0, 1)) + 1e-6
    towards = (mean.mean() / mean) ** chance.uniform(0.2, 0.9)
    return np.asarray(towards * np.exp(chance.normal(0, 0.08, 3)), dtype=np.float32)


def _curve(light: Radiance, contrast: float) -> Radiance:
    """A soft shoulder towards white, then the screen's gamma."""
    soft = np.clip(light, 0, None)
    soft = (soft * (1 + soft / 9) / (1 + soft)).astype(
        np.float32
    )  # Reinhard 2002, white at three times the middle
    return np.asarray(np.clip(soft * 1.25, 0, 1) ** np.float32(contrast / 2.2), dtype=np.float32)


def _saturation(dark: float, chance: np.random.Generator) -> float:
    """Some cameras see only greys in the dark."""
    if dark > 0.7 and chance.random() < 0.3:
        return float(chance.uniform(0.0, 0.4))
    return float(chance.uniform(0.8, 1.5))
