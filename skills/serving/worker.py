"""The worker process: runs one job after another at low priority in bounded memory.

Started by `runner.Runner` (spawned, so that nothing of the server is copied); torch is imported
with the first skill that needs it.
"""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from skills.errors import InputMissing, SkillError, WrongNumberOfFiles
from skills.protocol import InputKind, SkillCard
from skills.registry import get

MEMORY_BYTES = 6 * 1024**3  # of address space, which torch uses generously
_NICENESS = 10


@dataclass(frozen=True)
class Task:
    """One job as the worker gets it."""

    skill: str
    uploads: tuple[str, ...]
    options: dict[str, Any]
    pictures: str


def serve(connection: Connection) -> None:
    """Answer tasks until the connection closes: progress first, then done or failed."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        connection.send(_outcome(task, connection))


def _outcome(task: Task, connection: Connection) -> tuple[str, Any]:
    try:
        skill = get(task.skill)
        _check_number(skill.card, len(task.uploads))
        sources = [_read(Path(upload)) for upload in task.uploads]
        result = skill.run(sources, task.options, _Reporting(connection))
    except SkillError as error:
        return "failed", error.slug
    except (MemoryError, RuntimeError, OSError, ArithmeticError, ValueError, TypeError):
        return "failed", SkillError.slug
    names = _keep(Path(task.pictures), result.pictures)
    return "done", {"text": result.text, "pictures": names, "data": dict(result.data)}


@dataclass(frozen=True)
class _Reporting:
    """Tells the server how far a run has come."""

    connection: Connection

    def __call__(self, share: float, picture: bytes | None = None) -> None:
        self.connection.send(("progress", share))


def _check_number(card: SkillCard, number: int) -> None:
    most = 0 if card.input is InputKind.NONE else card.at_most
    if number and not card.at_least <= number <= most:
        raise WrongNumberOfFiles(card.at_least, most)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputMissing from error


def _keep(folder: Path, pictures: tuple[bytes, ...]) -> list[int]:
    folder.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(pictures):
        (folder / f"{number}.png").write_bytes(picture)
    return list(range(len(pictures)))
