"""Synthetic students: a few to sign in as, and a crowd that takes seats."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course
from knowledge.model.prerequisites import Record
from knowledge.model.students import Student
from knowledge.sample.people import groups_of, programme, student_name

CROWD = 240


def _codes(text: str) -> frozenset[CourseCode]:
    return frozenset(CourseCode.parse(code) for code in text.split())


def sign_in_students() -> list[Student]:
    """The students whom the chat page offers; each shows another situation."""
    return [replace(s, groups=groups_of(s.programme)) for s in _named()]


def _named() -> list[Student]:
    core = "CS106A CS106B CS103 CS107 CS109 MATH19 MATH20 MATH21 MATH51"
    return [
        Student("05990001", "Robin First (new, no courses yet)", "Undeclared"),
        Student("05990002", "Casey Junior (CS core done)", "Computer Science BS", _codes(core)),
        Student("05990003", "Devon Graduate (all met)", "Computer Science MS", completed_all=True),
        Student("05990004", "Jules Hold (has a hold)", "History BA", holds=("Unpaid library fee",)),
        Student("05990005", "Alex Cap (at most 5 units)", "Economics BA", max_units=5),
        Student("05990006", "Noa History (history major)", "History BA", _codes("HISTORY1B")),
    ]  # fmt: skip


def crowd(chance: random.Random, courses: Mapping[CourseCode, Course]) -> list[Student]:
    """Students with past courses whose prerequisites they met in some order."""
    return [_student(chance, number, courses) for number in range(CROWD)]


def _student(chance: random.Random, number: int, courses: Mapping[CourseCode, Course]) -> Student:
    completed: set[CourseCode] = set()
    pool = sorted(courses)
    for _ in range(chance.randint(0, 30)):
        course = courses[chance.choice(pool)]
        record = Record(frozenset(completed))
        if course.prerequisites is None or course.prerequisites.met(record):
            completed.add(course.code)
    holds = ("Advising meeting due",) if chance.random() < 0.04 else ()
    name, degree = student_name(chance), programme(chance)
    return Student(
        suid=f"0598{number + 1:04d}",
        name=name,
        programme=degree,
        completed=frozenset(completed),
        max_units=20 if chance.random() < 0.9 else 22,
        holds=holds,
        groups=groups_of(degree),
    )
