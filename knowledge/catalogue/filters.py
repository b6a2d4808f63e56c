"""The conditions of a query as masks over the tables' courses and sections."""

from __future__ import annotations

import numpy as np

from knowledge.catalogue.columns import LEVELS, QUARTERS, Columns, Mask, day_bits, grading_bit
from knowledge.catalogue.names import NameIndex
from knowledge.catalogue.query import Avoided, CourseQuery, Window

_DAY = 24 * 60


def matching(columns: Columns, names: NameIndex, query: CourseQuery) -> tuple[Mask, Mask]:
    """Which courses (by slot) and which sections (by row) fulfil every condition but words."""
    courses = course_mask(columns, query)
    sections = section_mask(columns, names, query) & courses[columns.sections["slot"]]
    if query.asks_sections:
        offered = np.zeros_like(courses)
        offered[columns.sections["slot"][sections & ~columns.sections["child"]]] = True
        courses &= offered
    return courses, sections


def course_mask(columns: Columns, query: CourseQuery) -> Mask:
    """Courses by what holds of them whenever they are taught; codes are the caller's business."""
    table = columns.courses
    mask = columns.alive.copy()
    if query.subjects or query.numbers is not None:
        mask &= _coded(columns, query)
    if query.not_subjects:
        mask &= ~_slots(
            columns, np.isin(columns.codes["subject"], _subjects(columns, query.not_subjects))
        )
    if query.level is not None:
        mask &= table["level"] == LEVELS[query.level]
    if query.units is not None:
        mask &= (table["units_min"] <= query.units[1]) & (table["units_max"] >= query.units[0])
    if query.no_prerequisites:
        mask &= ~table["prerequisites"]
    if query.grading is not None:
        mask &= (table["gradings"] & grading_bit(query.grading)) > 0
    for name in query.requirements:
        mask &= _required(columns, name)
    return mask


def _slots(columns: Columns, rows: Mask) -> Mask:
    held = np.zeros(len(columns.courses), bool)
    held[columns.codes["slot"][rows]] = True
    return held


def _subjects(columns: Columns, codes: tuple[str, ...]) -> list[int]:
    return [columns.subjects[code] for code in codes if code in columns.subjects]


def _coded(columns: Columns, query: CourseQuery) -> Mask:
    """By the code in an asked subject: CS476A is no 256, though at home it is MUSIC256A."""
    codes = columns.codes
    rows = np.ones(len(codes), bool)
    if query.subjects:
        rows &= np.isin(codes["subject"], _subjects(columns, query.subjects))
    if query.numbers is not None:
        rows &= (codes["number"] >= query.numbers[0]) & (codes["number"] <= query.numbers[1])
    return _slots(columns, rows)


def _required(columns: Columns, name: str) -> Mask:
    held = np.zeros(len(columns.courses), bool)
    number = columns.requirement_names.get(name)
    if number is not None:
        rows = columns.requirements["name"] == number
        held[columns.requirements["slot"][rows]] = True
    return held


def section_mask(columns: Columns, names: NameIndex, query: CourseQuery) -> Mask:
    """Sections in the asked terms, days and hours, with an asked instructor."""
    table = columns.sections
    mask: Mask = columns.alive[table["slot"]]
    if query.quarters:
        mask &= np.isin(table["quarter"], [QUARTERS[quarter] for quarter in query.quarters])
    if query.year is not None:
        mask &= table["year"] == query.year
    if query.academic_start is not None:
        mask &= table["academic"] == query.academic_start
    if query.days:
        mask &= _on_days(table["days"], day_bits(query.days))
    if query.not_days:
        mask &= (table["days"] & day_bits(query.not_days)) == 0
    if query.windows:
        mask[columns.meetings["row"][~_within(columns, query.windows)]] = False
    for avoided in query.avoided:
        mask[columns.meetings["row"][_reaching(columns, avoided)]] = False
    if query.instructors:
        mask &= _taught(columns, names, query.instructors)
    return mask


def _on_days(days: np.ndarray[tuple[int], np.dtype[np.uint8]], asked: int) -> Mask:
    """ "On Tuesdays" finds all that meets then; "Monday or Wednesday" either of them alone too."""
    within: Mask = (days != 0) & ((days & ~np.uint8(asked)) == 0)
    held: Mask = (days & asked) == asked
    return held | within


def _within(columns: Columns, windows: tuple[Window, ...]) -> Mask:
    table = columns.meetings
    mask = np.zeros(len(table), bool)
    for earliest, latest in windows:
        late = table["start"] >= (earliest or 0)
        mask |= late & (table["end"] <= (_DAY if latest is None else latest))
    return mask


def _reaching(columns: Columns, avoided: Avoided) -> Mask:
    """Meetings of these days that overlap the hours ("Fridays before ten" begin before ten)."""
    days, (earliest, latest) = avoided
    table = columns.meetings
    on_days = (table["days"] & day_bits(days)) > 0
    begun = table["start"] < (_DAY if latest is None else latest)
    mask: Mask = on_days & begun & (table["end"] > (earliest or 0))
    return mask


def _taught(columns: Columns, names: NameIndex, asked: tuple[str, ...]) -> Mask:
    mask = np.zeros(len(columns.sections), bool)
    wanted = [number for name in asked for number in names.find(name)]
    mask[columns.teaching["row"][np.isin(columns.teaching["name"], wanted)]] = True
    return mask
