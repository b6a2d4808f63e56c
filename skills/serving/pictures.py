"""Pictures of jobs on the disk: those of a result, and the newest one of a run under way."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

PNG, GIF = "image/png", "image/gif"
_ENDINGS = {PNG: "png", GIF: "gif"}
_SO_FAR = "so_far"
_MOST_SO_FAR_BYTES = 4 * 1024 * 1024
_BETWEEN_SECONDS = 0.5  # two pictures of a run under way: nobody looks faster


def media_type(picture: bytes) -> str | None:
    """PNG or GIF by the first bytes; None for anything else."""
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return GIF if picture.startswith((b"GIF87a", b"GIF89a")) else None


def keep(folder: Path, pictures: Sequence[bytes]) -> list[int]:
    """Write the pictures of a result; their numbers. What is neither PNG nor GIF is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = []
    for number, picture in enumerate(pictures):
        kind = media_type(picture)
        if kind is not None:
            (folder / f"{number}.{_ENDINGS[kind]}").write_bytes(picture)
            numbers.append(number)
    return numbers


def find(folder: Path, name: str) -> tuple[Path, str] | None:
    """A kept picture and its media type, by its number or `so_far`; None when there is none."""
    for kind, ending in _ENDINGS.items():
        if (path := folder / f"{name}.{ending}").is_file():
            return path, kind
    return None


def newest(folder: Path) -> tuple[Path, str] | None:
    """The newest picture of a run under way, and its media type."""
    return find(folder, _SO_FAR)


class SoFar:
    """Keeps the newest picture of one run; one that cannot be kept is passed over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._at = float("-inf")

    def show(self, picture: object) -> bool:
        """Whether this one now stands in place of the one before."""
        soon = time.monotonic() - self._at < _BETWEEN_SECONDS
        if soon or not isinstance(picture, bytes) or len(picture) > _MOST_SO_FAR_BYTES:
            return False
        kind = media_type(picture)
        if kind is None:
            return False
        try:
            self._replace(picture, _ENDINGS[kind])
        except OSError:
            return False
        self._at = time.monotonic()
        return True

    def _replace(self, picture: bytes, ending: str) -> None:
        """Whoever reads at this moment sees the old one or the new one, whole."""
        self._folder.mkdir(parents=True, exist_ok=True)
        waiting = self._folder / "next"
        waiting.write_bytes(picture)
        waiting.replace(self._folder / f"{_SO_FAR}.{ending}")
        for other in set(_ENDINGS.values()) - {ending}:
            (self._folder / f"{_SO_FAR}.{other}").unlink(missing_ok=True)

    def forget(self) -> None:
        """At the end of the run."""
        for ending in _ENDINGS.values():
            with contextlib.suppress(OSError):
                (self._folder / f"{_SO_FAR}.{ending}").unlink(missing_ok=True)
