"""Search: filters that must hold, then ranking by words and meaning, or by catalogue order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.catalogue.columns import Mask
from knowledge.catalogue.filters import matching
from knowledge.catalogue.fusion import Fusion, Scores, burden
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.query import CourseHit, CoursePage, CourseQuery, Reason
from knowledge.catalogue.relaxing import relaxations
from knowledge.catalogue.snapshot import Snapshot
from knowledge.catalogue.tags import tagged
from knowledge.model.courses import Course, Section
from knowledge.model.terms import Quarter

_FUSION = Fusion()


@dataclass(frozen=True)
class _Read:
    """A text against every slot: what it found, and how well."""

    text: str
    found: Mask
    scores: Scores
    nearness: Scores | None


def search(index: CatalogueIndex, query: CourseQuery, fusion: Fusion = _FUSION) -> CoursePage:
    """The page of courses that a query asks for, seats counted afresh for the sections shown."""
    snapshot = index.current()
    read = _read(snapshot, query, index.meanings, fusion)
    courses, sections = matching(snapshot.columns, snapshot.names, query)
    courses &= read.found & _coded(snapshot, query) & tagged(snapshot, query)
    order = _ordered(snapshot, query, courses, read.scores, fusion)
    shown = order[query.offset : query.offset + query.limit]
    hits = [_hit(snapshot, int(slot), sections, read) for slot in shown]
    read_as = read.text if read.text != query.text else None
    relaxed = () if len(order) else relaxations(
        query, lambda other: _count(snapshot, other, index.meanings, fusion)
    )  # fmt: skip
    return CoursePage(_with_seats(index, hits), len(order), relaxed, read_as)


def _read(
    snapshot: Snapshot, query: CourseQuery, meanings: Meanings | None, fusion: Fusion
) -> _Read:
    size = len(snapshot.columns.courses)
    if not query.text:
        return _Read("", np.ones(size, bool), np.zeros(size, np.float32), None)
    known = meanings.knows if meanings is not None else _nothing
    text = snapshot.speller.mended(query.text, known) if fusion.mends else query.text
    words, covered = snapshot.index.scores(text, snapshot.columns.alive)
    nearness = None
    if meanings is not None and snapshot.vectors is not None:
        about = snapshot.speller.mended(query.about, known) if fusion.mends else query.about
        nearness = meanings.nearness(about or text, snapshot.vectors)
    found = fusion.found(covered, query.words_needed, nearness)
    return _Read(text, found, fusion.score(words, covered, nearness), nearness)


def _nothing(word: str) -> bool:
    return False


def _coded(snapshot: Snapshot, query: CourseQuery) -> Mask:
    if not query.codes:
        return np.ones(len(snapshot.columns.courses), bool)
    mask = np.zeros(len(snapshot.columns.courses), bool)
    named = [snapshot.by_code[code].course_id for code in query.codes if code in snapshot.by_code]
    mask[[snapshot.slots[course_id] for course_id in named]] = True
    return mask


def _ordered(
    snapshot: Snapshot, query: CourseQuery, courses: Mask, scores: Scores, fusion: Fusion
) -> NDArray[np.intp]:
    """By score; then courses at home in an asked subject before those only cross-listed in it."""
    slots = np.flatnonzero(courses)
    keys = scores[slots]
    if query.easy:
        keys = keys - fusion.ease * burden(snapshot.columns)[slots]
    rank = snapshot.columns.rank[slots]
    guest = np.zeros(len(slots), bool)
    if query.subjects:
        homes = snapshot.columns.courses["subject"][slots]
        asked = [snapshot.columns.subjects.get(code, -1) for code in query.subjects]
        guest = ~np.isin(homes, asked)
    return slots[np.lexsort((rank, guest, -np.round(keys, 3)))]


def _hit(snapshot: Snapshot, slot: int, matched: Mask, read: _Read) -> CourseHit:
    course = snapshot.course_at(slot)
    first, last = snapshot.columns.courses[["first", "last"]][slot]
    sections = _shown(snapshot.sections[course.course_id], matched[first:last])
    words = snapshot.index.held(read.text, slot) if read.text else ()
    near = None if read.nearness is None else round(float(read.nearness[slot]), 3)
    meaning = None if near is None or np.isnan(near) else near
    return CourseHit(course, sections, float(read.scores[slot]), Reason(words, meaning))


def _shown(sections: tuple[Section, ...], matched: Mask) -> tuple[Section, ...]:
    """The matching sections, and whatever days the discussions of a matching lecture meet."""
    own = {
        section.class_id
        for section, fits in zip(sections, matched, strict=True)
        if fits and section.parent is None
    }
    return tuple(section for section in sections if {section.class_id, section.parent} & own)


def _count(
    snapshot: Snapshot, query: CourseQuery, meanings: Meanings | None, fusion: Fusion
) -> int:
    courses, _ = matching(snapshot.columns, snapshot.names, query)
    found = _read(snapshot, query, meanings, fusion).found
    return int((courses & found & _coded(snapshot, query) & tagged(snapshot, query)).sum())


def _with_seats(index: CatalogueIndex, hits: list[CourseHit]) -> tuple[CourseHit, ...]:
    sections = index.with_seats(tuple(section for hit in hits for section in hit.sections))
    fresh = {section.class_id: section for section in sections}
    return tuple(
        CourseHit(hit.course, tuple(fresh[s.class_id] for s in hit.sections), hit.score, hit.reason)
        for hit in hits
    )


def terms_offered(snapshot: Snapshot, course: Course) -> list[tuple[Quarter, int]]:
    """When a course is offered, in time order."""
    terms = {section.term for section in snapshot.sections[course.course_id]}
    return [(term.quarter, term.year) for term in sorted(terms)]
