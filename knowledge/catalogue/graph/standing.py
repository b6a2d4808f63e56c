"""What a student brings to a question about what comes before or after a course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.catalogue.graph.source import Catalogue
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course
from knowledge.model.prerequisites import Prerequisite, Record


@dataclass(frozen=True)
class Standing:
    """Courses passed or in progress, under every code they are listed by; `all_met`: whatever
    is asked for counts as passed.
    """

    codes: frozenset[CourseCode] = frozenset()
    all_met: bool = False
    listings: dict[CourseCode, frozenset[CourseCode]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, snapshot: Catalogue, done: Iterable[CourseCode], all_met: bool = False) -> Standing:
        """The standing after these courses; codes the catalogue does not know are kept as said."""
        listings = {
            code: frozenset(course.codes)
            for course in snapshot.courses.values()
            if len(course.codes) > 1
            for code in course.codes
        }
        return cls(frozenset(), all_met, listings).having(done)

    def having(self, more: Iterable[CourseCode]) -> Standing:
        """The standing after further courses."""
        listed = {code for one in more for code in self.listings.get(one, frozenset({one}))}
        return Standing(self.codes | listed, self.all_met, self.listings)

    def without(self, course: Course) -> Standing:
        """The standing as if the course had never been taken."""
        return Standing(self.codes - set(course.codes), self.all_met, self.listings)

    def has(self, course: Course) -> bool:
        """Whether the course itself has been taken."""
        return any(code in self.codes for code in course.codes)

    def meets(self, tree: Prerequisite | None, beside: Iterable[CourseCode] = ()) -> bool:
        """Whether prerequisites are met, with these courses taken at the same time."""
        if tree is None or self.all_met:
            return True
        together = frozenset(
            code for one in beside for code in self.listings.get(one, frozenset({one}))
        )
        return tree.met(Record(completed=self.codes, concurrent=together))

    @property
    def record(self) -> Record:
        """For the model's own `missing`."""
        return Record(completed=self.codes)
