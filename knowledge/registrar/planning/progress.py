"""Which requirements a student has met, with which courses, and what remains.

A course counts once among the requirements of the major. Where it could count for several, the
assignment moves others along (augmenting paths), so that no requirement stays open which another
assignment of the same courses would have closed; those counted in units take what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.model.courses import Course
from knowledge.model.programmes import Programme, Requirement


@dataclass(frozen=True)
class Standing:
    """How a student stands in one requirement; in courses, or in units where it counts units."""

    requirement: Requirement
    courses: tuple[Course, ...]

    @property
    def done(self) -> int:
        """How much counts, never more than is needed."""
        rule = self.requirement.rule
        return min(rule.needed, sum(rule.worth(course) for course in self.courses))

    @property
    def remains(self) -> int:
        """How much is still needed."""
        return self.requirement.rule.needed - self.done


def progress(programme: Programme, courses: Iterable[Course]) -> tuple[Standing, ...]:
    """The standing in every requirement of the programme, in its order."""
    ordered = sorted(set_of(courses), key=lambda course: course.code)
    major = [r for r in programme.requirements if not r.overlaps]
    credited = _Assignment(major)
    for course in ordered:
        credited.place(course)
    return tuple(
        Standing(requirement, _general(requirement, ordered))
        if requirement.overlaps
        else Standing(requirement, tuple(credited.held[requirement.name]))
        for requirement in programme.requirements
    )


def set_of(courses: Iterable[Course]) -> list[Course]:
    """Each course once, whatever listing it was taken under."""
    return list({course.course_id: course for course in courses}.values())


def _general(requirement: Requirement, courses: list[Course]) -> tuple[Course, ...]:
    rule = requirement.rule
    fitting = [course for course in courses if rule.accepts(course)]
    return tuple(fitting[: rule.needed])


@dataclass
class _Assignment:
    """Courses held by requirements, built up one course at a time."""

    requirements: list[Requirement]
    held: dict[str, list[Course]] = field(init=False)

    def __post_init__(self) -> None:
        self.held = {requirement.name: [] for requirement in self.requirements}

    def place(self, course: Course) -> bool:
        """Give the course to a requirement, moving others along where that makes room."""
        return self._place(course, set())

    def _place(self, course: Course, tried: set[str]) -> bool:
        for requirement in self.requirements:
            if requirement.name in tried or not requirement.rule.accepts(course):
                continue
            tried.add(requirement.name)
            if self._open(requirement):
                self.held[requirement.name].append(course)
                return True
            for other in self.held[requirement.name]:
                if self._place(other, tried):
                    self.held[requirement.name].remove(other)
                    self.held[requirement.name].append(course)
                    return True
        return False

    def _open(self, requirement: Requirement) -> bool:
        rule = requirement.rule
        return sum(rule.worth(course) for course in self.held[requirement.name]) < rule.needed
