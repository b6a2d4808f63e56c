"""What the clients return: frozen values read from the services' JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from knowledge.errors import PetitionPending


@dataclass(frozen=True)
class SectionView:
    """A section as ExploreCourses tells it."""

    class_id: int
    quarter: str
    year: int
    section: str
    instructors: tuple[str, ...]
    capacity: int
    enrolled: int
    seats_left: int
    waitlist_capacity: int
    waitlisted: int
    meetings: tuple[str, ...]
    days: frozenset[str]
    start: str
    end: str
    rooms: tuple[str, ...]
    component: str = "LEC"
    parent: int | None = None
    cancelled: bool = False

    @property
    def times(self) -> str:
        """All meetings in one line."""
        return "; ".join(self.meetings)


@dataclass(frozen=True)
class CourseView:
    """A course as ExploreCourses tells it; `sections` are those that matched, `words` those of the
    search that it holds, `meaning` how near it comes to the rest (None: nothing was compared).
    """

    code: str
    codes: tuple[str, ...]
    title: str
    description: str
    units_min: int
    units_max: int
    usual_units: int
    level: str
    requirements: tuple[str, ...]
    gradings: tuple[str, ...]
    prerequisites: str
    prerequisite_codes: tuple[str, ...]
    terms: tuple[tuple[str, int], ...]
    sections: tuple[SectionView, ...]
    prerequisite_prose: str = ""
    words: tuple[str, ...] = ()
    meaning: float | None = None

    @property
    def lectures(self) -> tuple[SectionView, ...]:
        """The sections that can be enrolled in by themselves."""
        return tuple(s for s in self.sections if s.parent is None and not s.cancelled)

    @property
    def units(self) -> str:
        """ "3-5" or "4"."""
        low, high = self.units_min, self.units_max
        return str(low) if low == high else f"{low}-{high}"


@dataclass(frozen=True)
class RelaxationView:
    """Conditions without which this many courses would have been found."""

    conditions: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class ResultsView:
    """A page of courses and how many there are in all; of an empty one, what stands in its way.

    `read_as` is the search's text with its slips mended, when there were any.
    """

    total: int
    courses: tuple[CourseView, ...]
    relaxations: tuple[RelaxationView, ...] = ()
    read_as: str | None = None


@dataclass(frozen=True)
class TitleMatch:
    """A course that a typed title may mean, with its likeness up to 100."""

    code: str
    title: str
    score: float


@dataclass(frozen=True)
class EnrollmentView:
    """An enrollment as Axess tells it."""

    class_id: int
    code: str
    title: str
    quarter: str
    year: int
    units: int
    grading: str
    status: str
    position: int | None
    section: str
    meetings: tuple[str, ...]
    linked_class_id: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class ActView:
    """What was done under a key: a class taken, one given up, or both."""

    key: str
    added: EnrollmentView | None
    dropped: EnrollmentView | None


def course(data: dict[str, Any]) -> CourseView:
    """Read a course."""
    reason = data.get("reason", {})
    return CourseView(
        code=data["code"],
        codes=tuple(data["codes"]),
        title=data["title"],
        description=data["description"],
        units_min=data["units_min"],
        units_max=data["units_max"],
        usual_units=data["usual_units"],
        level=data["level"],
        requirements=tuple(data["requirements"]),
        gradings=tuple(data["gradings"]),
        prerequisites=data["prerequisites"],
        prerequisite_codes=tuple(data["prerequisite_codes"]),
        terms=tuple((term["quarter"], term["year"]) for term in data["terms"]),
        sections=tuple(_section(section) for section in data["sections"]),
        words=tuple(reason.get("words", ())),
        meaning=reason.get("meaning"),
        prerequisite_prose=data.get("prerequisite_prose", ""),
    )


def _section(data: dict[str, Any]) -> SectionView:
    meetings = data["meetings"]
    return SectionView(
        class_id=data["class_id"],
        quarter=data["quarter"],
        year=data["year"],
        section=data["section"],
        instructors=tuple(data["instructors"]),
        capacity=data["capacity"],
        enrolled=data["enrolled"],
        seats_left=data["seats_left"],
        waitlist_capacity=data["waitlist_capacity"],
        waitlisted=data["waitlisted"],
        meetings=tuple(meeting["text"] for meeting in meetings),
        days=frozenset(day for meeting in meetings for day in meeting["days"]),
        start=min((meeting["start"] for meeting in meetings), default=""),
        end=max((meeting["end"] for meeting in meetings), default=""),
        rooms=tuple(meeting["room"] for meeting in meetings),
        component=data.get("component", "LEC"),
        parent=data.get("parent"),
        cancelled=bool(data.get("cancelled")),
    )


def enrollment(data: dict[str, Any]) -> EnrollmentView:
    """Read an enrollment."""
    return EnrollmentView(
        class_id=data["class_id"],
        code=data["code"],
        title=data["title"],
        quarter=data["quarter"],
        year=data["year"],
        units=data["units"],
        grading=data["grading"],
        status=data["status"],
        position=data.get("position"),
        section=data.get("section", ""),
        meetings=tuple(data.get("meetings", ())),
        linked_class_id=data.get("linked_class_id"),
    )


def enrolled_or_petition(data: dict[str, Any]) -> EnrollmentView:
    """Read an enrollment; raise PetitionPending when a petition was filed instead."""
    if "petition_id" in data:
        where = (data["quarter"], data["year"])
        raise PetitionPending("", data["units"], 0, *where)
    return enrollment(data)


def enrollments(data: list[dict[str, Any]]) -> list[EnrollmentView]:
    """Read a list of enrollments."""
    if not isinstance(data, list):
        raise TypeError(type(data))
    return [enrollment(item) for item in data]


def acts(data: list[dict[str, Any]]) -> list[ActView]:
    """Read a list of acts."""
    return [
        ActView(
            item["key"],
            enrollment(item["added"]) if item.get("added") else None,
            enrollment(item["dropped"]) if item.get("dropped") else None,
        )
        for item in data
    ]


def dropped(data: dict[str, Any]) -> EnrollmentView:
    """Read what a drop gave up."""
    return replace(enrollment(data["dropped"]), withdrawn=bool(data.get("withdrawn")))


def results(data: dict[str, Any]) -> ResultsView:
    """Read a page of search results."""
    relaxations = tuple(
        RelaxationView(tuple(item["conditions"]), item["total"])
        for item in data.get("relaxations", ())
    )
    courses = tuple(course(item) for item in data["courses"])
    return ResultsView(data["total"], courses, relaxations, data.get("read_as"))


def matches(data: list[dict[str, Any]]) -> list[TitleMatch]:
    """Read title candidates or suggestions."""
    if not isinstance(data, list):
        raise TypeError(type(data))
    return [TitleMatch(item["code"], item["title"], item["score"]) for item in data]
