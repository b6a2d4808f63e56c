"""The worker process: runs one job after another at low priority in bounded memory.

Started by `process.Worker` (spawned, so that nothing of the server is copied); torch is imported
with the first skill that needs it.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from skills.errors import InputMissing, SkillError, WrongNumberOfFiles
from skills.protocol import InputKind, Skill, SkillCard
from skills.serving.pictures import SoFar, keep

Find = Callable[[str], Skill]
MEMORY_BYTES = 6 * 1024**3  # of address space, which torch uses generously
_NICENESS = 10


@dataclass(frozen=True)
class Task:
    """One job as the worker gets it."""

    skill: str
    uploads: tuple[str, ...]
    options: dict[str, Any]
    pictures: str


def serve(connection: Connection, find: Find) -> None:
    """Answer tasks until the connection closes: progress first, then done or failed."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        connection.send(_outcome(task, connection, find))


def _outcome(task: Task, connection: Connection, find: Find) -> tuple[str, dict[str, Any]]:
    reporting = _Reporting(connection, Path(task.pictures))
    try:
        return "done", _run(task, find, reporting)
    except SkillError as error:
        return "failed", {"slug": error.slug, "facts": _facts(error)}
    except Exception:  # whatever a skill breaks with, the worker lives on
        return "failed", {"slug": SkillError.slug}
    finally:
        reporting.so_far.forget()


def _run(task: Task, find: Find, reporting: _Reporting) -> dict[str, Any]:
    skill = find(task.skill)
    _check_number(skill.card, len(task.uploads))
    sources = [_read(Path(upload)) for upload in task.uploads]
    result = skill.run(sources, task.options, reporting)
    numbers = keep(Path(task.pictures), result.pictures)
    return {"text": result.text, "pictures": numbers, "data": dict(result.data)}


class _Reporting:
    """Tells the server how far a run has come; what goes wrong here never breaks the run."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self.so_far = SoFar(folder)

    def __call__(self, share: float, picture: bytes | None = None) -> None:
        try:
            shown = picture is not None and self.so_far.show(picture)
            self._connection.send(("progress", (float(share), shown)))
        except (TypeError, ValueError, OSError):
            return


def _facts(error: SkillError) -> dict[str, Any]:
    """The numbers and names that the error carries, for the words that tell it."""
    names: list[str] = [each.name for each in fields(error)] if is_dataclass(error) else []
    known = {name: getattr(error, name) for name in names}
    return {name: value for name, value in known.items() if isinstance(value, int | float | str)}


def _check_number(card: SkillCard, number: int) -> None:
    most = 0 if card.input is InputKind.NONE else card.at_most
    if number and not card.at_least <= number <= most:
        raise WrongNumberOfFiles(card.at_least, most)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputMissing from error
