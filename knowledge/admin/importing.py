"""Import in two steps: preview a file as a diff, then confirm exactly that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.admin.previews import Imported, Preview, Progress, Removals
from knowledge.storage.unit_of_work import UnitOfWork


def _silent(stage: str, done: int, of: int) -> None:
    """No one listens."""


@dataclass(frozen=True)
class Importer:
    """Imports files into one database; the web page keeps the uploaded file between the steps.

    `filename` is what the user called it (its ending does not decide: the content does).
    """

    units: UnitOfWork
    today: date
    actor: str

    def preview(
        self,
        path: Path,
        filename: str,
        removals: Removals = Removals.REFUSE,
        progress: Progress = _silent,
    ) -> Preview:
        """Read and compare; never raises for what a file holds, its faults are in the preview."""
        raise NotImplementedError

    def confirm(
        self,
        path: Path,
        filename: str,
        sha256: str,
        catalogue_version: int,
        removals: Removals = Removals.REFUSE,
        progress: Progress = _silent,
    ) -> Imported:
        """Do what the preview said; raise FileChanged, CatalogueMoved or ImportRefused."""
        raise NotImplementedError
