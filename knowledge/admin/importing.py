"""Import in two steps: preview a file as a diff, then confirm exactly that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.admin import absences
from knowledge.admin.applying import Application
from knowledge.admin.comparing import Diff, compare
from knowledge.admin.csv_staging import stage_csv
from knowledge.admin.facts import Table
from knowledge.admin.holding import hold_catalogue
from knowledge.admin.known import Known
from knowledge.admin.previews import Fault, Imported, Preview, Progress, Removals, silent
from knowledge.admin.records.batches import batches
from knowledge.admin.records.registry import records_of
from knowledge.admin.settling import settle
from knowledge.admin.staging import Stage
from knowledge.admin.uploads import Part, digest, parts
from knowledge.admin.xml_staging import stage_xml
from knowledge.errors import CatalogueMoved, FileChanged, ImportRefused, QuadError
from knowledge.formats.faults import SHOWN
from knowledge.storage.unit_of_work import UnitOfWork, Work

_TELLING = ("reason", "what", "encoding", "construct", "root", "value")


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
        progress: Progress = silent,
    ) -> Preview:
        """Read and compare; never raises for what a file holds, its faults are in the preview."""
        return self._read(path, filename, removals, progress)[2]

    def confirm(
        self,
        path: Path,
        filename: str,
        sha256: str,
        catalogue_version: int,
        removals: Removals = Removals.REFUSE,
        progress: Progress = silent,
    ) -> Imported:
        """Do what the preview said; raise FileChanged, CatalogueMoved or ImportRefused."""
        present = digest(path)
        if present != sha256:
            raise FileChanged(sha256, present)
        stage, diff, preview = self._read(path, filename, removals, progress)
        if preview.catalogue_version != catalogue_version:
            raise CatalogueMoved(catalogue_version, preview.catalogue_version)
        if not preview.may_confirm:
            listed = [fault.data() for fault in preview.faults]
            raise ImportRefused(filename, listed, preview.fault_count - len(listed))
        with self.units.write() as work:
            self._unmoved(work, catalogue_version, diff, filename)
            application = Application(work, self.today, self.actor, progress)
            promoted = application.run(stage, diff, filename, sha256)
        return Imported(application.import_id, preview.counts, promoted)

    def _unmoved(self, work: Work, version: int, diff: Diff, filename: str) -> None:
        """Hold the catalogue: its version still stands, and nothing to be removed is taken."""
        leaving = diff.removed[Table.SECTIONS]
        touched = [*leaving, *(change.key for change in diff.changed[Table.SECTIONS])]
        # Sections before the version, in the order of a single edit: against deadlocks.
        for piece in batches(sorted(map(int, touched))):
            work.catalogue.lock_sections(piece)
        present = hold_catalogue(work)
        if present != version:
            raise CatalogueMoved(version, present)
        held = records_of(Table.SECTIONS, work.session).references(leaving)
        if held:  # someone enrolled since the preview
            faults = [Fault("", 0, "", "removed-but-enrolled", key).data() for key in held]
            raise ImportRefused(filename, faults, 0)

    def _read(
        self, path: Path, filename: str, removals: Removals, progress: Progress
    ) -> tuple[Stage, Diff, Preview]:
        sha256 = digest(path)
        with self.units.read() as work:
            stage, diff = Stage(Known.read(work)), Diff()
            self._stage(stage, path, progress)
            if not stage.faults.count:
                settle(stage)
            if not stage.faults.count:
                diff = compare(work.session, stage, progress)
                absences.note_absences(work.session, stage, diff, removals)
        return stage, diff, _preview(stage, diff, filename, sha256, removals)

    def _stage(self, stage: Stage, path: Path, progress: Progress) -> None:
        name = ""
        try:
            for part in parts(path):
                name = part.name
                _stage_part(stage, part, progress)
        except QuadError as error:
            facts = error.data()
            column = facts.get("field") or f"column {facts.get('column', 1)}"
            value = next((facts[each] for each in _TELLING if facts.get(each)), "")
            at = Fault(name, facts.get("line", 1), str(column), error.problem, str(value)[:SHOWN])
            stage.faults.add(at, first=True)


def _stage_part(stage: Stage, part: Part, progress: Progress) -> None:
    if part.is_xml:
        stage_xml(stage, part.name, part.source, progress)
    else:
        stage_csv(stage, part.name, part.source, progress)


def _preview(stage: Stage, diff: Diff, filename: str, sha256: str, removals: Removals) -> Preview:
    return Preview(
        filename=filename,
        sha256=sha256,
        catalogue_version=stage.known.version,
        removals=removals,
        counts={str(table): dict(kinds) for table, kinds in diff.counts.items()},
        differences=tuple(diff.shown),
        faults=tuple(stage.faults.kept),
        fault_count=stage.faults.count,
        warnings=tuple(stage.warnings.kept),
        warning_count=stage.warnings.count,
        scope=() if stage.faults.count else absences.scope(stage),
    )
