"""A mixed load of queries over a catalogue of any size, by kind, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.catalogue.snapshot import Snapshot
from knowledge.catalogue.titles import candidates, suggestions
from knowledge.model.courses import Course, Level
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

Call = tuple[str, Callable[[], object]]
_YEAR = 2018


def calls(index: CatalogueIndex, seed: int, each: int) -> Iterator[Call]:
    """`each` calls of every kind, mixed; no text comes twice, so none is answered from a cache."""
    chance, snapshot = random.Random(seed), index.current()
    courses = sorted(snapshot.courses.values(), key=lambda course: course.code)
    kinds = {
        "topic": _topic, "filters": _filters, "both": _both, "instructor": _instructor,
        "slip": _slip, "later page": _page,
    }  # fmt: skip
    found = [
        (name, _search(index, make(chance, snapshot, chance.choice(courses))))
        for name, make in kinds.items()
        for _ in range(each)
    ]
    for course in chance.sample(courses, each):
        found.append(("title", _title(snapshot, _slipped(chance, course.title))))
        found.append(("code", _code(snapshot, f"{course.code.subject}{chance.randrange(1, 900)}X")))
    chance.shuffle(found)
    yield from found


def _search(index: CatalogueIndex, query: CourseQuery) -> Callable[[], object]:
    return lambda: search(index, query)


def _title(snapshot: Snapshot, text: str) -> Callable[[], object]:
    return lambda: candidates(snapshot, text)


def _code(snapshot: Snapshot, text: str) -> Callable[[], object]:
    return lambda: suggestions(snapshot, text)


def _words(chance: random.Random, course: Course) -> str:
    """Some topic beside a word of the description: unlikely to be drawn twice."""
    topic = chance.choice(course.topics or (course.title,))
    return f"{topic} {' '.join(chance.sample(course.description.split(), 3))}"


def _topic(chance: random.Random, snapshot: Snapshot, course: Course) -> CourseQuery:
    return CourseQuery(text=_words(chance, course), academic_start=_YEAR)


def _filters(chance: random.Random, snapshot: Snapshot, course: Course) -> CourseQuery:
    return CourseQuery(
        level=chance.choice([None, *Level]),
        quarters=(chance.choice(list(Quarter)),),
        academic_start=_YEAR,
        units=chance.choice([None, (3, 4)]),
        requirements=course.requirements[:1],
        avoided=chance.choice([(), ((frozenset({Day.FRIDAY}), (None, 600)),)]),
        windows=chance.choice([(), ((840, None),)]),
        easy=chance.random() < 0.3,
    )


def _both(chance: random.Random, snapshot: Snapshot, course: Course) -> CourseQuery:
    return CourseQuery(
        text=_words(chance, course),
        level=course.level,
        academic_start=_YEAR,
        not_days=frozenset({chance.choice([Day.MONDAY, Day.FRIDAY])}),
        units=(course.units_min, course.units_max),
    )


def _instructor(chance: random.Random, snapshot: Snapshot, course: Course) -> CourseQuery:
    sections = snapshot.sections[course.course_id]
    names = sections[0].instructors if sections else ("Nobody",)
    last = _slipped(chance, names[0].split()[-1])
    return CourseQuery(instructors=(f"Prof. {last}",), windows=((840, None),))


def _slip(chance: random.Random, snapshot: Snapshot, course: Course) -> CourseQuery:
    return CourseQuery(text=_slipped(chance, _words(chance, course)), academic_start=_YEAR)


def _page(chance: random.Random, snapshot: Snapshot, course: Course) -> CourseQuery:
    offset = 8 * chance.randrange(1, 6)
    return CourseQuery(text=_words(chance, course), limit=8, offset=offset)


def _slipped(chance: random.Random, text: str) -> str:
    """One letter left out."""
    place = chance.randrange(1, max(2, len(text) - 1))
    return text[:place] + text[place + 1 :]
