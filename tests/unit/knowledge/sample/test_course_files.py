"""Reading course files: what is kept, and faults that name file, course and key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading, Level
from knowledge.model.prerequisites import codes
from knowledge.sample.courses import Offered, SampleInvalid, read

_PLAIN: dict[str, Any] = {
    "code": "XYZ10",
    "title": "Kites",
    "units": "3-5",
    "level": "undergraduate",
    "terms": ["Winter", "Spring"],
    "size": "small",
    "topics": ["kites", "wind"],
    "description": "Fly one,\n  then another.",
}


def _write(folder: Path, *entries: dict[str, Any], name: str = "XYZ") -> Path:
    department = {"code": name, "name": name.title(), "school": "School of Wind"}
    text = yaml.safe_dump({"department": department, "courses": list(entries)})
    (folder / f"{name}.yml").write_text(text)
    return folder


def _fault(folder: Path) -> tuple[str, str, str]:
    with pytest.raises(SampleInvalid) as fault:
        read(folder)
    return fault.value.file, fault.value.course, fault.value.key


@pytest.fixture(scope="module")
def offered() -> list[Offered]:
    return read()


def test_an_entry_becomes_a_course(tmp_path: Path) -> None:
    more = {"crosslisted": ["XYZ 20"], "usual_units": 4, "grading": "credit", "only": "2018-19"}
    (item,) = read(_write(tmp_path, {**_PLAIN, **more, "sample": ["title"]}))
    course = item.course
    assert (item.size, item.only, item.quarters) == ("small", "2018-19", ("Winter", "Spring"))
    assert [str(code) for code in course.codes] == ["XYZ10", "XYZ20"]
    assert (course.units_min, course.units_max, course.usual_units) == (3, 5, 4)
    assert course.description == "Fly one, then another."
    assert course.gradings == (Grading.CREDIT,)
    assert course.sample_fields == ("title", "terms")


def test_optional_keys_have_their_documented_defaults(tmp_path: Path) -> None:
    (item,) = read(_write(tmp_path, {**_PLAIN, "units": 2, "level": "graduate"}))
    course = item.course
    assert (course.units_min, course.units_max, course.usual_units) == (2, 2, 2)
    assert course.level is Level.GRADUATE
    assert course.gradings == (Grading.LETTER, Grading.CREDIT)
    assert (course.repeatable, course.prerequisites, item.only) == (False, None, None)


@pytest.mark.parametrize("key", sorted(_PLAIN))
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    entry = {name: value for name, value in _PLAIN.items() if name != key}
    name = "None" if key == "code" else "XYZ10"
    assert _fault(_write(tmp_path, entry)) == ("XYZ.yml", name, key)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("size", "enormous"),
        ("units", "many"),
        ("units", "3-"),
        ("units", "5-3"),
        ("level", "kindergarten"),
        ("grading", "vibes"),
        ("terms", ["Fall"]),
        ("prerequisites", "CS106A or"),
        ("prerequisites", "good will"),
        ("colour", "red"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(tmp_path: Path, key: str, value: Any) -> None:
    assert _fault(_write(tmp_path, {**_PLAIN, key: value})) == ("XYZ.yml", "XYZ10", key)


@pytest.mark.parametrize("change", [{"code": "kites"}, {"crosslisted": ["no code"]}])
def test_what_is_no_code_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    assert _fault(_write(tmp_path, {**_PLAIN, **change}))[2] == "code"


def test_a_code_is_given_once_over_all_files(tmp_path: Path) -> None:
    _write(tmp_path, _PLAIN)
    _write(tmp_path, {**_PLAIN, "code": "ABC1", "crosslisted": ["XYZ10"]}, name="ABC")
    assert _fault(tmp_path)[1:] == ("XYZ10", "code")


def test_a_prerequisite_must_be_in_the_catalogue(tmp_path: Path) -> None:
    entry = {**_PLAIN, "prerequisites": "XYZ10 or CS999"}
    assert _fault(_write(tmp_path, {**entry, "code": "XYZ11"}, _PLAIN)) == (
        "XYZ",
        "XYZ11",
        "needs CS999",
    )


def test_the_sample_covers_the_contract(offered: list[Offered]) -> None:
    assert len(offered) >= 300
    named = {"CS", "EE", "STATS", "MATH", "PHYSICS", "BIO", "CHEM", "ECON", "HISTORY", "ENGLISH"}
    more = {"PHIL", "PSYCH", "POLISCI", "MUSIC", "MS&E"}
    assert named | more <= {item.department.code for item in offered}
    assert all(count >= 2 for count in Counter(i.department.code for i in offered).values())


def test_course_ids_follow_the_files(offered: list[Offered]) -> None:
    assert [item.course.course_id for item in offered] == list(
        range(100_001, 100_001 + len(offered))
    )
    assert read() == offered


def test_home_codes_belong_to_their_department(offered: list[Offered]) -> None:
    for item in offered:
        assert item.course.code.subject == item.department.code, item.course.code


def test_usual_units_lie_in_the_range(offered: list[Offered]) -> None:
    for course in (item.course for item in offered):
        assert 1 <= course.units_min <= course.usual_units <= course.units_max <= 15, course.code


def test_quarters_and_requirements_are_real_ones(offered: list[Offered]) -> None:
    ways = {f"WAY-{way}" for way in ("A-II", "AQR", "CE", "ED", "ER", "FR", "SI", "SMA")}
    for item in offered:
        assert set(item.quarters) <= {"Autumn", "Winter", "Spring", "Summer"}, item.course.code
        assert item.quarters, item.course.code
        assert set(item.course.requirements) <= ways | {"Writing1", "Writing2", "Language"}
        assert item.only in (None, "2018-19", "2026-27"), item.course.code


def test_no_course_needs_itself_or_a_ring_of_courses(offered: list[Offered]) -> None:
    """Every course can be reached by taking courses in some order."""
    homes = {code: item.course for item in offered for code in item.course.codes}
    done: set[CourseCode] = set()
    waiting = [item.course for item in offered]
    while waiting:
        ready = [
            course
            for course in waiting
            if course.prerequisites is None
            or set(codes(course.prerequisites)) & done
            or not set(codes(course.prerequisites)) - set(course.codes)
        ]
        assert ready, [str(course.code) for course in waiting]
        done |= {code for course in ready for code in homes[course.code].codes}
        waiting = [course for course in waiting if course not in ready]
