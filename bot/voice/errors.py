"""What voice refuses or fails at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class NotAudio(QuadError):
    """This is no WAV recording of plain (PCM) samples, or its header is damaged."""

    problem: ClassVar[str] = "not-audio"
    status: ClassVar[int] = 415
    reason: str = ""


@dataclass(eq=False)
class RecordingTooLarge(QuadError):
    """The recording has more bytes than are taken."""

    problem: ClassVar[str] = "recording-too-large"
    status: ClassVar[int] = 413
    limit: int


@dataclass(eq=False)
class RecordingTooLong(QuadError):
    """The recording is longer than is listened to; say it in shorter pieces."""

    problem: ClassVar[str] = "recording-too-long"
    status: ClassVar[int] = 413
    seconds: float
    limit: float


@dataclass(eq=False)
class NothingHeard(QuadError):
    """The recording is silent or too short, or no words were understood in it; please try again."""

    problem: ClassVar[str] = "nothing-heard"
    status: ClassVar[int] = 422


@dataclass(eq=False)
class NothingToSay(QuadError):
    """Nothing is left to read aloud once marks and pictures are taken away."""

    problem: ClassVar[str] = "nothing-to-say"
    status: ClassVar[int] = 422


@dataclass(eq=False)
class VoiceMissing(QuadError):
    """This installation has no engine for that; the browser's own may serve."""

    problem: ClassVar[str] = "voice-missing"
    status: ClassVar[int] = 503
    engine: str = ""


@dataclass(eq=False)
class VoiceBusy(QuadError):
    """Others are being listened to; try again in a moment."""

    problem: ClassVar[str] = "voice-busy"
    status: ClassVar[int] = 429
    retry_after: int = 2  # seconds


@dataclass(eq=False)
class VoiceFailed(QuadError):
    """The engine broke, or took so long that it was stopped; the next request finds a fresh one."""

    problem: ClassVar[str] = "voice-failed"
    status: ClassVar[int] = 503
    reason: str = ""
