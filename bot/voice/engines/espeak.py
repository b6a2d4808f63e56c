"""Text to speech offline: espeak-ng, spoken to through ctypes.

espeak-ng is GPL-3 and no part of Quad: whoever wants it installs it (`make voice`). The library
keeps its state in the process, therefore one voice speaks at a time.
"""

from __future__ import annotations

import ctypes
import importlib
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.voice.errors import NothingToSay, VoiceFailed, VoiceMissing
from bot.voice.recording import to_wav
from bot.voice.spoken import read_out

NAME = "espeak-ng"
_LOADER = "espeakng_loader"
_VOICES = {"en": "en-us", "es": "es"}
_SYNCHRONOUS, _UTF8, _RATE, _PITCH = 2, 1, 1, 3  # of speak_lib.h
_LOCK = threading.Lock()
_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


@dataclass(frozen=True)
class Manner:
    """Who speaks, and how."""

    voice: str = "en-us"
    words_a_minute: int = 165
    pitch: int = 50  # 0 to 99


class Espeak:
    """The library, loaded once in a process."""

    name = NAME

    def __init__(self, manner: Manner | None = None) -> None:
        self._manner = manner or Manner()
        self._library, self.rate = _loaded()

    def say(self, text: str, locale: str = "en") -> bytes:
        """A WAV recording of the text; raise NothingToSay or VoiceFailed."""
        spoken = read_out(text)
        if not any(character.isalnum() for character in spoken):
            raise NothingToSay
        voice = _VOICES.get(locale[:2].lower(), _VOICES["en"])
        return to_wav(self.spoken(spoken, replace(self._manner, voice=voice)), self.rate)

    def spoken(self, words: str, manner: Manner) -> NDArray[np.int16]:
        """The samples, at the library's own rate, of words exactly as they are."""
        pieces: list[NDArray[np.int16]] = []

        def collect(samples: Any, count: int, _events: Any) -> int:
            if samples and count > 0:
                pieces.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
            return 0

        callback = _Callback(collect)
        with _LOCK:
            self._prepare(manner, callback)
            data = words.encode()
            failed = (
                self._library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
                or self._library.espeak_Synchronize()
            )
        if failed or not pieces:
            raise VoiceFailed("nothing came out")
        return np.concatenate(pieces)

    def _prepare(self, manner: Manner, callback: Any) -> None:
        self._library.espeak_SetSynthCallback(callback)
        if self._library.espeak_SetVoiceByName(manner.voice.encode()):
            raise VoiceMissing(f"{NAME} {manner.voice}")
        self._library.espeak_SetParameter(_RATE, manner.words_a_minute, 0)
        self._library.espeak_SetParameter(_PITCH, manner.pitch, 0)


_open: list[tuple[Any, int]] = []


def _loaded() -> tuple[Any, int]:
    """The library and its rate; raise VoiceMissing when it is not installed."""
    with _LOCK:
        if not _open:
            _open.append(_load())
        return _open[0]


def _load() -> tuple[Any, int]:
    try:
        loader = importlib.import_module(_LOADER)
        library = ctypes.CDLL(loader.get_library_path())
    except (ImportError, OSError) as error:
        raise VoiceMissing(NAME) from error
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint,
        ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    data = Path(loader.get_data_path()).parent
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, str(data).encode(), 0)
    if rate <= 0:
        raise VoiceMissing(NAME)
    return library, int(rate)
