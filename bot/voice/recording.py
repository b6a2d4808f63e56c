"""Reads and writes WAV recordings within bounds: whatever comes in, one channel at 16 kHz goes on.

Channels are mixed, 8, 24 and 32 bits become 16, other rates are resampled. The standard library
reads the container, so that no decoder of somebody else's media meets foreign bytes.
"""

from __future__ import annotations

import io
import math
import struct
import wave

import numpy as np
from numpy.typing import NDArray

from bot.voice.errors import NotAudio, NothingHeard, RecordingTooLarge, RecordingTooLong
from bot.voice.speech import RATE, Samples

MAX_BYTES = 2_000_000
MAX_SECONDS = 30.0
_MIN_SECONDS = 0.15
_RATES = range(4_000, 192_001)
_CHANNELS = range(1, 9)
_QUIET = 60.0  # root mean square below which nobody speaks, of 32,767
_FULL = 32_767.0
_EXTENSIBLE = b"\xfe\xff"
_PCM = b"\x01\x00"


def read_wav(body: bytes) -> Samples:
    """The samples of a recording; raise NotAudio, RecordingTooLarge or RecordingTooLong."""
    if len(body) > MAX_BYTES:
        raise RecordingTooLarge(MAX_BYTES)
    try:
        with wave.open(io.BytesIO(_plain(body)), "rb") as file:
            return _read(file)
    # RuntimeError: a chunk whose size leads out of the file
    except (wave.Error, EOFError, RuntimeError, struct.error, ValueError, OverflowError) as error:
        raise NotAudio(str(error)[:100]) from error


def _plain(body: bytes) -> bytes:
    """PCM in the extensible form is named as plain PCM, which is all `wave` of 3.11 reads."""
    at = body.find(b"fmt ", 12, 200)
    subformat = body[at + 32 : at + 34]
    if at < 0 or body[at + 8 : at + 10] != _EXTENSIBLE or subformat != _PCM:
        return body
    return body[: at + 8] + _PCM + body[at + 10 :]


def _read(file: wave.Wave_read) -> Samples:
    rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
    if rate not in _RATES or channels not in _CHANNELS or width not in (1, 2, 3, 4):
        raise NotAudio(f"{rate} Hz, {channels} channels, {8 * width} bits")
    most = int(MAX_SECONDS * rate)
    data = file.readframes(most + 1)  # what the header promises is not believed
    frames = len(data) // (channels * width)
    if frames > most:
        raise RecordingTooLong(round(file.getnframes() / rate, 1), MAX_SECONDS)
    values = _floats(data[: frames * channels * width], width).reshape(-1, channels).mean(axis=1)
    return _rounded(at_rate(values, rate))


def _floats(data: bytes, width: int) -> NDArray[np.float64]:
    """Samples from -1 to 1, of any width in bytes."""
    if width == 1:  # without a sign, by the format
        return (np.frombuffer(data, np.uint8).astype(np.float64) - 128) / 128
    if width == 3:
        triples = np.frombuffer(data, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(triples), 4), np.uint8)
        padded[:, 1:] = triples
        return padded.view("<i4")[:, 0] / 2.0**31
    return np.frombuffer(data, f"<i{width}") / 2.0 ** (8 * width - 1)


def at_rate(values: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Resampled to 16 kHz, without folding what is above half of that."""
    if rate == RATE or not len(values):
        return values
    step = math.gcd(RATE, rate)
    if max(RATE, rate) // step > 2_000:  # an odd rate: near enough, within a hundredth
        rate = round(rate / 100) * 100
        step = math.gcd(RATE, rate)
    # Imported where it is needed: it takes a second, which every start of the site would pay.
    from scipy.signal import resample_poly

    resampled: NDArray[np.float64] = resample_poly(values, RATE // step, rate // step)
    return resampled


def _rounded(values: NDArray[np.float64]) -> Samples:
    return np.clip(values * _FULL, -_FULL, _FULL).astype(np.int16)


def with_speech(samples: Samples) -> Samples:
    """The same samples, when somebody may be speaking in them; raise NothingHeard."""
    loudest = loudness(samples)
    if len(samples) < _MIN_SECONDS * RATE or loudest < _QUIET:
        raise NothingHeard
    return samples


def loudness(samples: Samples) -> float:
    """The root mean square of the loudest tenth of a second."""
    length = RATE // 10
    whole = samples[: len(samples) // length * length].astype(np.float64).reshape(-1, length)
    return float(np.sqrt((whole**2).mean(axis=1)).max()) if len(whole) else 0.0


def to_wav(samples: NDArray[np.int16], rate: int = RATE) -> bytes:
    """A recording of one channel with 16 bits."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return out.getvalue()
