"""Writes the lexicon from which the NLU's generator fills its templates."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge.catalogue.index import Snapshot


def lexicon(snapshot: Snapshot) -> dict[str, list[str]]:
    """Values by slot, sorted so that the file only changes with the catalogue."""
    courses = snapshot.courses.values()
    sections = [section for found in snapshot.sections.values() for section in found]
    names = {name for section in sections for name in section.instructors}
    return {
        "code": sorted(str(code) for course in courses for code in course.codes),
        "title": sorted({course.title for course in courses}),
        "subject": sorted(
            {d.name for d in snapshot.departments} | {d.code for d in snapshot.departments}
        ),
        "topic": sorted({topic for course in courses for topic in course.topics}),
        "instructor": sorted(names | {name.split()[-1] for name in names}),
        "requirement": sorted({r for course in courses for r in course.requirements}),
    }


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the lexicon as JSON."""
    path.write_text(json.dumps(lexicon(snapshot), indent=1, ensure_ascii=False) + "\n")
