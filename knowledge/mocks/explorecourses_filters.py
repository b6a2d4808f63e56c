"""ExploreCourses' query string → a catalogue query: its `filter-…=on` keys and our own ones."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping

from knowledge.catalogue.index import Snapshot
from knowledge.catalogue.query import Avoided, CourseQuery, Window
from knowledge.catalogue.subjects import subject_codes
from knowledge.errors import InvalidCode
from knowledge.mocks.explorecourses_facets import InvalidFilter
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading, Level
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

_HOURS = ((None, 600), (600, 720), (720, 840), (840, 1020), (1020, None))
_MAX_LIMIT = 500


Pairs = Iterable[tuple[str, str]]


def read_query(pairs: Pairs, snapshot: Snapshot, default_limit: int) -> CourseQuery:
    """The query of a request; raise InvalidFilter naming key and value."""
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        given.setdefault(key, []).append(value)
    try:
        return _query(given, snapshot, default_limit)
    except (ValueError, KeyError) as error:
        raise InvalidFilter("query", str(error)) from error


def _query(given: Mapping[str, list[str]], snapshot: Snapshot, limit: int) -> CourseQuery:
    text, subjects, codes = _words(given, snapshot)
    return CourseQuery(
        text=text,
        about=given.get("about", [""])[0],
        words_needed=1.0 if given.get("match") == ["all"] else CourseQuery.words_needed,
        codes=codes,
        subjects=subjects,
        not_subjects=_subjects(given, "not_subject", snapshot),
        level=_level(given),
        numbers=_range(given, "number_min", "number_max"),
        quarters=tuple(
            quarter
            for quarter in Quarter
            if quarter in _quarters(given) or f"filter-term-{quarter}" in given
        ),
        year=_number(given, "year"),
        academic_start=_academic(given),
        days=_days(given, "day") | _day_filters(given),
        not_days=_days(given, "not_day"),
        windows=_windows(given),
        avoided=tuple(_avoided(text) for text in given.get("avoid", ())),
        units=_range(given, "units_min", "units_max"),
        requirements=tuple(given.get("requirement", ())),
        tagged=tuple(given.get("tagged", ())),
        not_tagged=tuple(given.get("not_tagged", ())),
        grading=Grading(given["grading"][0]) if "grading" in given else None,
        no_prerequisites=given.get("prerequisites") == ["none"],
        easy=given.get("sort") == ["easy"],
        instructors=tuple(name for name in given.get("instructor", ()) if name.strip()),
        limit=max(1, min(_number(given, "limit") or limit, _MAX_LIMIT)),
        offset=max(0, _number(given, "offset") or 0),
    )


def _words(
    given: Mapping[str, list[str]], snapshot: Snapshot
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """`q` may be a subject, a code or free words, as in the original's search box."""
    subjects = list(_subjects(given, "subject", snapshot))
    subjects += [key[22:] for key in given if key.startswith("filter-departmentcode-")]
    # An unknown subject is looked for as words, so that it matches little rather than everything.
    loose = [] if subjects else given.get("subject", [])
    text = given.get("q", [""])[0].strip()
    codes: tuple[str, ...] = ()
    if text.upper() in {department.code for department in snapshot.departments}:
        subjects, text = subjects or [text.upper()], ""
    else:
        with contextlib.suppress(InvalidCode):
            codes, text = (str(CourseCode.parse(text)),), ""
    text = " ".join([text, *given.get("topic", ()), *loose]).strip()
    return ("" if text == "all courses" else text), tuple(dict.fromkeys(subjects)), codes


def _subjects(given: Mapping[str, list[str]], key: str, snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(code for text in given.get(key, ()) for code in subject_codes(snapshot, text))


def _level(given: Mapping[str, list[str]]) -> Level | None:
    return Level(given["level"][0]) if "level" in given else None


def _number(given: Mapping[str, list[str]], key: str) -> int | None:
    return int(given[key][0]) if key in given else None


def _quarters(given: Mapping[str, list[str]]) -> set[Quarter]:
    return {Quarter(name.capitalize()) for name in given.get("quarter", ())}


def _range(given: Mapping[str, list[str]], low: str, high: str) -> tuple[int, int] | None:
    """Both ends, or one of them: at least, at most."""
    first, last = _number(given, low), _number(given, high)
    if first is None and last is None:
        return None
    return (first or 0, 999 if last is None else last)


def _academic(given: Mapping[str, list[str]]) -> int | None:
    if "academic_start" in given:
        return int(given["academic_start"][0])
    match = re.fullmatch(r"(\d{4})\d{4}", given.get("academicYear", [""])[0])
    return int(match.group(1)) if match else None


def _days(given: Mapping[str, list[str]], key: str) -> frozenset[Day]:
    return frozenset(Day[name.upper()] for name in given.get(key, ()))


def _day_filters(given: Mapping[str, list[str]]) -> frozenset[Day]:
    return frozenset(day for day in Day if f"filter-day-{int(day)}" in given)


def _windows(given: Mapping[str, list[str]]) -> tuple[Window, ...]:
    """The original's ticked hours, of which one is enough; or our own earliest and latest."""
    ticked = tuple(hours for i, hours in enumerate(_HOURS) if f"filter-time-{i}" in given)
    own = (_number(given, "earliest"), _number(given, "latest"))
    return ticked or ((own,) if own != (None, None) else ())


def _avoided(text: str) -> Avoided:
    """Hours of some days, in minutes: "friday:-600", "monday,tuesday:1020-"."""
    days, _, hours = text.partition(":")
    earliest, _, latest = hours.partition("-")
    window = (int(earliest) if earliest else None, int(latest) if latest else None)
    return frozenset(Day[name.strip().upper()] for name in days.split(",")), window
