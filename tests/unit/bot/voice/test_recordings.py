"""Whatever bytes come, a recording or a typed refusal comes out."""

from __future__ import annotations

import io
import struct
import wave
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voice.errors import NotAudio, NothingHeard, RecordingTooLarge, RecordingTooLong
from bot.voice.recording import MAX_BYTES, read_wav, to_wav, with_speech
from bot.voice.speech import RATE


def tone(rate: int = RATE, seconds: float = 1.0, hertz: float = 440.0) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)


def wav_of(values: np.ndarray, rate: int = RATE, width: int = 2, channels: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        wide = np.repeat(values, channels)
        if width == 1:
            file.writeframes((wide * 127 + 128).astype(np.uint8).tobytes())
        elif width == 3:
            whole = (wide * (2**23 - 1)).astype("<i4").view(np.uint8).reshape(-1, 4)
            file.writeframes(whole[:, :3].tobytes())
        else:
            file.writeframes((wide * (2 ** (8 * width - 1) - 1)).astype(f"<i{width}").tobytes())
    return out.getvalue()


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_usual_form_becomes_the_same_tone(rate: int, width: int, channels: int) -> None:
    samples = read_wav(wav_of(tone(rate) * 0.5, rate, width, channels))
    assert abs(len(samples) - RATE) < 20
    inner = samples[2_000:14_000].astype(float)
    wanted = tone()[2_000:14_000]
    likeness = np.abs(np.corrcoef(inner, wanted)[0, 1])
    assert likeness > 0.99
    assert 0.45 < np.abs(inner).max() / 32_767 < 0.55


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_or_read(body: bytes) -> None:
    _read_or_refused(body)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_a_damaged_header_is_refused_or_read(damage: bytes, at: int) -> None:
    sound = wav_of(tone(seconds=0.2))
    _read_or_refused(sound[:at] + damage + sound[at + len(damage) :])


def _read_or_refused(body: bytes) -> None:
    with suppress(NotAudio, RecordingTooLong):
        samples = read_wav(body)
        assert samples.dtype == np.int16
        assert len(samples) <= 30 * RATE + 1


def test_a_header_that_promises_too_much_is_not_believed() -> None:
    sound = bytearray(wav_of(tone(seconds=0.5)))
    sound[40:44] = struct.pack("<I", 2**32 - 10)
    assert len(read_wav(bytes(sound))) <= RATE // 2


def test_extensible_pcm_is_read() -> None:
    data = (tone(seconds=0.5) * 10_000).astype("<i2").tobytes()
    guid = b"\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
    form = struct.pack("<HHIIHHHHI", 0xFFFE, 1, RATE, RATE * 2, 2, 16, 22, 16, 4) + guid
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data))
    body = b"RIFF" + struct.pack("<I", 4 + len(chunks) + len(data)) + b"WAVE" + chunks + data
    assert len(read_wav(body)) == RATE // 2


def test_too_long_too_large_no_audio() -> None:
    with pytest.raises(RecordingTooLong):
        read_wav(wav_of(np.zeros(8_000 * 31), 8_000))
    with pytest.raises(RecordingTooLarge):
        read_wav(b"R" * (MAX_BYTES + 1))
    with pytest.raises(NotAudio):
        read_wav(b"\x1aE\xdf\xa3 webm, not wav")


def test_silence_is_no_speech() -> None:
    with pytest.raises(NothingHeard):
        with_speech(np.zeros(RATE, np.int16))
    with pytest.raises(NothingHeard):
        with_speech((tone(seconds=0.05) * 10_000).astype(np.int16))
    loud = (tone() * 10_000).astype(np.int16)
    assert with_speech(read_wav(to_wav(loud))) is not None
