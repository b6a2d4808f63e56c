"""Answers Axess's planning routes: gathers the case, asks the planner, writes the body."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from threading import BoundedSemaphore

from knowledge.errors import NothingToPlan, UnknownCourse
from knowledge.mocks.axess_plan_parameters import PlanParameters, WhyNotParameters
from knowledge.mocks.axess_plan_schema import (
    Placed,
    PlanBody,
    PlannedCourseBody,
    PlannedTermBody,
    ReasonBody,
    StandingBody,
    WhyNotBody,
)
from knowledge.mocks.axess_timetable import address
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course
from knowledge.model.programmes import Programme
from knowledge.registrar.planning.case import PlanningCase, Wishes
from knowledge.registrar.planning.gathering import Gathering
from knowledge.registrar.planning.plans import Infeasible, Plan, PlannedCourse
from knowledge.sample.programmes import programmes
from knowledge.storage.unit_of_work import UnitOfWork
from knowledge.tickets import Shown

_SECONDS = 1.5  # together with the reading well below the clients' time-out
_AT_ONCE = BoundedSemaphore(2)  # a solver takes a whole core
_GENERAL = "Undeclared"


@dataclass(frozen=True)
class Planning:
    """The planner behind the routes, on one database; `secret` signs the tickets."""

    units: UnitOfWork
    clock: Callable[[], date]
    secret: str

    def plan(self, suid: str, asked: PlanParameters) -> PlanBody:
        """A plan, or why there is none; raise UnknownStudent, UnknownCourse, NothingToPlan."""
        case = self._case(suid, asked)
        solved = _solved(case)
        if isinstance(solved, Infeasible):
            return self._impossible(case, solved)
        shown = {term.dates.term.term_id: _class_ids(term.courses) for term in solved.terms}
        everything = Shown(suid, tuple(shown), tuple(i for ids in shown.values() for i in ids))
        return PlanBody(
            programme=case.student.programme,
            known=case.student.programme in programmes(),
            feasible=True,
            proven=solved.proven,
            terms=[
                PlannedTermBody.of(term, address(Shown(suid, (key,), ids), "png", self.secret))
                for term, (key, ids) in zip(solved.terms, shown.items(), strict=True)
            ],
            requirements=[StandingBody.of(standing) for standing in solved.standings],
            notes=[note.to_json() for note in solved.notes],
            reasons=[],
            calendar=address(everything, "ics", self.secret),
        )

    def why_not(self, suid: str, asked: WhyNotParameters) -> WhyNotBody:
        """The conflict that keeps a course out, or where it fits and what it would displace."""
        case = self._case(suid, asked)
        course = _known(case, CourseCode.parse(asked.code))
        # The question is about this course alone: that it was left out before is no reason.
        alone = replace(
            case.wishes,
            include=frozenset({course.code}),
            exclude=case.wishes.exclude - set(course.codes),
        )
        solved = _solved(replace(case, wishes=alone))
        told = {"code": str(course.code), "title": course.title}
        if isinstance(solved, Plan):
            from knowledge.registrar.planning.explaining import reasons_against

            if reasons := reasons_against(replace(case, wishes=alone), (course,)):  # a hold
                return WhyNotBody(**told, reasons=[ReasonBody.of(r) for r in reasons], fits=None)
            return WhyNotBody(**told, reasons=[], fits=_placed(case, course, solved))
        return WhyNotBody(**told, reasons=[ReasonBody.of(r) for r in solved.reasons], fits=None)

    def _case(self, suid: str, asked: PlanParameters) -> PlanningCase:
        with self.units.read() as work:
            gathering = Gathering(work, self.clock(), _programme)
            case = gathering.case(suid, asked.terms, asked.wishes, asked.named)
        if not case.terms:
            raise NothingToPlan
        for code in sorted(case.wishes.include | case.wishes.exclude):
            _known(case, code)
        return case

    def _impossible(self, case: PlanningCase, solved: Infeasible) -> PlanBody:
        return PlanBody(
            programme=case.student.programme,
            known=case.student.programme in programmes(),
            feasible=False,
            proven=bool(solved.reasons),
            terms=[],
            requirements=[],
            notes=[],
            reasons=[ReasonBody.of(reason) for reason in solved.reasons],
            calendar="",
        )


def _programme(name: str) -> Programme:
    known = programmes()
    return known.get(name) or known[_GENERAL]


def _known(case: PlanningCase, code: CourseCode) -> Course:
    course = case.course_of(code)
    if course is None:
        raise UnknownCourse(str(code))
    return course


def _solved(case: PlanningCase) -> Plan | Infeasible:
    # OR-tools takes 0.7 s and 75 MB to load: the site does so when the first plan is asked for.
    from knowledge.registrar.planning.planner import plan

    with _AT_ONCE:
        return plan(case, _SECONDS)


def _class_ids(courses: Iterable[PlannedCourse]) -> tuple[int, ...]:
    return tuple(class_id for course in courses for class_id in course.bundle.key if class_id)


def _placed(case: PlanningCase, course: Course, solved: Plan) -> Placed | None:
    """Where the course stands in the plan made with it, and what the plan without it had there."""
    without = _solved(replace(case, wishes=_without(case.wishes, course)))
    held = {c.bundle.course.code for t in solved.terms for c in t.courses}
    for term in solved.terms:
        for planned in term.courses:
            if planned.bundle.course.course_id != course.course_id:
                continue
            before = [] if isinstance(without, Infeasible) else without.terms
            gone = [
                str(c.bundle.course.code)
                for t in before
                for c in t.courses
                if c.bundle.course.code not in held
            ]
            where = term.dates.term
            body = PlannedCourseBody.planned(planned)
            return Placed(
                quarter=where.quarter.value, year=where.year, course=body, instead_of=gone
            )
    return None


def _without(wishes: Wishes, course: Course) -> Wishes:
    return replace(wishes, exclude=wishes.exclude | {course.code}, include=frozenset())
