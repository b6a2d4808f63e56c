"""Cross-listings: one course that stands under several codes, as one record with all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.formats.records import CourseRecord, SectionRecord
from knowledge.formats.vocabulary import LINKED_COMPONENTS
from knowledge.model.codes import CourseCode

_CODE = r"[A-Z][A-Z&]{0,11}\s?\d{1,4}[A-Z]{0,3}"
_SUFFIX = re.compile(rf"\s*\(\s*({_CODE}(?:\s*,\s*{_CODE})*)\s*\)\s*$")
_PARTS = re.compile(r"([A-Z&]+)\s?(\d+)([A-Z]*)")
Key = tuple[int, int]


def split_title(title: str) -> tuple[str, tuple[CourseCode, ...]]:
    """A title and the other listings that the original writes behind it in parentheses."""
    match = _SUFFIX.search(title)
    if match is None or not title[: match.start()]:
        return title, ()
    found = _PARTS.findall(match.group(1))
    codes = tuple(CourseCode(subject, int(number), suffix) for subject, number, suffix in found)
    return title[: match.start()], codes


def merge_listings(records: Iterable[CourseRecord]) -> list[CourseRecord]:
    """One record for each (year, courseId), in the order of first sight, with all its codes.

    At home is the listing of the owning organisation, then the lowest offer number, then the
    least code; it gives all fields. A section keeps the code it is held under: the listings split
    the enrolment, so equal keys are one section and different ones add up.
    """
    groups: dict[Key, list[CourseRecord]] = {}
    for record in records:
        groups.setdefault((record.academic_start, record.course_id), []).append(record)
    return [_merged(group) for group in groups.values()]


def _merged(group: list[CourseRecord]) -> CourseRecord:
    ordered = sorted(group, key=_homeliness)
    home = ordered[0]
    codes = dict.fromkeys(code for record in ordered for code in record.codes)
    sections: dict[Key, SectionRecord] = {}
    for record in ordered:
        for section in record.sections:
            known = sections.get(section.key)
            # The same class printed under each code: the copy under its own code is the true one.
            if known is None or (known.code != section.code == home.code):
                sections[section.key] = section
    odd = dict.fromkeys(slug for record in ordered for slug in record.oddities)
    if any(_said(record) != _said(home) for record in ordered):
        odd["listings-differ"] = None
    return replace(
        home, listings=tuple(codes), sections=tuple(sections.values()), oddities=tuple(odd)
    )


def _said(record: CourseRecord) -> tuple[str, str, int, int]:
    return record.title, record.description, record.units_min, record.units_max


def _homeliness(record: CourseRecord) -> tuple[bool, int, CourseCode]:
    owner = record.administration.academic_organization
    return owner != record.code.subject, record.administration.offer_number, record.code


def lectures(record: CourseRecord) -> dict[Key, int]:
    """Which class a discussion or lab belongs to: the only other class of its course and term.

    The source does not say it; with two lectures in a term nothing is claimed.
    """
    whole: dict[int, list[int]] = {}
    for section in record.sections:
        if section.component not in LINKED_COMPONENTS:
            whole.setdefault(section.term.term_id, []).append(section.class_id)
    return {
        section.key: of[0]
        for section in record.sections
        if section.component in LINKED_COMPONENTS
        and len(of := whole.get(section.term.term_id, [])) == 1
    }
