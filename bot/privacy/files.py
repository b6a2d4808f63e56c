"""Files under var/ that came from or were made for somebody: uploads, pictures of jobs, logs.

An upload's id and a job's id cannot be guessed and stand in no table: the conversation that used
them names them.
"""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.dialogue.turn import uploads_of

_UPLOAD = re.compile(r"[0-9a-f]{32}")
_JOB = re.compile(r"/jobs/([0-9a-f]{32})/")


class Files:
    """The run-time folder."""

    def __init__(self, var: Path) -> None:
        self.var = var

    def named_by(self, events: Iterable[Mapping[str, Any]]) -> list[Path]:
        """The uploads and job folders that these events of a conversation speak of, if there."""
        found: dict[Path, None] = {}
        for event in events:
            client = (event.get("metadata") or {}).get("client") or {}
            for upload in uploads_of(client):
                if _UPLOAD.fullmatch(upload):
                    found[self.var / "uploads" / upload] = None
            for job in _JOB.findall(str(event.get("data") or "")):
                found[self.var / "jobs" / job] = None
        return [path for path in found if path.exists()]

    def logs(self) -> Iterator[Path]:
        """Log files that stand here; where else they go is the operator's business."""
        yield from sorted(path for path in self.var.glob("**/*.log*") if path.is_file())


def told(path: Path) -> list[dict[str, Any]]:
    """A file, or each file of a folder, with its content."""
    parts = sorted(path.iterdir()) if path.is_dir() else [path]
    return [
        {
            "file": f"{path.parent.name}/{path.name}" + (f"/{each.name}" if each != path else ""),
            "bytes": each.stat().st_size,
            "base64": base64.b64encode(each.read_bytes()).decode(),
        }
        for each in parts
    ]


def remove(path: Path) -> None:
    """A file or folder, if it is still there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def lines_with(path: Path, marks: Iterable[str]) -> list[str]:
    """The lines of a log in which one of these texts stands."""
    wanted = [mark.casefold() for mark in marks]
    with path.open(encoding="utf-8", errors="replace") as lines:
        return [line.rstrip() for line in lines if any(mark in line.casefold() for mark in wanted)]


def blacken(path: Path, marks: Iterable[str]) -> int:
    """Overwrite these texts in a log in their place, byte for byte; how many there were.

    The file keeps its length, so a process that goes on writing at its end is not disturbed.
    """
    count = 0
    with path.open("r+b") as log:
        content = log.read()
        for mark in sorted({each.encode() for each in marks}, key=len, reverse=True):
            for match in re.finditer(re.escape(mark), content, re.IGNORECASE):
                log.seek(match.start())
                log.write(b"x" * len(mark))
                count += 1
    return count
