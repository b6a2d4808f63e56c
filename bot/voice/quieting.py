"""Takes steady noise out of a recording before it is listened to: fans, hiss, hum.

The spectral amplitude is estimated by the log-MMSE rule with the decision-directed ratio of speech
to noise: Y. Ephraim, D. Malah: Speech enhancement using a minimum mean-square error log-spectral
amplitude estimator, IEEE ASSP 33, 1985. The noise is what the quietest frames hold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import istft, stft
from scipy.special import exp1

from bot.voice.speech import RATE, Samples

_WINDOW = 512  # samples: 32 ms
_HOP = 128
_QUIETEST = 0.12  # of the frames, which are taken for noise alone
_SMOOTHED = 0.97  # how much of the ratio is taken from the frame before
_LEAST_RATIO = 10**-2.5
_LEAST_GAIN = 0.1  # what is left of noise: cut to nothing, it twitters
_MOST_RATIO = 1e4
Floats = NDArray[np.float64]


def quieted(samples: Samples) -> Samples:
    """The same recording with its steady noise about 20 dB lower."""
    if len(samples) < RATE // 5:
        return samples
    _, _, spectrum = stft(
        samples.astype(np.float64), RATE, nperseg=_WINDOW, noverlap=_WINDOW - _HOP
    )
    power = np.abs(spectrum) ** 2
    gain = _gains(power, _noise(power))
    _, clean = istft(spectrum * gain, RATE, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    quieter: Samples = np.clip(clean[: len(samples)], -32_767, 32_767).astype(np.int16)
    return quieter


def _noise(power: Floats) -> Floats:
    """The mean power of each frequency in the quietest frames."""
    loudness = power.sum(axis=0)
    kept = max(4, int(len(loudness) * _QUIETEST))
    noise: Floats = power[:, np.argsort(loudness)[:kept]].mean(axis=1)
    return np.maximum(noise, 1e-6)


def _gains(power: Floats, noise: Floats) -> Floats:
    """What each frequency of each frame is multiplied with."""
    after = np.clip(power / noise[:, None], 1e-3, _MOST_RATIO)
    gains = np.empty_like(power)
    before = np.ones(len(noise))
    for frame in range(power.shape[1]):
        fresh = np.maximum(after[:, frame] - 1.0, 0.0)
        ratio = np.maximum(_SMOOTHED * before + (1.0 - _SMOOTHED) * fresh, _LEAST_RATIO)
        share = ratio / (1.0 + ratio)
        gain = share * np.exp(0.5 * exp1(np.maximum(share * after[:, frame], 1e-6)))
        gains[:, frame] = np.clip(gain, _LEAST_GAIN, 1.0)
        before = gains[:, frame] ** 2 * after[:, frame]
    return gains
