"""Bodies of Axess's planning routes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from knowledge.registrar.planning.case import Bundle
from knowledge.registrar.planning.plans import PlannedCourse, PlannedTerm, Reason
from knowledge.registrar.planning.progress import Standing
from knowledge.registrar.rules import Taken


class SectionBody(BaseModel):
    """One way of taking a course."""

    class_id: int
    section: str
    linked_class_id: int | None
    meetings: list[str]
    seats_left: int

    @classmethod
    def of(cls, bundle: Bundle) -> SectionBody:
        """A lecture with its discussion or lab."""
        return cls(
            class_id=bundle.lecture.class_id,
            section=bundle.lecture.number,
            linked_class_id=bundle.linked.class_id if bundle.linked else None,
            meetings=[meeting.text for meeting in bundle.meetings],
            seats_left=bundle.lecture.seats_left,
        )


class PlannedCourseBody(SectionBody):
    """A planned course: what it counts for, what it leads to, how else it could be taken."""

    code: str
    title: str
    units: int
    serves: list[str]
    leads_to: list[str]
    waitlist: bool
    alternatives: list[SectionBody]

    @classmethod
    def planned(cls, course: PlannedCourse) -> PlannedCourseBody:
        """The body of a planned course."""
        bundle = course.bundle
        return cls(
            **SectionBody.of(bundle).model_dump(),
            code=str(bundle.course.code),
            title=bundle.course.title,
            units=course.units,
            serves=list(course.serves),
            leads_to=[str(code) for code in course.leads_to],
            waitlist=not bundle.free,
            alternatives=[SectionBody.of(other) for other in course.alternatives],
        )


class TakenBody(BaseModel):
    """What the student takes already."""

    class_id: int
    code: str
    title: str
    units: int
    status: str

    @classmethod
    def of(cls, taken: Taken) -> TakenBody:
        """The body of an enrollment that the plan goes around."""
        return cls(
            class_id=taken.section.class_id,
            code=str(taken.course.code),
            title=taken.course.title,
            units=taken.units,
            status=taken.status.value,
        )


class PlannedTermBody(BaseModel):
    """One term of a plan; `picture` is an address below Axess's own."""

    quarter: str
    year: int
    units: int
    limit: int
    taken: list[TakenBody]
    courses: list[PlannedCourseBody]
    picture: str

    @classmethod
    def of(cls, term: PlannedTerm, picture: str) -> PlannedTermBody:
        """The body of a planned term."""
        return cls(
            quarter=term.dates.term.quarter.value,
            year=term.dates.term.year,
            units=term.units,
            limit=term.limit,
            taken=[TakenBody.of(taken) for taken in term.taken],
            courses=[PlannedCourseBody.planned(course) for course in term.courses],
            picture=picture,
        )


class StandingBody(BaseModel):
    """A requirement: what is needed and done, in courses or units, and by which courses."""

    name: str
    unit: str
    needed: int
    done: int
    courses: list[str]

    @classmethod
    def of(cls, standing: Standing) -> StandingBody:
        """The body of a requirement's standing."""
        rule = standing.requirement.rule
        return cls(
            name=standing.requirement.name,
            unit=rule.counts,
            needed=rule.needed,
            done=standing.done,
            courses=[str(course.code) for course in standing.courses],
        )


class ReasonBody(BaseModel):
    """Facts that together rule something out; each has a `kind` and its own data."""

    facts: list[dict[str, Any]]

    @classmethod
    def of(cls, reason: Reason) -> ReasonBody:
        """The body of one conflict."""
        return cls(facts=[fact.to_json() for fact in reason.facts])


class PlanBody(BaseModel):
    """A plan, or (with `feasible` false) the reasons why none holds what was wished.

    `known` is false for a programme whose requirements are not on file: the general ones are used.
    """

    programme: str
    known: bool
    feasible: bool
    proven: bool
    terms: list[PlannedTermBody]
    requirements: list[StandingBody]
    notes: list[dict[str, Any]]
    reasons: list[ReasonBody]
    calendar: str


class Placed(BaseModel):
    """Where a course would fit, and what it would take the place of."""

    quarter: str
    year: int
    course: PlannedCourseBody
    instead_of: list[str]


class WhyNotBody(BaseModel):
    """The reasons against a course, or where it would fit when there are none."""

    code: str
    title: str
    reasons: list[ReasonBody]
    fits: Placed | None


class TimetableBody(BaseModel):
    """Addresses of the pictures of what the student takes, one a term, and of the calendar file."""

    pictures: list[str]
    calendar: str
